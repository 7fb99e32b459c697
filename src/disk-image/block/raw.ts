import type { BlockStatus, Disk, DriverContext } from './disk';
import { SECTOR, sectorsOf, type ByteSource } from './source';

/** How much of a raw file is one answer: a browser's file has no holes to report. */
const STRETCH = 2 ** 30;

/** A disk that is its file, byte by byte. Models QEMU's `block/raw-format.c`. */
export function openRaw({ filename, source }: DriverContext): Disk {
  return {
    format: 'raw',
    filename,
    length: BigInt(sectorsOf(source) * SECTOR),
    info: { dirty: false },
    files: [{ child: 'file', filename, source }],
    status: async (offset) => rawStatus(source, filename, offset),
    read: (offset, length) => source.read(offset, length),
  };
}

/** Data up to the end of the file, zeros after it. */
export function rawStatus(source: ByteSource, file: string, offset: number): BlockStatus {
  if (offset >= source.size) return { kind: 'zero', length: STRETCH };
  return { kind: 'data', length: Math.min(source.size - offset, STRETCH), offset, file };
}
