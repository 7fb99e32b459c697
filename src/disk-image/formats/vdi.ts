import type { Bytes } from './bytes';

export const VDI_SIGNATURE = 0xbeda107f;
export const VDI_TYPES: Readonly<Record<number, string>> = {
  1: 'dynamic',
  2: 'fixed',
  3: 'undo',
  4: 'differencing',
};

/** The header of VirtualBox's format, in 512 bytes. Names are those of QEMU's `block/vdi.c`. */
export interface VdiHeader {
  /** Such as `<<< Oracle VM VirtualBox Disk Image >>>`. */
  text: string;
  version: number;
  headerSize: number;
  /** 1 dynamic, 2 fixed, 3 undo, 4 differencing */
  imageType: number;
  description: string;
  /** Where the block map starts. */
  offsetBmap: number;
  /** Where the data start. */
  offsetData: number;
  sectorSize: number;
  /** Size of the disk in bytes. */
  diskSize: bigint;
  blockSize: number;
  blocksInImage: number;
  blocksAllocated: number;
  uuidImage: string;
  uuidLastSnapshot: string;
  /** The image that this one is a difference to; zeros if there is none. */
  uuidLink: string;
  uuidParent: string;
}

/** Reads the header of a VDI file; `undefined` if it is none. Wants the first 512 bytes. */
export function readVdiHeader(file: Bytes): VdiHeader | undefined {
  if (file.length < 0x44 || file.u32le(0x40) !== VDI_SIGNATURE) return undefined;
  return {
    text: file.text(0, 64).trimEnd(),
    version: file.u32le(0x44),
    headerSize: file.u32le(0x48),
    imageType: file.u32le(0x4c),
    description: file.utf8(0x54, 256),
    offsetBmap: file.u32le(0x154),
    offsetData: file.u32le(0x158),
    sectorSize: file.u32le(0x168),
    diskSize: file.u64le(0x170),
    blockSize: file.u32le(0x178),
    blocksInImage: file.u32le(0x180),
    blocksAllocated: file.u32le(0x184),
    uuidImage: file.uuid(0x188),
    uuidLastSnapshot: file.uuid(0x198),
    uuidLink: file.uuid(0x1a8),
    uuidParent: file.uuid(0x1b8),
  };
}
