/** Connectix' and Microsoft's VHD, which QEMU calls vpc. Models QEMU's `block/vpc.c`. */
import { Bytes } from '../formats/bytes';
import {
  readVhdDynamicHeader,
  readVhdFooter,
  vhdDiskSize,
  VHD_COOKIE,
  VHD_FOOTER_SIZE,
  type VhdDynamicHeader,
} from '../formats/vhd';
import type { BlockStatus, Disk, DiskFile, DiskInfo, DriverContext } from './disk';
import { DiskError, SECTOR, sectorsOf, viewOf, type ByteSource } from './source';
import { readByStatus } from './vdi';

const FIXED = 2;
const UNUSED = 0xffffffff;
const MAX_ENTRIES = 0x1fff_ffff;
/** Entries of the block allocation table that are read at once. */
const BAT_PIECE = 16384;

/** Throws {@link DiskError} for what QEMU does not open. */
export async function openVpc({ filename, source }: DriverContext): Promise<VpcDisk> {
  let footer = new Bytes(await source.read(0, VHD_FOOTER_SIZE));
  const dynamic = footer.is(0, VHD_COOKIE);
  if (!dynamic) {
    const end = sectorsOf(source) * SECTOR;
    if (end < VHD_FOOTER_SIZE) throw new DiskError('File too small for a VHD header');
    footer = new Bytes(await source.read(end - VHD_FOOTER_SIZE, VHD_FOOTER_SIZE));
  }
  const facts = readVhdFooter(footer);
  if (facts === undefined || (!dynamic && facts.type !== FIXED)) throw new DiskError('invalid VPC image');
  if (!facts.checksumOk) throw new DiskError('Incorrect header checksum');
  const size = vhdDiskSize(facts);
  if (!dynamic) return new VpcDisk(filename, source, size, undefined);
  const bytes = new Bytes(await source.read(facts.dataOffset, 1024));
  const header = readVhdDynamicHeader(bytes);
  if (header === undefined) throw new DiskError('Invalid header magic');
  checkDynamic(header, size);
  await checkBat(source, header);
  // the footer's type decides, as in vpc_get_info: a file with a copy of the footer in front may call itself fixed
  return new VpcDisk(filename, source, size, header, facts.type !== FIXED);
}

function checkDynamic({ blockSize, maxTableEntries }: VhdDynamicHeader, size: bigint): void {
  if (blockSize < SECTOR || (blockSize & (blockSize - 1)) !== 0)
    throw new DiskError(`Invalid block size ${blockSize}`);
  if (size / BigInt(blockSize) > 0xffff_ffffn) throw new DiskError('Too many blocks');
  if (BigInt(maxTableEntries) * BigInt(blockSize) < size) throw new DiskError('Page table too small');
  if (maxTableEntries > MAX_ENTRIES)
    throw new DiskError(`Max Table Entries too large (${maxTableEntries | 0})`);
}

/** Every block must lie inside the file. */
async function checkBat(source: ByteSource, header: VhdDynamicHeader): Promise<void> {
  const { maxTableEntries, blockSize, tableOffset } = header;
  const table = Number(tableOffset);
  let free = Math.ceil((table + maxTableEntries * 4) / SECTOR) * SECTOR;
  const span = bitmapSize(header) + blockSize;
  for (let first = 0; first < maxTableEntries; first += BAT_PIECE) {
    // past the end of the file all entries are zero, and one of them is as good as all
    const past = table + first * 4 >= source.size;
    const count = past ? 1 : Math.min(BAT_PIECE, maxTableEntries - first);
    const entries = viewOf(await source.read(table + first * 4, count * 4));
    for (let i = 0; i < count; i++) {
      const entry = entries.getUint32(i * 4);
      if (entry !== UNUSED) free = Math.max(free, entry * SECTOR + span);
    }
    if (past) break;
  }
  if (free > sectorsOf(source) * SECTOR)
    throw new DiskError(
      'block-vpc: free_data_block_offset points after the end of file. The image has been truncated.',
    );
}

/** Bytes before each block that say which of its sectors are in use; QEMU does not ask them. */
function bitmapSize({ blockSize }: VhdDynamicHeader): number {
  return Math.ceil(blockSize / (8 * SECTOR) / SECTOR) * SECTOR;
}

/** A VHD file, open for reading. */
export class VpcDisk implements Disk {
  readonly format = 'vpc';
  readonly files: readonly DiskFile[];
  readonly info: DiskInfo;
  #piece: { first: number; entries: DataView } | undefined;

  constructor(
    readonly filename: string,
    private readonly source: ByteSource,
    readonly length: bigint,
    private readonly header: VhdDynamicHeader | undefined,
    private readonly hasBlocks = header !== undefined,
  ) {
    this.files = [{ child: 'file', filename, source }];
    this.info = { dirty: false, ...(header && hasBlocks && { clusterSize: header.blockSize }) };
  }

  async status(offset: number): Promise<BlockStatus> {
    const { header, filename: file } = this;
    if (header === undefined || !this.hasBlocks) return { kind: 'data', length: 2 ** 30, offset, file };
    const { blockSize } = header;
    const index = Math.floor(offset / blockSize);
    const within = offset % blockSize;
    const length = blockSize - within;
    if (index >= header.maxTableEntries) return { kind: 'unallocated', length };
    const entry = await this.#entry(header, index);
    if (entry === UNUSED) return { kind: 'unallocated', length };
    return { kind: 'data', length, offset: entry * SECTOR + bitmapSize(header) + within, file };
  }

  async #entry({ tableOffset, maxTableEntries }: VhdDynamicHeader, index: number): Promise<number> {
    const first = Math.floor(index / BAT_PIECE) * BAT_PIECE;
    if (this.#piece?.first !== first) {
      const count = Math.min(BAT_PIECE, maxTableEntries - first);
      const entries = viewOf(await this.source.read(Number(tableOffset) + first * 4, count * 4));
      this.#piece = { first, entries };
    }
    return this.#piece.entries.getUint32((index - first) * 4);
  }

  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return readByStatus(this, this.source, offset, length);
  }
}
