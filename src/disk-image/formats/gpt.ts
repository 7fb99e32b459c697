import type { Bytes } from './bytes';

/** The header of a GUID partition table (UEFI 2.10, 5.3.2). */
export interface GptHeader {
  diskGuid: string;
  /** Sectors of the table's copy, of the first and of the last usable sector. */
  backup: bigint;
  firstUsable: bigint;
  lastUsable: bigint;
  /** Sector of the first entry. */
  entries: bigint;
  entryCount: number;
  entrySize: number;
}

export interface GptPartition {
  /** 1 and on */
  number: number;
  type: string;
  name: string;
  /** First and last sector. */
  first: bigint;
  last: bigint;
}

const UNUSED = '00000000-0000-0000-0000-000000000000';
/** What every system writes; more is not read. */
export const MAX_GPT_ENTRIES = 128;

export function readGptHeader(sector: Bytes): GptHeader | undefined {
  if (!sector.is(0, 'EFI PART')) return undefined;
  return {
    diskGuid: sector.guid(56),
    backup: sector.u64le(32),
    firstUsable: sector.u64le(40),
    lastUsable: sector.u64le(48),
    entries: sector.u64le(72),
    entryCount: sector.u32le(80),
    entrySize: sector.u32le(84),
  };
}

/** The used entries among the first {@link MAX_GPT_ENTRIES}. */
export function readGptPartitions(table: Bytes, header: GptHeader): GptPartition[] {
  const found: GptPartition[] = [];
  if (header.entrySize < 128) return found;
  for (let i = 0; i < Math.min(header.entryCount, MAX_GPT_ENTRIES); i++) {
    const at = i * header.entrySize;
    if (at + 128 > table.length) break;
    const type = table.guid(at);
    if (type === UNUSED) continue;
    found.push({
      number: i + 1,
      type,
      name: table.utf16(at + 56, 72),
      first: table.u64le(at + 32),
      last: table.u64le(at + 40),
    });
  }
  return found;
}

/** Names of the types that images of servers use. */
export const GPT_TYPES: Readonly<Record<string, string>> = {
  'c12a7328-f81f-11d2-ba4b-00a0c93ec93b': 'EFI system partition',
  '21686148-6449-6e6f-744e-656564454649': 'BIOS boot partition',
  '0fc63daf-8483-4772-8e79-3d69d8477de4': 'Linux file system',
  '4f68bce3-e8cd-4db1-96e7-fbcaf984b709': 'Linux root (x86-64)',
  'b921b045-1df0-41c3-af44-4c6f280d3fae': 'Linux root (ARM64)',
  '0657fd6d-a4ab-43c4-84e5-0933c84b4f4f': 'Linux swap',
  'e6d6d379-f507-44c2-a23c-238f2a3df928': 'Linux LVM',
  'bc13c2ff-59e6-4262-a352-b275fd6f7172': 'Linux extended boot',
  '9e1a2d38-c612-4316-aa26-8b49521e5a8b': 'PowerPC PReP boot',
  'e3c9e316-0b5c-4db8-817d-f92df00215ae': 'Microsoft reserved',
  'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7': 'Microsoft basic data',
  'de94bba4-06d1-4d40-a16a-bfd50179d6ac': 'Windows recovery',
};
