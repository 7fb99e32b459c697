/** Writes qcow2 files, of any size and piece by piece. The layout is described in QEMU's `docs/interop/qcow2.rst`. */
import { QCOW2_COMPATIBLE, QCOW2_EXTENSIONS, QCOW2_INCOMPATIBLE, QCOW2_MAGIC } from '../formats/qcow2';

/** The features that QEMU 10 names in the header of every new file: [kind, bit, name]. */
const FEATURE_NAMES: readonly (readonly [number, number, string])[] = [
  [0, 0, 'dirty bit'],
  [0, 1, 'corrupt bit'],
  [0, 2, 'external data file'],
  [0, 3, 'compression type'],
  [0, 4, 'extended L2 entries'],
  [1, 0, 'lazy refcounts'],
  [2, 0, 'bitmaps'],
  [2, 1, 'raw external data'],
];
const FEATURE_NAME_ENTRY = 48;
/** Bit 63 of a table entry: this cluster is referred to exactly once. */
const COPIED = 1n << 63n;
const COMPRESSED = 1n << 62n;
const ALL_ALLOCATED = 0xffff_ffffn;
const ALL_ZERO = ALL_ALLOCATED << 32n;
const SECTOR = 512;
/** Header, refcount table and the first refcount block come first. */
const FIRST_FREE = 3;
/** How many bytes of clusters are put together into one part. */
const PART = 4 * 2 ** 20;

export interface Qcow2Shape {
  /** Bytes of the virtual disk; a multiple of 512. */
  size: bigint;
  version: 2 | 3;
  /** 9 to 21: a cluster has 2 to this power of bytes. 16 is QEMU's default. */
  clusterBits: number;
  lazyRefcounts: boolean;
  /** 1, 2, 4, 8, 16, 32 or 64. */
  refcountBits: number;
  extendedL2: boolean;
  compressionType: 'zlib' | 'zstd';
  backingFile?: string | undefined;
  backingFormat?: string | undefined;
}

/** What QEMU makes unless told otherwise. */
export const QCOW2_DEFAULTS = {
  version: 3,
  clusterBits: 16,
  lazyRefcounts: false,
  refcountBits: 16,
  extendedL2: false,
  compressionType: 'zlib',
} as const satisfies Omit<Qcow2Shape, 'size'>;

type Part = Uint8Array<ArrayBuffer> | Blob;

/** Compressed data are packed one after the other. */
interface Packed {
  /** Where in the file the next may begin. */
  at: number;
  /** Where the cluster ends. */
  end: number;
  cluster: Uint8Array<ArrayBuffer>;
}

/** Takes the clusters of a disk in any order, each once, and makes a file of them. Keeps only tables in memory. */
export class Qcow2Writer {
  readonly clusterSize: number;
  readonly #shape: Qcow2Shape;
  readonly #entrySize: number;
  readonly #perL2: number;
  readonly #l1Size: number;
  readonly #l1Cluster = FIRST_FREE;
  /** L2 tables by their index, and the cluster where each lies. */
  readonly #l2 = new Map<number, { cluster: number; table: DataView<ArrayBuffer> }>();
  /** What follows the L1 table, cluster by cluster. */
  readonly #parts: Part[] = [];
  /** Clusters that are not yet part of {@link Qcow2Writer.#parts}. */
  #open: Uint8Array<ArrayBuffer>[] = [];
  #openBytes = 0;
  #next: number;
  /** Clusters that will change. */
  readonly #unfinished = new Set<Uint8Array>();
  #packed: Packed | undefined;
  /** Where clusters are referred to more than once. */
  readonly #shared = new Map<number, number>();

  /** @param blobs whether to make Blobs of what is written; else everything stays in memory. */
  constructor(
    shape: Qcow2Shape,
    private readonly blobs = true,
  ) {
    this.#shape = shape;
    this.clusterSize = 2 ** shape.clusterBits;
    this.#entrySize = shape.extendedL2 ? 16 : 8;
    this.#perL2 = this.clusterSize / this.#entrySize;
    this.#l1Size = l1SizeOf(shape);
    this.#next = this.#l1Cluster + Math.ceil((this.#l1Size * 8) / this.clusterSize);
  }

