/** The files that make up a VMDK disk, one after the other. Models `VmdkExtent` of QEMU's `block/vmdk.c`. */
import type { BlockStatus } from './disk';
import { rawStatus } from './raw';
import { DiskError, SECTOR, viewOf, type ByteSource } from './source';
import { uncompress } from './zlib';

/** A grain of which the table says that it is zeros. */
const ZEROED = 1;
const MARKER = 12;
/** Bytes of grain tables that are kept. */
const TABLE_CACHE = 2 ** 20;

export interface Extent {
  filename: string;
  /** As the descriptor calls it; empty when the disk is one file. */
  type: string;
  sectors: number;
  flat: boolean;
  compressed: boolean;
  clusterSize: number;
  /** `offset` counts from the extent's start. */
  status(offset: number): Promise<BlockStatus>;
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Bytes as they are, from `start` of the file on. */
export class FlatExtent implements Extent {
  readonly flat = true;
  readonly compressed = false;
  readonly clusterSize: number;

  constructor(
    readonly filename: string,
    readonly type: string,
    private readonly source: ByteSource,
    readonly sectors: number,
    private readonly start: number,
  ) {
    this.clusterSize = sectors * SECTOR;
  }

  async status(offset: number): Promise<BlockStatus> {
    return rawStatus(this.source, this.filename, this.start + offset);
  }

  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.source.read(this.start + offset, length);
  }
}

export interface SparseShape {
  sectors: number;
  /** Where the grain directory lies. */
  directory: number;
  directoryEntries: number;
  /** Entries of a grain table. */
  tableEntries: number;
  grainSectors: number;
  compressed: boolean;
  /** Whether a grain starts with its number and size. */
  markers: boolean;
  zeroGrains: boolean;
}

/** Grains found by way of a directory and tables. */
export class SparseExtent implements Extent {
  readonly flat = false;
  readonly compressed: boolean;
  readonly sectors: number;
  readonly clusterSize: number;
  type = '';
  #directory: DataView | undefined;
  readonly #tables = new Map<number, DataView>();

  constructor(
    readonly filename: string,
    private readonly source: ByteSource,
    private readonly shape: SparseShape,
  ) {
    this.compressed = shape.compressed;
    this.sectors = shape.sectors;
    this.clusterSize = shape.grainSectors * SECTOR;
  }

  async status(offset: number): Promise<BlockStatus> {
    const grain = await this.#grain(offset);
    const within = offset % this.clusterSize;
    const length = this.clusterSize - within;
    if (grain === 'zero' || grain === 'unallocated') return { kind: grain, length };
    if (this.compressed) return { kind: 'data', length, compressed: true, file: this.filename };
    return { kind: 'data', length, offset: grain + within, file: this.filename };
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const result = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const at = offset + done;
      const within = at % this.clusterSize;
      const count = Math.min(this.clusterSize - within, length - done);
      const grain = await this.#grain(at);
      if (typeof grain === 'number')
        result.set(
          this.compressed
            ? await this.#unpack(grain, within, count)
            : await this.source.read(grain + within, count),
          done,
        );
      done += count;
    }
    return result;
  }

  /** Where the grain with this byte starts in the file. */
  async #grain(offset: number): Promise<number | 'zero' | 'unallocated'> {
    const { directory, directoryEntries, tableEntries, grainSectors, zeroGrains } = this.shape;
    const grain = Math.floor(offset / this.clusterSize);
    const index = Math.floor(offset / SECTOR / (tableEntries * grainSectors));
    if (index >= directoryEntries) throw DiskError.withErrno('', 'EIO');
    this.#directory ??= viewOf(await this.source.read(directory, directoryEntries * 4));
    const tableAt = this.#directory.getUint32(index * 4, true) * SECTOR;
    if (tableAt === 0) return 'unallocated';
    let table = this.#tables.get(tableAt);
    if (table === undefined) {
      table = viewOf(await this.source.read(tableAt, tableEntries * 4));
      if ((this.#tables.size + 1) * table.byteLength > TABLE_CACHE) this.#tables.clear();
      this.#tables.set(tableAt, table);
    }
    const sector = table.getUint32((grain % tableEntries) * 4, true);
    if (zeroGrains && sector === ZEROED) return 'zero';
    return sector === 0 ? 'unallocated' : sector * SECTOR;
  }

  async #unpack(at: number, within: number, count: number): Promise<Uint8Array> {
    const room = this.clusterSize * 2;
    const bytes = await this.source.read(at, room);
    const { markers } = this.shape;
    const start = markers ? MARKER : 0;
    const size = markers ? viewOf(bytes).getUint32(8, true) : room;
    if (size === 0 || size > room) throw DiskError.withErrno('', 'EINVAL');
    const grain = uncompress(bytes.subarray(start, start + size), this.clusterSize);
    if (grain === undefined || within + count > grain.length) throw DiskError.withErrno('', 'EINVAL');
    return grain.subarray(within, within + count);
  }
}
