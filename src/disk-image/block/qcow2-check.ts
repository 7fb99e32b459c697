/** Counts who refers to each cluster of a qcow2 file. Models `qcow2_check_refcounts` of `block/qcow2-refcount.c`. */
import { QCOW2_INCOMPATIBLE } from '../formats/qcow2';
import { emptyResult, type CheckResult } from './check';
import { compressedEntry, type Qcow2Disk } from './qcow2';
import { openSnapshots } from './qcow2-snapshots';
import { viewOf } from './source';

const COPIED = 1n << 63n;
const COMPRESSED = 1n << 62n;
const OFFSET = 0x00ff_ffff_ffff_fe00n;
const L1_RESERVED = 0x7f00_0000_0000_01ffn;
const L2_RESERVED = 0x3f00_0000_0000_01fen;
const REFTABLE_RESERVED = 0x1ffn;

export async function checkQcow2(disk: Qcow2Disk, checkSignal: () => void): Promise<CheckResult> {
  const check = new Checker(disk, checkSignal);
  await check.run();
  return check.result;
}

class Checker {
  readonly result = emptyResult();
  readonly #header;
  readonly #clusterSize: number;
  readonly #fileSize: number;
  /** References found, by cluster. */
  #found: Uint32Array;
  #clusters: number;
  #refblock: { at: number; view: DataView } | undefined;
  #reftable: DataView = new DataView(new ArrayBuffer(0));

  constructor(
    private readonly disk: Qcow2Disk,
    private readonly checkSignal: () => void,
  ) {
    this.#header = disk.header;
    this.#clusterSize = disk.header.clusterSize;
    this.#fileSize = Math.ceil(disk.source.size / 512) * 512;
    this.#clusters = Math.ceil(this.#fileSize / this.#clusterSize);
    this.#found = new Uint32Array(this.#clusters + 1);
  }

  async run(): Promise<void> {
    const { size, clusterSize, l1Size, l1TableOffset, cryptoHeader, bitmaps } = this.#header;
    this.result.totalClusters = Number((size + BigInt(clusterSize) - 1n) / BigInt(clusterSize));
    this.#add(0n, BigInt(clusterSize));
    await this.#level1(l1TableOffset, l1Size, true);
    const { snapshots, length } = await openSnapshots(this.disk.source, this.#header);
    for (const snapshot of snapshots) await this.#level1(snapshot.l1TableOffset, snapshot.l1Size, false);
    this.#add(this.#header.snapshotsOffset, BigInt(length));
    if (cryptoHeader) this.#add(cryptoHeader.offset, cryptoHeader.length);
    if (bitmaps) await this.#bitmaps(bitmaps.directoryOffset, Number(bitmaps.directorySize));
    await this.#refblocks();
    await this.#compare();
    await this.#copiedFlags();
  }

  #error(message: string): void {
    this.result.corruptions++;
    this.result.messages.push(message);
  }

