/** The header of a qcow2 file. Models `qcow2_do_open` of QEMU's `block/qcow2.c`, with its checks and their order. */
import { Bytes } from '../formats/bytes';
import {
  QCOW2_AUTOCLEAR,
  QCOW2_EXTENSIONS,
  QCOW2_INCOMPATIBLE,
  QCOW2_MAGIC,
  readQcow2Extensions,
  readQcow2Header,
  type Qcow2Extension,
  type Qcow2Header,
} from '../formats/qcow2';
import { cString, DiskError, type ByteSource } from './source';

const HEADER_SIZE = 112;
const MAX_REFTABLE_SIZE = 8 * 2 ** 20;
const MAX_L1_SIZE = 32 * 2 ** 20;
const MAX_SNAPSHOTS = 65536;
const SNAPSHOT_HEADER_SIZE = 40;
const INT64_MAX = 0x7fff_ffff_ffff_ffffn;
const KNOWN = Object.values(QCOW2_INCOMPATIBLE).reduce((all, bit) => all | bit, 0n);

/** The numbers in the header, what follows from them, and what the extensions say. */
export interface Qcow2Facts extends Qcow2Header {
  clusterSize: number;
  refcountBits: number;
  extendedL2: boolean;
  backingFile: string | undefined;
  backingFormat: string | undefined;
  dataFile: string | undefined;
  /** Where the LUKS header lies. */
  cryptoHeader: { offset: bigint; length: bigint } | undefined;
  bitmaps: { count: number; directorySize: bigint; directoryOffset: bigint } | undefined;
}

export interface HeaderOptions {
  report(message: string): void;
  /** Opened to be checked: what `qemu-img check` can tell or repair is no error. */
  check: boolean;
  /** Opened to be written to. */
  write?: boolean;
}

/**
 * Reads header and extensions.
 *
 * @throws DiskError with QEMU's words for whatever it refuses.
 */
export async function openQcow2Header(source: ByteSource, options: HeaderOptions): Promise<Qcow2Facts> {
  const bytes = new Bytes(await source.read(0, HEADER_SIZE));
  const version = bytes.u32(4);
  if (bytes.u32(0) !== QCOW2_MAGIC) throw new DiskError('Image is not in qcow2 format');
  if (version !== 2 && version !== 3) throw new DiskError(`Unsupported qcow2 version ${version}`, 'ENOTSUP');
  const header = readQcow2Header(bytes);
  if (header === undefined) throw new DiskError('Image is not in qcow2 format');
  const { clusterBits, headerLength, incompatible } = header;
  if (clusterBits < 9 || clusterBits > 21) throw new DiskError(`Unsupported cluster size: 2^${clusterBits}`);
  const clusterSize = 2 ** clusterBits;
  if (version === 3 && headerLength < 104) throw new DiskError('qcow2 header too short');
  if (headerLength > clusterSize) throw new DiskError('qcow2 header exceeds cluster size');
  if (header.backingFileOffset > BigInt(clusterSize)) throw new DiskError('Invalid backing file offset');

  const facts: Qcow2Facts = {
    ...header,
    clusterSize,
    refcountBits: 2 ** header.refcountOrder,
    extendedL2: (incompatible & QCOW2_INCOMPATIBLE.extendedL2) !== 0n,
    backingFile: undefined,
    backingFormat: undefined,
    dataFile: undefined,
    cryptoHeader: undefined,
    bitmaps: undefined,
  };
  checkCompressionType(header);
  const cluster = new Bytes(await source.read(0, clusterSize));
  if ((incompatible & ~KNOWN) !== 0n)
    throw new DiskError(`Unsupported qcow2 feature(s): ${unknownFeatures(cluster, header)}`, 'ENOTSUP');
  if ((incompatible & QCOW2_INCOMPATIBLE.corrupt) !== 0n && options.write && !options.check)
    throw new DiskError('qcow2: Image is corrupt; cannot be opened read/write', 'EACCES');
  if (facts.extendedL2 && clusterSize / 32 < 512)
    throw new DiskError(`Unsupported subcluster size: ${clusterSize / 32}`);
  if (header.refcountOrder > 6)
    throw new DiskError('Reference count entry width too large; may not exceed 64 bits');
  checkTables(facts, options);
  if (header.cryptMethod > 2) throw new DiskError(`Unsupported encryption method ${header.cryptMethod}`);
  takeExtensions(cluster, facts, options);
  const hasDataFile = (incompatible & QCOW2_INCOMPATIBLE.dataFile) !== 0n;
  if (hasDataFile && facts.dataFile === undefined)
    throw new DiskError("'data-file' is required for this image");
  if (!hasDataFile && (header.autoclear & QCOW2_AUTOCLEAR.rawExternal) !== 0n)
    throw new DiskError('data-file-raw requires a data file');
  if (header.backingFileOffset !== 0n) {
    const length = header.backingFileSize;
    if (length > Math.min(1023, clusterSize - Number(header.backingFileOffset)))
      throw new DiskError('Backing file name too long');
    facts.backingFile = cString(await source.read(header.backingFileOffset, length));
  }
  return facts;
}

