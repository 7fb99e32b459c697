import type { Bytes } from './bytes';

export const VMDK_SECTOR = 512;
/** The footer, and not the header, says where the grain directory is. */
export const VMDK_GD_AT_END = 0xffffffffffffffffn;

export const VMDK_FLAGS = {
  newLineTest: 1 << 0,
  redundantGrainTable: 1 << 1,
  zeroGrain: 1 << 2,
  compressed: 1 << 16,
  markers: 1 << 17,
} as const;

/** The header of a sparse extent with the magic `KDMV`. Numbers of sectors are of 512 bytes. */
export interface VmdkSparseHeader {
  version: number;
  flags: number;
  /** Size of the disk in sectors. */
  capacity: bigint;
  /** Sectors of a grain. */
  grainSize: bigint;
  descriptorOffset: bigint;
  descriptorSize: bigint;
  grainTableEntries: number;
  redundantGrainDirectory: bigint;
  grainDirectory: bigint;
  /** Sectors before the first grain. */
  overhead: bigint;
  uncleanShutdown: boolean;
  /** 0 none, 1 deflate */
  compressAlgorithm: number;
}

export function readVmdkSparseHeader(header: Bytes): VmdkSparseHeader | undefined {
  if (header.length < 64 || !header.is(0, 'KDMV')) return undefined;
  return {
    version: header.u32le(4),
    flags: header.u32le(8),
    capacity: header.u64le(12),
    grainSize: header.u64le(20),
    descriptorOffset: header.u64le(28),
    descriptorSize: header.u64le(36),
    grainTableEntries: header.u32le(44),
    redundantGrainDirectory: header.u64le(48),
    grainDirectory: header.u64le(56),
    overhead: header.u64le(64),
    uncleanShutdown: header.u8(72) === 1,
    compressAlgorithm: header.u16le(77),
  };
}

/** The older header of ESX, `COWD`. */
export interface VmdkCowdHeader {
  version: number;
  flags: number;
  /** Size of the disk in sectors. */
  capacity: number;
  grainSize: number;
  grainDirectory: number;
}

export function readVmdkCowdHeader(header: Bytes): VmdkCowdHeader | undefined {
  if (header.length < 28 || !header.is(0, 'COWD')) return undefined;
  return {
    version: header.u32le(4),
    flags: header.u32le(8),
    capacity: header.u32le(12),
    grainSize: header.u32le(16),
    grainDirectory: header.u32le(20),
  };
}

/** A line of the descriptor such as `RW 4192256 SPARSE "disk-s001.vmdk"`. */
export interface VmdkExtent {
  access: string;
  sectors: bigint;
  /** FLAT, SPARSE, ZERO, VMFS, VMFSSPARSE, SESPARSE */
  type: string;
  /** File of the data; `undefined` for ZERO. */
  file: string | undefined;
  offset: bigint;
}

/** The text that describes the disk. */
export interface VmdkDescriptor {
  createType: string | undefined;
  cid: string | undefined;
  /** `ffffffff` if there is no parent. */
  parentCid: string | undefined;
  parentFileNameHint: string | undefined;
  adapterType: string | undefined;
  extents: VmdkExtent[];
}

/** Files of that name begin a descriptor of its own. */
export const VMDK_DESCRIPTOR_START = '# Disk DescriptorFile';

const EXTENT =
  /^(RW|RDONLY|NOACCESS)[ \t]+(\d{1,18})[ \t]+([A-Z]+)(?:[ \t]+"([^"]*)"(?:[ \t]+(\d{1,18}))?)?/i;
const MAX_EXTENTS = 1024;

export function readVmdkDescriptor(text: string): VmdkDescriptor {
  const value = (key: string) =>
    new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*"?([^"\\r\\n]*)`, 'im').exec(text)?.[1]?.trim();
  const extents: VmdkExtent[] = [];
  for (const line of text.split('\n')) {
    const match = EXTENT.exec(line.trim());
    if (!match || extents.length === MAX_EXTENTS) continue;
    const [, access = '', sectors = '0', type = '', file, offset = '0'] = match;
    extents.push({ access, sectors: BigInt(sectors), type, file, offset: BigInt(offset) });
  }
  return {
    createType: value('createType'),
    cid: value('CID'),
    parentCid: value('parentCID'),
    parentFileNameHint: value('parentFileNameHint'),
    adapterType: value('ddb\\.adapterType'),
    extents,
  };
}