  /** Somebody refers to these bytes. */
  #add(offset: bigint, size: bigint): void {
    if (size <= 0n) return;
    if (offset + size - BigInt(this.#fileSize) > BigInt(this.#clusterSize)) {
      this.#error(
        `ERROR: counting reference for region exceeding the end of the file by one cluster or more: ` +
          `offset 0x${offset.toString(16)} size 0x${size.toString(16)}`,
      );
      return;
    }
    const first = Math.floor(Number(offset) / this.#clusterSize);
    const last = Math.floor(Number(offset + size - 1n) / this.#clusterSize);
    for (let cluster = first; cluster <= last; cluster++) {
      this.#clusters = Math.max(this.#clusters, cluster + 1);
      this.#found[cluster] = (this.#found[cluster] ?? 0) + 1;
    }
  }

  async #level1(offset: bigint, entries: number, active: boolean): Promise<void> {
    if (entries === 0) return;
    this.#add(offset, BigInt(entries) * 8n);
    const l1 = viewOf(await this.disk.source.read(offset, entries * 8));
    for (let i = 0; i < entries; i++) {
      const entry = l1.getBigUint64(i * 8);
      if (entry === 0n) continue;
      if ((entry & L1_RESERVED) !== 0n)
        this.#error(`ERROR found L1 entry with reserved bits set: ${entry.toString(16)}`);
      const l2 = entry & OFFSET;
      this.#add(l2, BigInt(this.#clusterSize));
      if (l2 % BigInt(this.#clusterSize) !== 0n) {
        this.#error(`ERROR l2_offset=${l2.toString(16)}: Table is not cluster aligned; L1 entry corrupted`);
        continue;
      }
      await this.#level2(l2, active);
    }
  }

  async #level2(at: bigint, active: boolean): Promise<void> {
    this.checkSignal();
    const { extendedL2, clusterBits, version } = this.#header;
    const table = viewOf(await this.disk.source.read(at, this.#clusterSize));
    const step = extendedL2 ? 16 : 8;
    let next = 0n;
    for (let i = 0; i < table.byteLength; i += step) {
      const entry = table.getBigUint64(i);
      const bitmap = extendedL2 ? table.getBigUint64(i + 8) : 0n;
      if ((entry & COMPRESSED) !== 0n) {
        this.#compressed(entry, clusterBits, active);
        continue;
      }
      if ((entry & L2_RESERVED) !== 0n && entry !== 0n)
        this.#error(`ERROR found l2 entry with reserved bits set: ${entry.toString(16)}`);
      const offset = entry & OFFSET;
      if (offset === 0n) {
        if ((bitmap & 0xffff_ffffn) !== 0n)
          this.#error('ERROR: Unallocated cluster has non-zero subcluster allocation map');
        continue;
      }
      if (((bitmap >> 32n) & bitmap) !== 0n)
        this.#error(
          `ERROR offset=${offset.toString(16)}: Allocated cluster has corrupted subcluster allocation bitmap`,
        );
      if (offset % BigInt(this.#clusterSize) !== 0n) {
        const zero = extendedL2 ? (bitmap & 0xffff_ffffn) === 0n : (entry & 1n) !== 0n && version > 2;
        const what = zero ? 'Preallocated' : 'Data';
        this.#error(
          `ERROR offset=${offset.toString(16)}: ${what} cluster is not properly aligned; L2 entry corrupted.`,
        );
      }
      if (active) {
        this.result.allocatedClusters++;
        if (next !== 0n && offset !== next) this.result.fragmentedClusters++;
        next = offset + BigInt(this.#clusterSize);
      }
      if ((this.#header.incompatible & QCOW2_INCOMPATIBLE.dataFile) === 0n)
        this.#add(offset, BigInt(this.#clusterSize));
    }
  }

  #compressed(entry: bigint, clusterBits: number, active: boolean): void {
    const { offset, size } = compressedEntry(entry, clusterBits);
    if ((entry & COPIED) !== 0n) {
      const cluster = Math.floor(offset / this.#clusterSize);
      this.#error(`ERROR: cluster ${cluster}: copied flag must never be set for compressed clusters`);
    }
    this.#add(BigInt(offset), BigInt(size));
    if (!active) return;
    this.result.allocatedClusters++;
    this.result.compressedClusters++;
    // compressed clusters are fragmented by nature
    this.result.fragmentedClusters++;
  }

  async #bitmaps(at: bigint, size: number): Promise<void> {
    this.#add(at, BigInt(size));
    const directory = viewOf(await this.disk.source.read(at, size));
    for (let entry = 0; entry + 24 <= size;) {
      const table = directory.getBigUint64(entry) & OFFSET;
      const count = Math.min(directory.getUint32(entry + 8), 2 ** 23);
      this.#add(table, BigInt(count) * 8n);
      const bits = viewOf(await this.disk.source.read(table, count * 8));
      for (let i = 0; i < count; i++) {
        const offset = bits.getBigUint64(i * 8) & OFFSET;
        if (offset !== 0n) this.#add(offset, BigInt(this.#clusterSize));
      }
      const length = 24 + directory.getUint16(entry + 18) + directory.getUint32(entry + 20);
      entry += Math.ceil(length / 8) * 8;
    }
  }

  async #refblocks(): Promise<void> {
    const { refcountTableOffset, refcountTableClusters } = this.#header;
    const size = refcountTableClusters * this.#clusterSize;
    this.#add(refcountTableOffset, BigInt(size));
    this.#reftable = viewOf(await this.disk.source.read(refcountTableOffset, size));
    for (let i = 0; i < size / 8; i++) {
      const entry = this.#reftable.getBigUint64(i * 8);
      if (entry === 0n) continue;
      const offset = entry & ~REFTABLE_RESERVED;
      const cluster = Number(offset / BigInt(this.#clusterSize));
      if ((entry & REFTABLE_RESERVED) !== 0n)
        this.#error(`ERROR refcount table entry ${i} has reserved bits set`);
      if (offset % BigInt(this.#clusterSize) !== 0n) {
        this.#error(`ERROR refcount block ${i} is not cluster aligned; refcount table entry corrupted`);
        continue;
      }
      if (cluster >= this.#clusters) {
        this.#error(`ERROR refcount block ${i} is outside image`);
        continue;
      }
      this.#add(offset, BigInt(this.#clusterSize));
      if (this.#found[cluster] !== 1)
        this.#error(`ERROR refcount block ${i} refcount=${this.#found[cluster]}`);
    }
  }

  /** What the file says and what was found. */
  async #compare(): Promise<void> {
    let highest = 0;
    for (let cluster = 0; cluster < this.#clusters; cluster++) {
      const stored = await this.#stored(cluster);
      const found = BigInt(this.#found[cluster] ?? 0);
      if (stored > 0n || found > 0n) highest = cluster;
      if (stored === found) continue;
      const wrong = stored < found;
      if (wrong) this.result.corruptions++;
      else this.result.leaks++;
      this.result.messages.push(
        `${wrong ? 'ERROR' : 'Leaked'} cluster ${cluster} refcount=${stored} reference=${found}`,
      );
    }
    this.result.imageEndOffset = (highest + 1) * this.#clusterSize;
  }

  /** The reference count that the file has for a cluster. */
  async #stored(cluster: number): Promise<bigint> {
    const { refcountBits } = this.#header;
    const perBlock = (this.#clusterSize * 8) / refcountBits;
    const index = Math.floor(cluster / perBlock);
    if (index * 8 >= this.#reftable.byteLength) return 0n;
    const offset = this.#reftable.getBigUint64(index * 8) & ~REFTABLE_RESERVED;
    if (offset === 0n || offset % BigInt(this.#clusterSize) !== 0n) return 0n;
    if (this.#refblock?.at !== Number(offset)) {
      const view = viewOf(await this.disk.source.read(offset, this.#clusterSize));
      this.#refblock = { at: Number(offset), view };
    }
    return refcountAt(this.#refblock.view, cluster % perBlock, refcountBits);
  }

  /** The flag that a cluster is referred to once must tell the truth. */
  async #copiedFlags(): Promise<void> {
    const l1 = await this.disk.l1();
    const { l1Size, extendedL2 } = this.#header;
    const step = extendedL2 ? 16 : 8;
    const hasDataFile = (this.#header.incompatible & QCOW2_INCOMPATIBLE.dataFile) !== 0n;
    for (let i = 0; i < l1Size; i++) {
      const entry = l1.getBigUint64(i * 8);
      const l2 = entry & OFFSET;
      if (l2 === 0n || l2 % BigInt(this.#clusterSize) !== 0n) continue;
      const refcount = await this.#stored(Number(l2 / BigInt(this.#clusterSize)));
      if ((refcount === 1n) !== ((entry & COPIED) !== 0n))
        this.#error(
          `ERROR OFLAG_COPIED L2 cluster: l1_index=${i} l1_entry=${entry.toString(16)} refcount=${refcount}`,
        );
      const table = viewOf(await this.disk.source.read(l2, this.#clusterSize));
      for (let at = 0; at < table.byteLength; at += step) {
        const data = table.getBigUint64(at);
        const offset = data & OFFSET;
        if ((data & COMPRESSED) !== 0n || offset === 0n || offset % BigInt(this.#clusterSize) !== 0n)
          continue;
        const count = hasDataFile ? 1n : await this.#stored(Number(offset / BigInt(this.#clusterSize)));
        if ((count === 1n) !== ((data & COPIED) !== 0n))
          this.#error(`ERROR OFLAG_COPIED data cluster: l2_entry=${data.toString(16)} refcount=${count}`);
      }
    }
  }
}

/** A count in a refcount block; those of less than a byte start at the lowest bit. */
export function refcountAt(block: DataView, index: number, bits: number): bigint {
  if (bits < 8) {
    const perByte = 8 / bits;
    const byte = block.getUint8(Math.floor(index / perByte));
    return BigInt((byte >> ((index % perByte) * bits)) & (2 ** bits - 1));
  }
  if (bits === 8) return BigInt(block.getUint8(index));
  if (bits === 16) return BigInt(block.getUint16(index * 2));
  if (bits === 32) return BigInt(block.getUint32(index * 4));
  return block.getBigUint64(index * 8);
}
