/** Hyper-V's format. Models QEMU's `block/vhdx.c` and the search of `block/vhdx-log.c`. */
import { Bytes } from '../formats/bytes';
import {
  readVhdxHeader,
  readVhdxMetadata,
  readVhdxRegions,
  VHDX_OFFSETS,
  VHDX_REGIONS,
  VHDX_SIGNATURE,
  type VhdxHeader,
  type VhdxMetadata,
} from '../formats/vhdx';
import { crc32c } from './crc32c';
import type { BlockStatus, Disk, DiskFile, DiskInfo, DriverContext } from './disk';
import { DiskError, SECTOR, sectorsOf, viewOf, type ByteSource } from './source';
import { readByStatus } from './vdi';

const MIB = 2 ** 20;
const HEADER_SIZE = 4096;
const REGION_TABLE_SIZE = 65536;
const METADATA_TABLE_SIZE = 65536;
const MAX_METADATA = 128 * 1024;
const MAX_BLOCK_SIZE = 256 * MIB;
const MAX_SECTORS_PER_BLOCK = 2 ** 23;
const NO_GUID = '00000000-0000-0000-0000-000000000000';
const MAX_BAT = 64 * MIB;

const FULLY_PRESENT = 6;
const PARTIALLY_PRESENT = 7;
/** States of a block that read as zeros: not present, undefined, zero, unmapped, unmapped as in version 0.95. */
const EMPTY_STATES = [0, 1, 2, 3, 5];

/** A stretch of the file that nothing else may use. */
interface Region {
  start: bigint;
  end: bigint;
}

/** Throws {@link DiskError} for what QEMU does not open; mostly it tells only the errno. */
export async function openVhdx(context: DriverContext): Promise<VhdxDisk> {
  const { source, filename } = context;
  if (!new Bytes(await source.read(0, 8)).is(0, VHDX_SIGNATURE)) throw new DiskError('', 'EINVAL');
  const header = await currentHeader(source);
  const regions = new Regions(context.report);
  regions.add(header.logOffset, header.logLength);
  await checkLog(context, header);
  const table = await source.read(VHDX_OFFSETS.regionTable1, REGION_TABLE_SIZE);
  const found = checksumOk(table) ? readVhdxRegions(new Bytes(table)) : undefined;
  if (found === undefined) throw new DiskError('', 'EINVAL');
  for (const { guid, offset, length, required } of found) {
    regions.check(offset, BigInt(length));
    regions.add(offset, length);
    const known: readonly string[] = Object.values(VHDX_REGIONS);
    if (known.includes(guid) && found.filter((other) => other.guid === guid).length > 1)
      throw new DiskError('', 'EINVAL');
    if (!known.includes(guid) && required) throw new DiskError('', 'ENOTSUP');
  }
  const bat = found.find(({ guid }) => guid === VHDX_REGIONS.bat);
  const metadataRegion = found.find(({ guid }) => guid === VHDX_REGIONS.metadata);
  if (bat === undefined || metadataRegion === undefined) throw new DiskError('', 'EINVAL');
  const metadata = readVhdxMetadata(new Bytes(await source.read(metadataRegion.offset, MAX_METADATA)));
  checkMetadata(metadata);
  const disk = new VhdxDisk(filename, source, metadata, Number(bat.offset));
  if (disk.batEntries > Math.floor(bat.length / 8)) throw new DiskError('', 'EINVAL');
  if (!context.check) await checkBat(disk, regions, context);
  return disk;
}

class Regions {
  readonly #regions: Region[] = [];

  constructor(private readonly report: (message: string) => void) {}

  add(start: bigint, length: number): void {
    this.#regions.push({ start, end: start + BigInt(length) });
  }

  /** Throws when the stretch is used already. */
  check(start: bigint, length: bigint): void {
    const end = start + length;
    const other = this.#regions.find((region) => start < region.end && end > region.start);
    if (other === undefined) return;
    this.report(`VHDX region ${start}-${end} overlaps with region ${other.start}-${other.end}.`);
    throw new DiskError('', 'EINVAL');
  }
}

/** Of two valid headers, that with the higher number. */
async function currentHeader(source: ByteSource): Promise<VhdxHeader> {
  const read = async (at: number) => {
    const bytes = await source.read(at, HEADER_SIZE);
    const header = checksumOk(bytes) ? readVhdxHeader(new Bytes(bytes)) : undefined;
    return header?.version === 1 ? { header, bytes } : undefined;
  };
  const first = await read(VHDX_OFFSETS.header1);
  const second = await read(VHDX_OFFSETS.header2);
  if (first && second) {
    const [a, b] = [first.header.sequenceNumber, second.header.sequenceNumber];
    if (a !== b) return a > b ? first.header : second.header;
    const same = first.bytes.subarray(0, 80).every((byte, i) => byte === second.bytes[i]);
    if (same) return first.header;
    throw new DiskError('No valid VHDX header found');
  }
  const only = first ?? second;
  if (only === undefined) throw new DiskError('No valid VHDX header found');
  return only.header;
}

/** The checksum stands at byte 4 of everything that has one. */
function checksumOk(bytes: Uint8Array): boolean {
  return viewOf(bytes).getUint32(4, true) === crc32c(bytes, 4);
}

