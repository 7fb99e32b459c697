import { Bytes } from './bytes';

/** `QFI\xfb` */
export const QCOW2_MAGIC = 0x514649fb;

/** Incompatible features: a program that does not know one of them must not open the file. */
export const QCOW2_INCOMPATIBLE = {
  dirty: 1n << 0n,
  corrupt: 1n << 1n,
  dataFile: 1n << 2n,
  compressionType: 1n << 3n,
  extendedL2: 1n << 4n,
} as const;

export const QCOW2_COMPATIBLE = { lazyRefcounts: 1n << 0n } as const;

export const QCOW2_AUTOCLEAR = { bitmaps: 1n << 0n, rawExternal: 1n << 1n } as const;

export const QCOW2_EXTENSIONS = {
  end: 0,
  backingFormat: 0xe2792aca,
  featureNames: 0x6803f857,
  bitmaps: 0x23852875,
  cryptoHeader: 0x0537be77,
  dataFile: 0x44415441,
} as const;

/** Longer names of a backing file are an error in QEMU. */
const MAX_BACKING_NAME = 1023;
const MAX_EXTENSIONS = 64;

/** A header extension: what lies where, past its type and length. */
export interface Qcow2Extension {
  type: number;
  name: string;
  offset: number;
  length: number;
}

/** The header of qcow (version 1), qcow2 (2) and qcow3 (3). Names are those of QEMU's `docs/interop/qcow2.rst`. */
export interface Qcow2Header {
  version: number;
  backingFileOffset: bigint;
  backingFileSize: number;
  /** log2 of the cluster size: 9 to 21 */
  clusterBits: number;
  /** Size of the disk in bytes. */
  size: bigint;
  /** 0 none, 1 AES, 2 LUKS */
  cryptMethod: number;
  /** Entries of the level 1 table, 8 bytes each. */
  l1Size: number;
  l1TableOffset: bigint;
  refcountTableOffset: bigint;
  refcountTableClusters: number;
  snapshotCount: number;
  snapshotsOffset: bigint;
  incompatible: bigint;
  compatible: bigint;
  autoclear: bigint;
  /** log2 of the bits of a reference count; 4 unless said otherwise */
  refcountOrder: number;
  headerLength: number;
  /** 0 zlib, 1 zstd */
  compressionType: number;
}

/** Reads the header of a qcow2 file; `undefined` if it is none. Needs the first 112 bytes. */
export function readQcow2Header(file: Bytes): Qcow2Header | undefined {
  if (file.u32(0) !== QCOW2_MAGIC) return undefined;
  const version = file.u32(4);
  if (version === 1) return readQcow1Header(file);
  const is3 = version >= 3;
  const headerLength = is3 ? file.u32(100) : 72;
  return {
    version,
    backingFileOffset: file.u64(8),
    backingFileSize: file.u32(16),
    clusterBits: file.u32(20),
    size: file.u64(24),
    cryptMethod: file.u32(32),
    l1Size: file.u32(36),
    l1TableOffset: file.u64(40),
    refcountTableOffset: file.u64(48),
    refcountTableClusters: file.u32(56),
    snapshotCount: file.u32(60),
    snapshotsOffset: file.u64(64),
    incompatible: is3 ? file.u64(72) : 0n,
    compatible: is3 ? file.u64(80) : 0n,
    autoclear: is3 ? file.u64(88) : 0n,
    refcountOrder: is3 ? file.u32(96) : 4,
    headerLength,
    compressionType: is3 && headerLength > 104 ? file.u8(104) : 0,
  };
}

/** The first version has no reference counts and no snapshots: `block/qcow.c`. */
function readQcow1Header(file: Bytes): Qcow2Header {
  const clusterBits = file.u8(32);
  const l2Bits = file.u8(33);
  const size = file.u64(24);
  const shift = BigInt(clusterBits + l2Bits);
  return {
    version: 1,
    backingFileOffset: file.u64(8),
    backingFileSize: file.u32(16),
    clusterBits,
    size,
    cryptMethod: file.u32(36),
    l1Size: Number((size + (1n << shift) - 1n) >> shift),
    l1TableOffset: file.u64(40),
    refcountTableOffset: 0n,
    refcountTableClusters: 0,
    snapshotCount: 0,
    snapshotsOffset: 0n,
    incompatible: 0n,
    compatible: 0n,
    autoclear: 0n,
    refcountOrder: 0,
    headerLength: 48,
    compressionType: 0,
  };
}

