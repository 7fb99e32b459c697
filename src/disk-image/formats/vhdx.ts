import type { Bytes } from './bytes';

export const VHDX_SIGNATURE = 'vhdxfile';
/** Where things lie in every VHDX file. */
export const VHDX_OFFSETS = {
  identifier: 0,
  header1: 64 * 1024,
  header2: 128 * 1024,
  regionTable1: 192 * 1024,
  regionTable2: 256 * 1024,
} as const;

export const VHDX_REGIONS = {
  bat: '2dc27766-f623-4200-9d64-115e9bfd4a08',
  metadata: '8b7ca206-4790-4b9a-b8fe-575f050f886e',
} as const;

const ITEMS = {
  fileParameters: 'caa16737-fa36-4d43-b3b6-33f0aa44e76b',
  virtualDiskSize: '2fa54224-cd1b-4876-b211-5dbed83bf4b8',
  page83: 'beca12ab-b2e6-4523-93ef-c309e000c746',
  logicalSectorSize: '8141bf1d-a96f-4709-ba47-f233a8faab5f',
  physicalSectorSize: 'cda348c7-445d-4471-9cc9-e9885251c556',
  parentLocator: 'a8d35f2d-b30b-454d-abf7-d3d84834ab0c',
} as const;

const MAX_ENTRIES = 2047;

/** One of the two headers, of which the valid one with the higher sequence number counts ([MS-VHDX] 2.2.2). */
export interface VhdxHeader {
  sequenceNumber: bigint;
  logGuid: string;
  logVersion: number;
  version: number;
  logLength: number;
  logOffset: bigint;
}

export function readVhdxHeader(header: Bytes): VhdxHeader | undefined {
  if (header.length < 80 || !header.is(0, 'head')) return undefined;
  return {
    sequenceNumber: header.u64le(8),
    logGuid: header.guid(48),
    logVersion: header.u16le(64),
    version: header.u16le(66),
    logLength: header.u32le(68),
    logOffset: header.u64le(72),
  };
}

/** Program that wrote the file, from the first 64 KiB. */
export function readVhdxCreator(identifier: Bytes): string {
  return identifier.utf16(8, 512);
}

export interface VhdxRegion {
  guid: string;
  offset: bigint;
  length: number;
  required: boolean;
}

/** The region table; `undefined` if there is none. */
export function readVhdxRegions(table: Bytes): VhdxRegion[] | undefined {
  if (!table.is(0, 'regi')) return undefined;
  const count = table.u32le(8);
  if (count > MAX_ENTRIES) return undefined;
  const regions: VhdxRegion[] = [];
  for (let at = 16; regions.length < count && at + 32 <= table.length; at += 32) {
    regions.push({
      guid: table.guid(at),
      offset: table.u64le(at + 16),
      length: table.u32le(at + 24),
      required: (table.u32le(at + 28) & 1) === 1,
    });
  }
  return regions;
}

export interface VhdxMetadata {
  blockSize: number;
  leaveBlocksAllocated: boolean;
  hasParent: boolean;
  /** Size of the disk in bytes. */
  virtualDiskSize: bigint;
  logicalSectorSize: number;
  physicalSectorSize: number;
  virtualDiskId: string;
  /** What the file says about its parent: `parent_linkage`, `relative_path`, `absolute_win32_path` … */
  parentLocator: Readonly<Record<string, string>>;
  /** Items that no specification names, by GUID. */
  unknownRequired: string[];
}

/** The metadata region, of which 128 KiB are enough for everything but a very long parent locator. */
export function readVhdxMetadata(region: Bytes): VhdxMetadata | undefined {
  if (!region.is(0, 'metadata')) return undefined;
  const count = region.u16le(10);
  if (count > MAX_ENTRIES) return undefined;
  const items = new Map<string, { offset: number; length: number }>();
  const unknownRequired: string[] = [];
  const known: readonly string[] = Object.values(ITEMS);
  for (let i = 0, at = 32; i < count && at + 32 <= region.length; i++, at += 32) {
    const guid = region.guid(at);
    items.set(guid, { offset: region.u32le(at + 16), length: region.u32le(at + 20) });
    if (!known.includes(guid) && (region.u32le(at + 24) & 4) !== 0) unknownRequired.push(guid);
  }
  const at = (item: keyof typeof ITEMS) => items.get(ITEMS[item])?.offset ?? region.length;
  const parameters = at('fileParameters');
  return {
    blockSize: region.u32le(parameters),
    leaveBlocksAllocated: (region.u32le(parameters + 4) & 1) !== 0,
    hasParent: (region.u32le(parameters + 4) & 2) !== 0,
    virtualDiskSize: region.u64le(at('virtualDiskSize')),
    logicalSectorSize: region.u32le(at('logicalSectorSize')),
    physicalSectorSize: region.u32le(at('physicalSectorSize')),
    virtualDiskId: region.guid(at('page83')),
    parentLocator: readParentLocator(region, items.get(ITEMS.parentLocator)),
    unknownRequired,
  };
}

function readParentLocator(
  region: Bytes,
  item: { offset: number; length: number } | undefined,
): Record<string, string> {
  const locator: Record<string, string> = {};
  if (!item) return locator;
  const count = Math.min(region.u16le(item.offset + 18), 16);
  for (let i = 0, at = item.offset + 20; i < count; i++, at += 12) {
    const key = region.utf16(item.offset + region.u32le(at), region.u16le(at + 8));
    if (key !== '') locator[key] = region.utf16(item.offset + region.u32le(at + 4), region.u16le(at + 10));
  }
  return locator;
}
