/** Gives a qcow2 disk another size, in place. Models `qcow2_co_truncate` of QEMU's `block/qcow2.c`. */
import { refcountAt } from './qcow2-check';
import { compressedEntry, type Qcow2Disk } from './qcow2';
import { l1Entries } from './qcow2-header';
import { setRefcount } from './qcow2-writer';
import { DiskError, viewOf } from './source';

const COMPRESSED = 1n << 62n;
const OFFSET = 0x00ff_ffff_ffff_fe00n;
const MAX_L1 = 32 * 2 ** 20;
const SIZE_AT = 24;
const L1_SIZE_AT = 36;
const L1_OFFSET_AT = 40;

/**
 * The file with a disk of `size` bytes. What lay beyond is given up; new space is empty.
 *
 * @param blob the file that `disk` was opened from.
 * @throws DiskError with QEMU's words.
 */
export async function resizeQcow2(blob: Blob, disk: Qcow2Disk, size: bigint): Promise<Blob> {
  const { header } = disk;
  if (header.snapshotCount > 0 && header.version < 3)
    throw new DiskError("Can't resize an image which has snapshots", 'ENOTSUP');
  if (header.bitmaps)
    throw new DiskError('Cannot resize images with bitmaps: not in this sandbox', 'ENOTSUP');
  const editor = new Editor(blob, disk);
  if (size < disk.length) await editor.discard(size);
  else await editor.growL1(l1Entries(size, header.clusterBits, header.extendedL2));
  const bytes = await editor.at(0);
  viewOf(bytes).setBigUint64(SIZE_AT, size);
  return editor.finish();
}

/** Clusters of the file that change, and those that are added at its end. */
class Editor {
  readonly #clusterSize: number;
  readonly #changed = new Map<number, Uint8Array<ArrayBuffer>>();
  #end: number;

  constructor(
    private readonly blob: Blob,
    private readonly disk: Qcow2Disk,
  ) {
    this.#clusterSize = disk.header.clusterSize;
    this.#end = Math.ceil(blob.size / this.#clusterSize);
  }

  /** The cluster at this place of the file, to be changed. */
  async at(offset: number): Promise<Uint8Array<ArrayBuffer>> {
    let bytes = this.#changed.get(offset);
    if (bytes === undefined) {
      bytes = await this.disk.source.read(offset, this.#clusterSize);
      this.#changed.set(offset, bytes);
    }
    return bytes;
  }

  finish(): Blob {
    const parts: BlobPart[] = [];
    let at = 0;
    for (const [offset, bytes] of [...this.#changed].sort(([a], [b]) => a - b)) {
      if (offset > at) parts.push(this.blob.slice(at, offset));
      if (offset > Math.max(at, this.blob.size))
        parts.push(new Uint8Array(offset - Math.max(at, this.blob.size)));
      parts.push(bytes);
      at = offset + bytes.length;
    }
    if (at < this.blob.size) parts.push(this.blob.slice(at));
    return new Blob(parts);
  }

  /** A larger level 1 table at the end of the file; the old one is given up. */
  async growL1(entries: bigint): Promise<void> {
    const { l1Size, l1TableOffset } = this.disk.header;
    if (entries <= BigInt(l1Size)) return;
    if (entries > BigInt(MAX_L1 / 8)) throw DiskError.withErrno('Failed to grow the L1 table', 'EFBIG');
    const old = await this.disk.l1();
    const clusters = Math.ceil((Number(entries) * 8) / this.#clusterSize);
    const first = this.#end;
    this.#end += clusters;
    const table = new Uint8Array(clusters * this.#clusterSize);
    table.set(new Uint8Array(old.buffer, old.byteOffset, old.byteLength));
    for (let i = 0; i < clusters; i++) {
      const at = (first + i) * this.#clusterSize;
      this.#changed.set(at, table.slice(i * this.#clusterSize, (i + 1) * this.#clusterSize));
      await this.#change(first + i, 1);
    }
    for (let at = 0; at < l1Size * 8; at += this.#clusterSize)
      await this.#change(Math.floor((Number(l1TableOffset) + at) / this.#clusterSize), -1);
    const header = viewOf(await this.at(0));
    header.setUint32(L1_SIZE_AT, Number(entries));
    header.setBigUint64(L1_OFFSET_AT, BigInt(first) * BigInt(this.#clusterSize));
  }

  /** Gives up every cluster from `size` on, and tables that speak of nothing else. */
  async discard(size: bigint): Promise<void> {
    const { clusterBits, extendedL2, l1Size, l1TableOffset } = this.disk.header;
    const step = extendedL2 ? 16 : 8;
    const perL2 = this.#clusterSize / step;
    const firstCluster = Number((size + BigInt(this.#clusterSize) - 1n) / BigInt(this.#clusterSize));
    const kept = Number(l1Entries(size, clusterBits, extendedL2));
    const l1 = await this.disk.l1();
    for (let index = Math.floor(firstCluster / perL2); index < l1Size; index++) {
      const l2 = Number(l1.getBigUint64(index * 8) & OFFSET);
      if (l2 === 0) continue;
      const table = viewOf(await this.at(l2));
      for (let i = Math.max(0, firstCluster - index * perL2); i < perL2; i++) {
        await this.#release(table.getBigUint64(i * step), clusterBits);
        for (let word = 0; word < step; word += 8) table.setBigUint64(i * step + word, 0n);
      }
      if (index < kept) continue;
      await this.#change(l2 / this.#clusterSize, -1);
      const entry = Number(l1TableOffset) + index * 8;
      const cluster = await this.at(Math.floor(entry / this.#clusterSize) * this.#clusterSize);
      viewOf(cluster).setBigUint64(entry % this.#clusterSize, 0n);
    }
  }

  async #release(entry: bigint, clusterBits: number): Promise<void> {
    if ((entry & COMPRESSED) !== 0n) {
      const { offset, size } = compressedEntry(entry, clusterBits);
      const last = Math.floor((offset + size - 1) / this.#clusterSize);
      for (let cluster = Math.floor(offset / this.#clusterSize); cluster <= last; cluster++)
        await this.#change(cluster, -1);
    } else if ((entry & OFFSET) !== 0n) {
      await this.#change(Number(entry & OFFSET) / this.#clusterSize, -1);
    }
  }

  /** Adds to the reference count of a cluster. */
  async #change(cluster: number, by: number): Promise<void> {
    const { refcountTableOffset, refcountTableClusters, refcountBits } = this.disk.header;
    const perBlock = (this.#clusterSize * 8) / refcountBits;
    const slot = Math.floor(cluster / perBlock) * 8;
    if (slot >= refcountTableClusters * this.#clusterSize)
      throw new DiskError('a larger reference count table is not in this sandbox', 'ENOTSUP');
    const at = Number(refcountTableOffset) + slot;
    const table = viewOf(await this.at(Math.floor(at / this.#clusterSize) * this.#clusterSize));
    let block = Number(table.getBigUint64(at % this.#clusterSize) & OFFSET);
    if (block === 0) {
      block = this.#end++ * this.#clusterSize;
      this.#changed.set(block, new Uint8Array(this.#clusterSize));
      table.setBigUint64(at % this.#clusterSize, BigInt(block));
      await this.#change(block / this.#clusterSize, 1);
    }
    const bytes = await this.at(block);
    const index = cluster % perBlock;
    const count = Number(refcountAt(viewOf(bytes), index, refcountBits)) + by;
    if (count < 0) throw new DiskError('refcounts are damaged', 'EINVAL');
    setRefcount(bytes, index, refcountBits, count);
  }
}