  /** The clusters from `offset` on, a multiple of the cluster size; a last partial one is filled up with zeros. */
  write(offset: number, bytes: Uint8Array<ArrayBuffer>): void {
    const { clusterSize } = this;
    for (let done = 0; done < bytes.length; done += clusterSize) {
      const set = this.#entry(offset + done);
      const cluster = this.#append(padded(bytes.subarray(done, done + clusterSize), clusterSize));
      set(COPIED | (BigInt(cluster) * BigInt(clusterSize)), ALL_ALLOCATED);
    }
  }

  /** One cluster, compressed. */
  writeCompressed(offset: number, compressed: Uint8Array<ArrayBuffer>): void {
    const set = this.#entry(offset);
    const at = this.#pack(compressed);
    const sectors = Math.floor((at + compressed.length - 1) / SECTOR) - Math.floor(at / SECTOR);
    const shift = BigInt(62 - (this.#shape.clusterBits - 8));
    set(COMPRESSED | (BigInt(sectors) << shift) | BigInt(at), 0n);
  }

  /** Says that these clusters are zeros, whatever the backing file has there. Needs version 3. */
  writeZeros(offset: number, length: number): void {
    for (let done = 0; done < length; done += this.clusterSize) {
      const set = this.#entry(offset + done);
      if (this.#shape.extendedL2) set(0n, ALL_ZERO);
      else set(1n, 0n);
    }
  }

  /** Gives every cluster of the disk its place in the file, as `preallocation=metadata` asks. */
  preallocate(): void {
    const empty = new Uint8Array(this.clusterSize);
    for (let at = 0; at < this.#shape.size; at += this.clusterSize) {
      const set = this.#entry(at);
      set(COPIED | (BigInt(this.#append(empty)) * BigInt(this.clusterSize)), 0n);
    }
  }

  /** The file's bytes. Nothing can be written after this. */
  finish(): Part[] {
    const l1 = new DataView(new ArrayBuffer(this.#l1Size * 8));
    const { clusterSize } = this;
    for (const [index, { cluster }] of this.#l2)
      l1.setBigUint64(index * 8, COPIED | (BigInt(cluster) * BigInt(clusterSize)));
    this.#parts.push(...this.#open);
    this.#open = [];
    const counts = this.#refcounts();
    const head = new Uint8Array(FIRST_FREE * clusterSize);
    head.set(this.#header(counts.tableCluster, counts.tableClusters));
    if (counts.tableCluster === 1) head.set(counts.table, clusterSize);
    head.set(counts.firstBlock, 2 * clusterSize);
    const l1Bytes = new Uint8Array(l1.buffer);
    // QEMU ends an empty file after the L1 table
    const ends = this.#parts.length === 0 && counts.tail.length === 0;
    const room = Math.ceil((this.#l1Size * 8) / clusterSize) * clusterSize;
    return [head, ends ? l1Bytes : padded(l1Bytes, room), ...this.#parts, ...counts.tail];
  }

  /** Finds the table entry of a cluster, and its table's place in the file when there is none yet. */
  #entry(offset: number): (entry: bigint, bitmap: bigint) => void {
    const cluster = Math.floor(offset / this.clusterSize);
    const index = Math.floor(cluster / this.#perL2);
    let l2 = this.#l2.get(index);
    if (l2 === undefined) {
      const table = new Uint8Array(this.clusterSize);
      this.#unfinished.add(table);
      l2 = { cluster: this.#append(table), table: new DataView(table.buffer) };
      this.#l2.set(index, l2);
    }
    const { table } = l2;
    const at = (cluster % this.#perL2) * this.#entrySize;
    return (entry, bitmap) => {
      table.setBigUint64(at, entry);
      if (this.#shape.extendedL2) table.setBigUint64(at + 8, bitmap);
    };
  }

  /** The cluster's number in the file. */
  #append(cluster: Uint8Array<ArrayBuffer>): number {
    this.#open.push(cluster);
    this.#openBytes += cluster.length;
    if (this.blobs && this.#openBytes >= PART) this.#flush();
    return this.#next++;
  }

  /** Data become Blobs, which a browser may keep on disk; what is still being filled in stays as it is. */
  #flush(): void {
    let run: Uint8Array<ArrayBuffer>[] = [];
    const end = () => {
      if (run.length > 0) this.#parts.push(new Blob(run));
      run = [];
    };
    for (const cluster of this.#open) {
      if (this.#unfinished.has(cluster)) {
        end();
        this.#parts.push(cluster);
      } else run.push(cluster);
    }
    end();
    this.#open = [];
    this.#openBytes = 0;
  }

  /** Where in the file the compressed data begin. They may cross into the next cluster when that is free. */
  #pack(data: Uint8Array): number {
    const { clusterSize } = this;
    const max = 2 ** Math.min(this.#shape.refcountBits, 32) - 1;
    let packed = this.#packed;
    const room = packed === undefined ? 0 : packed.end - packed.at;
    const crosses = data.length > room;
    if (
      packed === undefined ||
      (crosses && packed.end !== this.#next * clusterSize) ||
      (room > 0 && (this.#shared.get(packed.end / clusterSize - 1) ?? 0) >= max)
    )
      packed = this.#newPacked();
    const start = packed.at === packed.end ? this.#next * clusterSize : packed.at;
    for (let done = 0; done < data.length;) {
      if (packed.at === packed.end) packed = this.#newPacked();
      const piece = data.subarray(done, done + packed.end - packed.at);
      packed.cluster.set(piece, clusterSize - (packed.end - packed.at));
      const number = packed.end / clusterSize - 1;
      this.#shared.set(number, (this.#shared.get(number) ?? 0) + 1);
      packed.at += piece.length;
      done += piece.length;
    }
    return start;
  }

  #newPacked(): Packed {
    if (this.#packed) this.#unfinished.delete(this.#packed.cluster);
    const cluster = new Uint8Array(this.clusterSize);
    this.#unfinished.add(cluster);
    const at = this.#next * this.clusterSize;
    this.#append(cluster);
    this.#packed = { at, end: at + this.clusterSize, cluster };
    return this.#packed;
  }

  /** Refcount table and blocks; those that do not fit in front are at the end. */
  #refcounts() {
    const { clusterSize } = this;
    const { refcountBits } = this.#shape;
    const perBlock = (clusterSize * 8) / refcountBits;
    let blocks = 1;
    let tableClusters = 1;
    const total = () => this.#next + (blocks - 1) + (tableClusters > 1 ? tableClusters : 0);
    while (blocks * perBlock < total() || (tableClusters * clusterSize) / 8 < blocks) {
      blocks = Math.max(blocks, Math.ceil(total() / perBlock));
      tableClusters = Math.max(tableClusters, Math.ceil((blocks * 8) / clusterSize));
    }
    const tableCluster = tableClusters === 1 ? 1 : this.#next + blocks - 1;
    const table = new DataView(new ArrayBuffer(tableClusters * clusterSize));
    const content = Array.from({ length: blocks }, (_, block) => {
      const number = block === 0 ? 2 : this.#next + block - 1;
      table.setBigUint64(block * 8, BigInt(number) * BigInt(clusterSize));
      const bytes = new Uint8Array(clusterSize);
      for (let i = 0; i < perBlock && block * perBlock + i < total(); i++) {
        const cluster = block * perBlock + i;
        const unused = cluster === 1 && tableCluster !== 1;
        setRefcount(bytes, i, refcountBits, unused ? 0 : (this.#shared.get(cluster) ?? 1));
      }
      return bytes;
    });
    const [firstBlock = new Uint8Array(clusterSize), ...others] = content;
    const tableBytes = new Uint8Array(table.buffer);
    const tail = tableCluster === 1 ? others : [...others, tableBytes];
    return { table: tableBytes, tableCluster, tableClusters, firstBlock, tail };
  }

  #header(tableCluster: number, tableClusters: number): Uint8Array {
    const { clusterSize } = this;
    const shape = this.#shape;
    const bytes = new Uint8Array(clusterSize);
    const view = new DataView(bytes.buffer);
    const three = shape.version === 3;
    view.setUint32(0, QCOW2_MAGIC);
    view.setUint32(4, shape.version);
    view.setUint32(20, shape.clusterBits);
    view.setBigUint64(24, shape.size);
    view.setUint32(36, this.#l1Size);
    view.setBigUint64(40, this.#l1Size === 0 ? 0n : BigInt(this.#l1Cluster) * BigInt(clusterSize));
    view.setBigUint64(48, BigInt(tableCluster) * BigInt(clusterSize));
    view.setUint32(56, tableClusters);
    if (three) {
      const zstd = shape.compressionType === 'zstd';
      view.setBigUint64(
        72,
        (shape.extendedL2 ? QCOW2_INCOMPATIBLE.extendedL2 : 0n) |
          (zstd ? QCOW2_INCOMPATIBLE.compressionType : 0n),
      );
      view.setBigUint64(80, shape.lazyRefcounts ? QCOW2_COMPATIBLE.lazyRefcounts : 0n);
      view.setUint32(96, Math.log2(shape.refcountBits));
      view.setUint32(100, 112);
      view.setUint8(104, zstd ? 1 : 0);
    }
    let at = three ? 112 : 72;
    const extension = (type: number, data: Uint8Array) => {
      view.setUint32(at, type);
      view.setUint32(at + 4, data.length);
      bytes.set(data, at + 8);
      at += 8 + Math.ceil(data.length / 8) * 8;
    };
    const text = new TextEncoder();
    if (shape.backingFormat !== undefined)
      extension(QCOW2_EXTENSIONS.backingFormat, text.encode(shape.backingFormat));
    // they do not fit into the smallest cluster
    if (three && clusterSize > 512) extension(QCOW2_EXTENSIONS.featureNames, featureNames());
    if (shape.backingFile !== undefined) {
      const name = text.encode(shape.backingFile);
      at += 8;
      if (at + name.length > clusterSize) throw new RangeError('the name of the backing file is too long');
      bytes.set(name, at);
      view.setBigUint64(8, BigInt(at));
      view.setUint32(16, name.length);
    }
    return bytes;
  }
}

/** Entries of the level 1 table that a disk of this size needs. */
export function l1SizeOf({ size, clusterBits, extendedL2 }: Qcow2Shape): number {
  const span = 1n << BigInt(clusterBits + clusterBits - (extendedL2 ? 4 : 3));
  return Number((size + span - 1n) / span);
}

function featureNames(): Uint8Array {
  const table = new Uint8Array(FEATURE_NAMES.length * FEATURE_NAME_ENTRY);
  FEATURE_NAMES.forEach(([kind, bit, name], i) => {
    table.set([kind, bit, ...new TextEncoder().encode(name)], i * FEATURE_NAME_ENTRY);
  });
  return table;
}

/** Writes a count into a refcount block; those of less than a byte start at the lowest bit. */
export function setRefcount(
  block: Uint8Array<ArrayBuffer>,
  index: number,
  bits: number,
  count: number,
): void {
  if (bits < 8) {
    const perByte = 8 / bits;
    const at = Math.floor(index / perByte);
    const shift = (index % perByte) * bits;
    const others = (block[at] ?? 0) & ~((2 ** bits - 1) << shift);
    block[at] = others | (count << shift);
    return;
  }
  const view = new DataView(block.buffer, block.byteOffset);
  if (bits === 8) view.setUint8(index, count);
  else if (bits === 16) view.setUint16(index * 2, count);
  else if (bits === 32) view.setUint32(index * 4, count);
  else view.setBigUint64(index * 8, BigInt(count));
}

function padded(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (bytes.length === length) return bytes;
  const result = new Uint8Array(length);
  result.set(bytes);
  return result;
}
