import type { Bytes } from './bytes';

/** The header of Virtuozzo's ploop, which QEMU calls `parallels` (`block/parallels.c`). */
export interface PloopHeader {
  magic: string;
  version: number;
  /** Sectors of a block. */
  blockSectors: number;
  blocks: number;
  /** Size of the disk in bytes. */
  size: bigint;
  inUse: boolean;
  /** Sector where the data start. */
  dataOffset: number;
}

export function readPloopHeader(file: Bytes): PloopHeader | undefined {
  const magic = file.text(0, 16);
  const is64 = magic === 'WithouFreSpacExt';
  if (file.length < 20 || (!is64 && magic !== 'WithoutFreeSpace')) return undefined;
  if (file.u32le(16) !== 2) return undefined; // the one version there is
  return {
    magic,
    version: file.u32le(16),
    blockSectors: file.u32le(28),
    blocks: file.u32le(32),
    size: (is64 ? file.u64le(36) : BigInt(file.u32le(36))) * 512n,
    inUse: file.u32le(44) === 0x746f6e59,
    dataOffset: file.u32le(48),
  };
}