/** The header extensions, in their order. `file` is the first cluster, or as much of it as you have. */
export function readQcow2Extensions(file: Bytes, header: Qcow2Header): Qcow2Extension[] {
  const found: Qcow2Extension[] = [];
  if (header.version < 2) return found;
  const end =
    header.backingFileOffset > 0n && header.backingFileOffset < BigInt(file.length)
      ? Number(header.backingFileOffset)
      : file.length;
  let at = header.headerLength;
  while (at + 8 <= end && found.length < MAX_EXTENSIONS) {
    const type = file.u32(at);
    const length = file.u32(at + 4);
    if (type === QCOW2_EXTENSIONS.end || at + 8 + length > end) break;
    found.push({ type, name: extensionName(type), offset: at + 8, length });
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return found;
}

function extensionName(type: number): string {
  switch (type) {
    case QCOW2_EXTENSIONS.backingFormat:
      return 'backing file format';
    case QCOW2_EXTENSIONS.featureNames:
      return 'feature name table';
    case QCOW2_EXTENSIONS.bitmaps:
      return 'bitmaps';
    case QCOW2_EXTENSIONS.cryptoHeader:
      return 'encryption header pointer';
    case QCOW2_EXTENSIONS.dataFile:
      return 'external data file name';
    default:
      return `unknown extension 0x${type.toString(16).padStart(8, '0')}`;
  }
}

/** Name of the backing file; `undefined` if there is none or it lies outside of what was read. */
export function readBackingFileName(file: Bytes, header: Qcow2Header): string | undefined {
  const { backingFileOffset: offset, backingFileSize: size } = header;
  if (offset === 0n || size > MAX_BACKING_NAME || offset + BigInt(size) > BigInt(file.length))
    return undefined;
  return file.utf8(Number(offset), size);
}

/** The text of an extension such as the backing file's format or the data file's name. */
export function extensionText(
  file: Bytes,
  extensions: readonly Qcow2Extension[],
  name: 'backingFormat' | 'dataFile',
): string | undefined {
  const found = extensions.find(({ type }) => type === QCOW2_EXTENSIONS[name]);
  return found && file.utf8(found.offset, found.length);
}

/** An internal snapshot, as far as its table says. */
export interface Qcow2Snapshot {
  id: string;
  name: string;
  l1TableOffset: bigint;
  l1Size: number;
  /** Seconds since 1970. */
  date: number;
  dateNsec: number;
  /** Nanoseconds that the guest had run. */
  vmClock: bigint;
  vmStateSize: bigint;
  /** Of the disk at that time; `undefined` if the snapshot does not say. */
  diskSize: bigint | undefined;
  /** Instructions executed; all ones if not recorded. */
  icount: bigint | undefined;
}

/** Reads up to `limit` snapshots from their table, and how many of its bytes they take. */
export function readQcow2Snapshots(
  table: Bytes,
  header: Qcow2Header,
  limit = 64,
): { snapshots: Qcow2Snapshot[]; length: number } {
  const snapshots: Qcow2Snapshot[] = [];
  let at = 0;
  let length = 0;
  while (snapshots.length < Math.min(header.snapshotCount, limit) && at + 40 <= table.length) {
    const idLength = table.u16(at + 12);
    const nameLength = table.u16(at + 14);
    const extraLength = table.u32(at + 36);
    const id = at + 40 + extraLength;
    if (id + idLength + nameLength > table.length) break;
    snapshots.push({
      id: table.utf8(id, idLength),
      name: table.utf8(id + idLength, nameLength),
      l1TableOffset: table.u64(at),
      l1Size: table.u32(at + 8),
      date: table.u32(at + 16),
      dateNsec: table.u32(at + 20),
      vmClock: table.u64(at + 24),
      vmStateSize: extraLength >= 8 ? table.u64(at + 40) : BigInt(table.u32(at + 32)),
      diskSize: extraLength >= 16 ? table.u64(at + 48) : undefined,
      icount: extraLength >= 24 ? table.u64(at + 56) : undefined,
    });
    length = id + idLength + nameLength;
    at = Math.ceil(length / 8) * 8;
  }
  return { snapshots, length };
}
