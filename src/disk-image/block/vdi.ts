/** VirtualBox's format. Models QEMU's `block/vdi.c`. */
import { Bytes } from '../formats/bytes';
import { readVdiHeader, VDI_SIGNATURE, type VdiHeader } from '../formats/vdi';
import type { BlockStatus, Disk, DiskFile, DiskInfo, DriverContext } from './disk';
import { DiskError, SECTOR, viewOf, type ByteSource } from './source';

const BLOCK_SIZE = 2 ** 20;
const VERSION_1_1 = 0x10001;
const MAX_BLOCKS = 0x1fff_ff80n;
const MAX_DISK_SIZE = MAX_BLOCKS * BigInt(BLOCK_SIZE);
const NO_UUID = '00000000-0000-0000-0000-000000000000';
/** Block map entries from here on mean: no block. */
const DISCARDED = 0xfffffffe;
/** Entries of the block map that are read at once. */
const MAP_PIECE = 16384;

/** Throws {@link DiskError} for what QEMU does not open. */
export async function openVdi({ filename, source }: DriverContext): Promise<VdiDisk> {
  const bytes = new Bytes(await source.read(0, SECTOR));
  const size = bytes.u64le(0x170);
  if (size > MAX_DISK_SIZE) throw unsupportedSize(size);
  const header = readVdiHeader(bytes);
  if (header === undefined)
    throw new DiskError(
      `Image not in VDI format (bad signature ${bytes.u32le(0x40).toString(16).padStart(8, '0')})`,
    );
  const problem = unsupported(header);
  if (problem !== undefined) throw new DiskError(`unsupported VDI image (${problem})`, 'ENOTSUP');
  return new VdiDisk(filename, source, header);
}

export { VDI_SIGNATURE };

function unsupportedSize(size: bigint): DiskError {
  return new DiskError(
    `Unsupported VDI image size (size is 0x${size.toString(16)}, max supported is 0x${MAX_DISK_SIZE.toString(16)})`,
    'ENOTSUP',
  );
}

function unsupported(header: VdiHeader): string | undefined {
  const { version, offsetBmap, offsetData, sectorSize, blockSize, blocksInImage } = header;
  const size = roundedSize(header);
  const room = BigInt(blocksInImage) * BigInt(blockSize);
  if (version !== VERSION_1_1) return `version ${version >>> 16}.${version & 0xffff}`;
  if (offsetBmap % SECTOR !== 0) return `unaligned block map offset 0x${offsetBmap.toString(16)}`;
  if (offsetData % SECTOR !== 0) return `unaligned data offset 0x${offsetData.toString(16)}`;
  if (sectorSize !== SECTOR) return `sector size ${sectorSize} is not ${SECTOR}`;
  if (blockSize !== BLOCK_SIZE) return `block size ${blockSize} is not ${BLOCK_SIZE}`;
  if (size > room) return `disk size ${size}, image bitmap has room for ${room}`;
  if (header.uuidLink !== NO_UUID) return 'non-NULL link UUID';
  if (header.uuidParent !== NO_UUID) return 'non-NULL parent UUID';
  if (BigInt(blocksInImage) > MAX_BLOCKS) return `too many blocks ${blocksInImage}, max is ${MAX_BLOCKS}`;
  return undefined;
}

/** VirtualBox makes disks of odd sizes; they are rounded up to whole sectors. */
function roundedSize({ diskSize }: VdiHeader): bigint {
  return ((diskSize + 511n) / 512n) * 512n;
}

/** A VDI file, open for reading. */
export class VdiDisk implements Disk {
  readonly format = 'vdi';
  readonly length: bigint;
  readonly files: readonly DiskFile[];
  readonly info: DiskInfo = { clusterSize: BLOCK_SIZE, dirty: false };
  #piece: { first: number; entries: DataView } | undefined;

  constructor(
    readonly filename: string,
    private readonly source: ByteSource,
    readonly header: VdiHeader,
  ) {
    this.length = roundedSize(header);
    this.files = [{ child: 'file', filename, source }];
  }

  /** The block map's entry for a block; undefined for none. */
  async block(index: number): Promise<number | undefined> {
    const first = Math.floor(index / MAP_PIECE) * MAP_PIECE;
    if (this.#piece?.first !== first) {
      const count = Math.min(MAP_PIECE, this.header.blocksInImage - first);
      const entries = viewOf(await this.source.read(this.header.offsetBmap + first * 4, count * 4));
      this.#piece = { first, entries };
    }
    const entry = this.#piece.entries.getUint32((index - first) * 4, true);
    return entry < DISCARDED ? entry : undefined;
  }

  async status(offset: number): Promise<BlockStatus> {
    const index = Math.floor(offset / BLOCK_SIZE);
    const within = offset % BLOCK_SIZE;
    const length = BLOCK_SIZE - within;
    const block = await this.block(index);
    if (block === undefined) return { kind: 'unallocated', length };
    const where = this.header.offsetData + block * BLOCK_SIZE + within;
    return { kind: 'data', length, offset: where, file: this.filename };
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return readByStatus(this, this.source, offset, length);
  }
}

/** Reads a disk whose data lie in one file as they are; everything else is zeros. */
export async function readByStatus(
  disk: Pick<Disk, 'status'>,
  source: ByteSource,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const result = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { offset: where, length: found } = await disk.status(offset + done);
    const count = Math.min(found, length - done);
    if (where !== undefined) result.set(await source.read(where, count), done);
    done += count;
  }
  return result;
}