function checkCompressionType({ compressionType, incompatible }: Qcow2Header): void {
  const marked = (incompatible & QCOW2_INCOMPATIBLE.compressionType) !== 0n;
  if (compressionType > 1)
    throw new DiskError(`qcow2: unknown compression type: ${compressionType}`, 'ENOTSUP');
  if (compressionType === 0 && marked)
    throw new DiskError('qcow2: Compression type incompatible feature bit must not be set');
  if (compressionType === 1 && !marked)
    throw new DiskError('qcow2: Compression type incompatible feature bit must be set');
}

function checkTables(facts: Qcow2Facts, { check }: HeaderOptions): void {
  const { clusterBits, clusterSize, size, extendedL2 } = facts;
  if (facts.refcountTableClusters === 0 && !check)
    throw new DiskError('Image does not contain a reference count table');
  const table = (offset: bigint, entries: number, entryLength: number, maxSize: number, name: string) => {
    if (entries > Math.floor(maxSize / entryLength)) throw new DiskError(`${name} too large`, 'EFBIG');
    if (INT64_MAX - BigInt(entries * entryLength) < offset || offset % BigInt(clusterSize) !== 0n)
      throw new DiskError(`${name} offset invalid`);
  };
  const { refcountTableOffset, refcountTableClusters } = facts;
  table(refcountTableOffset, refcountTableClusters, clusterSize, MAX_REFTABLE_SIZE, 'Reference count table');
  if (!check)
    table(
      facts.snapshotsOffset,
      facts.snapshotCount,
      SNAPSHOT_HEADER_SIZE,
      SNAPSHOT_HEADER_SIZE * MAX_SNAPSHOTS,
      'Snapshot table',
    );
  table(facts.l1TableOffset, facts.l1Size, 8, MAX_L1_SIZE, 'Active L1 table');
  const needed = l1Entries(size, clusterBits, extendedL2);
  if (needed > 0x7fff_ffffn) throw new DiskError('Image is too big', 'EFBIG');
  if (BigInt(facts.l1Size) < needed) throw new DiskError('L1 table is too small');
}

/** How many L2 tables a disk of `size` bytes can have. */
export function l1Entries(size: bigint, clusterBits: number, extendedL2: boolean): bigint {
  const shift = BigInt(clusterBits + clusterBits - (extendedL2 ? 4 : 3));
  return BigInt.asUintN(64, size + (1n << shift) - 1n) >> shift;
}

/** Fills in what the extensions say. */
function takeExtensions(cluster: Bytes, facts: Qcow2Facts, { report }: HeaderOptions): void {
  const found = readQcow2Extensions(cluster, facts);
  checkEndOfExtensions(cluster, facts, found.at(-1));
  for (const extension of found) {
    const { type, offset, length } = extension;
    if (type === QCOW2_EXTENSIONS.backingFormat) {
      if (length >= 16) throw new DiskError(`ERROR: ext_backing_format: len=${length} too large (>=16)`);
      facts.backingFormat = cluster.utf8(offset, length);
    } else if (type === QCOW2_EXTENSIONS.dataFile) {
      facts.dataFile = cluster.utf8(offset, length);
    } else if (type === QCOW2_EXTENSIONS.cryptoHeader) {
      facts.cryptoHeader = cryptoHeader(cluster, facts, extension);
    } else if (type === QCOW2_EXTENSIONS.bitmaps) {
      facts.bitmaps = bitmaps(cluster, facts, extension, report);
    }
  }
}