/** Changes that were begun and not finished are in the log; who only reads cannot finish them. */
async function checkLog({ source, filename }: DriverContext, header: VhdxHeader): Promise<void> {
  const { logGuid, logLength, logOffset, logVersion } = header;
  if (logOffset < BigInt(MIB) || logOffset % BigInt(MIB) !== 0n) throw new DiskError('', 'EINVAL');
  if (logVersion !== 0) throw new DiskError('', 'EINVAL');
  if (logGuid === NO_GUID || logLength === 0) return;
  if (logLength % MIB !== 0) throw new DiskError('', 'EINVAL');
  const size = Math.min(logLength, Math.max(0, source.size - Number(logOffset)));
  for (let at = 0; at + HEADER_SIZE <= size; at += HEADER_SIZE) {
    const entry = new Bytes(await source.read(logOffset + BigInt(at), 64));
    if (entry.is(0, 'loge') && entry.guid(32) === logGuid)
      throw new DiskError(
        `VHDX image file '${filename}' opened read-only, but contains a log that needs to be replayed\n` +
          `To replay the log, run:\nqemu-img check -r all '${filename}'`,
      );
  }
}

function checkMetadata(metadata: VhdxMetadata | undefined): asserts metadata is VhdxMetadata {
  if (metadata === undefined) throw new DiskError('', 'EINVAL');
  if (metadata.unknownRequired.length > 0) throw new DiskError('', 'ENOTSUP');
  const { blockSize, logicalSectorSize: sector } = metadata;
  if (metadata.hasParent) throw new DiskError('', 'ENOTSUP');
  if (blockSize < MIB || blockSize > MAX_BLOCK_SIZE) throw new DiskError('', 'EINVAL');
  if (sector !== 512 && sector !== 4096) throw new DiskError('', 'EINVAL');
  if ((blockSize & (blockSize - 1)) !== 0) throw new DiskError('', 'EINVAL');
}

/** Every block must lie inside the file, and nowhere else. */
async function checkBat(disk: VhdxDisk, regions: Regions, { source, report }: DriverContext): Promise<void> {
  const end = sectorsOf(source) * SECTOR;
  const { blockSize } = disk.metadata;
  let wrong = false;
  let payload = disk.chunkRatio;
  for (let index = 0; index < disk.batEntries; index++) {
    // past the end of the file all entries are zero: no blocks
    if (disk.batOffset + index * 8 >= end) break;
    const { state, offset } = await disk.batEntry(index);
    const isPayload = payload-- > 0;
    if (!isPayload) payload = disk.chunkRatio;
    if (state !== FULLY_PRESENT || !isPayload) continue;
    const truncated = `points after end of file (${end}). Image has probably been truncated.`;
    if (offset >= end) {
      report(`VHDX BAT entry ${index} start offset ${offset} ${truncated}`);
      wrong = true;
    }
    // the last block need not be there as a whole
    const block = index - Math.floor(index / (disk.chunkRatio + 1));
    const last = offset + Math.min(blockSize, Number(disk.metadata.virtualDiskSize) - block * blockSize);
    if (last > end) {
      report(`VHDX BAT entry ${index} end offset ${last - 1} ${truncated}`);
      wrong = true;
    }
    regions.check(BigInt(offset), BigInt(blockSize));
  }
  if (wrong) throw new DiskError('', 'EINVAL');
}

/** A VHDX file, open for reading. */
export class VhdxDisk implements Disk {
  readonly format = 'vhdx';
  readonly length: bigint;
  readonly files: readonly DiskFile[];
  readonly info: DiskInfo;
  /** Blocks of data between two entries for bitmaps. */
  readonly chunkRatio: number;
  readonly batEntries: number;
  #piece: { first: number; entries: DataView } | undefined;

  constructor(
    readonly filename: string,
    private readonly source: ByteSource,
    readonly metadata: VhdxMetadata,
    readonly batOffset: number,
  ) {
    const { blockSize, logicalSectorSize, virtualDiskSize } = metadata;
    this.files = [{ child: 'file', filename, source }];
    this.info = { clusterSize: blockSize, dirty: false };
    // QEMU counts sectors of the disk's own size as if they were of 512 bytes
    this.length = (virtualDiskSize / BigInt(logicalSectorSize)) * BigInt(SECTOR);
    this.chunkRatio = (MAX_SECTORS_PER_BLOCK * logicalSectorSize) / blockSize;
    const blocks = Number((virtualDiskSize + BigInt(blockSize) - 1n) / BigInt(blockSize)) % 2 ** 32;
    this.batEntries = blocks + Math.floor((blocks - 1) / this.chunkRatio);
  }

  async batEntry(index: number): Promise<{ state: number; offset: number }> {
    const count = Math.min(MAX_BAT, REGION_TABLE_SIZE) / 8;
    const first = Math.floor(index / count) * count;
    if (this.#piece?.first !== first)
      this.#piece = {
        first,
        entries: viewOf(await this.source.read(this.batOffset + first * 8, count * 8)),
      };
    const at = (index - first) * 8;
    const low = this.#piece.entries.getUint32(at, true);
    const high = this.#piece.entries.getUint32(at + 4, true);
    // 44 bits of mebibytes, then the state
    return { state: low & 7, offset: high * 2 ** 32 + ((low & 0xfff0_0000) >>> 0) };
  }

  async status(offset: number): Promise<BlockStatus> {
    const { blockSize } = this.metadata;
    const block = Math.floor(offset / blockSize);
    const within = offset % blockSize;
    const length = blockSize - within;
    const entry = await this.batEntry(block + Math.floor(block / this.chunkRatio));
    if (EMPTY_STATES.includes(entry.state)) return { kind: 'zero', length };
    if (entry.state === PARTIALLY_PRESENT || entry.state !== FULLY_PRESENT)
      throw DiskError.withErrno('', 'EIO');
    return { kind: 'data', length, offset: entry.offset + within, file: this.filename };
  }

  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return readByStatus(this, this.source, offset, length);
  }
}

export { METADATA_TABLE_SIZE };