/** The list ends with the mark of its end, or where the header does. */
function checkEndOfExtensions(cluster: Bytes, header: Qcow2Facts, last: Qcow2Extension | undefined): void {
  const end = header.backingFileOffset === 0n ? header.clusterSize : Number(header.backingFileOffset);
  const at = last ? last.offset + Math.ceil(last.length / 8) * 8 : header.headerLength;
  if (at >= end) return;
  if (at + 8 > end || cluster.u32(at + 4) > end - at - 8) throw new DiskError('Header extension too large');
}

function cryptoHeader(
  cluster: Bytes,
  { cryptMethod, clusterSize }: Qcow2Facts,
  { offset: at, length }: Qcow2Extension,
): Qcow2Facts['cryptoHeader'] {
  if (cryptMethod !== 2)
    throw new DiskError('CRYPTO header extension only expected with LUKS encryption method');
  if (length !== 16) throw new DiskError(`CRYPTO header extension size ${length}, but expected size 16`);
  const offset = cluster.u64(at);
  if (offset % BigInt(clusterSize) !== 0n)
    throw new DiskError(
      `Encryption header offset '${offset}' is not a multiple of cluster size '${clusterSize}'`,
    );
  return { offset, length: cluster.u64(at + 8) };
}

const MAX_BITMAPS = 65535;
const MAX_BITMAP_DIRECTORY = 65535 * 1024;

function bitmaps(
  cluster: Bytes,
  { autoclear, clusterSize }: Qcow2Facts,
  { offset: at, length }: Qcow2Extension,
  report: (message: string) => void,
): Qcow2Facts['bitmaps'] {
  if (length !== 24) throw new DiskError('bitmaps_ext: Invalid extension length');
  if ((autoclear & QCOW2_AUTOCLEAR.bitmaps) === 0n) {
    report(
      'warning: a program lacking bitmap support modified this file, so all bitmaps are now considered inconsistent',
    );
    return undefined;
  }
  const count = cluster.u32(at);
  if (cluster.u32(at + 4) !== 0) throw new DiskError('bitmaps_ext: Reserved field is not zero');
  if (count > MAX_BITMAPS)
    throw new DiskError(
      `bitmaps_ext: image has ${count} bitmaps, exceeding the QEMU supported maximum of ${MAX_BITMAPS}`,
    );
  if (count === 0) throw new DiskError('bitmaps_ext: found bitmaps extension with zero bitmaps');
  const directorySize = cluster.u64(at + 8);
  const directoryOffset = cluster.u64(at + 16);
  if (directoryOffset % BigInt(clusterSize) !== 0n)
    throw new DiskError('bitmaps_ext: invalid bitmap directory offset');
  if (directorySize > BigInt(MAX_BITMAP_DIRECTORY))
    throw new DiskError(
      `bitmaps_ext: bitmap directory size (${directorySize}) exceeds the maximum supported size (${MAX_BITMAP_DIRECTORY})`,
    );
  return { count, directorySize, directoryOffset };
}

/** The incompatible features that QEMU does not know, by the names that the file itself has for them. */
function unknownFeatures(cluster: Bytes, header: Qcow2Header): string {
  let left = header.incompatible & ~KNOWN;
  const found: string[] = [];
  const table = readQcow2Extensions(cluster, header).find(
    ({ type }) => type === QCOW2_EXTENSIONS.featureNames,
  );
  for (let at = 0; table !== undefined && at + 48 <= table.length; at += 48) {
    const entry = table.offset + at;
    const name = cluster.utf8(entry + 2, 46);
    if (name === '') break;
    const mask = 1n << BigInt(cluster.u8(entry + 1) & 63);
    if (cluster.u8(entry) !== 0 || (left & mask) === 0n) continue;
    found.push(name);
    left &= ~mask;
  }
  if (left !== 0n) found.push(`Unknown incompatible feature: ${left.toString(16)}`);
  return found.join(', ');
}
