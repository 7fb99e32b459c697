/** QEMU's own format. Models `block/qcow2.c` and `block/qcow2-cluster.c`. */
import type { BlockStatus, Disk, DiskInfo, DriverContext, QObject } from './disk';
import { QCOW2_AUTOCLEAR, QCOW2_COMPATIBLE, QCOW2_INCOMPATIBLE } from '../formats/qcow2';
import { openQcow2Header, type Qcow2Facts } from './qcow2-header';
import { bitmapsInfo } from './qcow2-bitmaps';
import { openSnapshots } from './qcow2-snapshots';
import { DiskError, SECTOR, viewOf, type ByteSource } from './source';
import { beside } from './vmdk-descriptor';
import { decompressCluster } from './zlib';

/** Bytes of L2 tables that are kept. */
const L2_CACHE = 16 * 2 ** 20;

/** Subclusters in a cluster with extended L2 entries. */
const SUBCLUSTERS = 32;

/** What one cluster, or one of its subclusters, is. */
interface Cluster {
  kind: BlockStatus['kind'] | 'compressed';
  /** Where in the data file: of the byte asked for, or of the compressed data. */
  offset: number;
  /** Of the compressed data, in bytes at most. */
  size: number;
}

/** Throws {@link DiskError} for what QEMU does not open. */
export async function openQcow2(context: DriverContext): Promise<Qcow2Disk> {
  const { source, filename } = context;
  const header = await openQcow2Header(source, context);
  // who only asks what an image is does not make QEMU open the files that it names
  const elsewhere = header.dataFile !== undefined && !context.noIo;
  const data = elsewhere ? await context.openFile(beside(filename, header.dataFile ?? '')) : source;
  if (header.cryptMethod !== 0 && !context.noIo) throw new DiskError(needsSecret(header));
  const { snapshots } = context.check ? { snapshots: [] } : await openSnapshots(source, header);
  const info: DiskInfo = {
    clusterSize: header.clusterSize,
    encrypted: header.cryptMethod !== 0,
    dirty: (header.incompatible & QCOW2_INCOMPATIBLE.dirty) !== 0n,
    specific: {
      ...specificInfo(header),
      ...(header.bitmaps && { bitmaps: await bitmapsInfo(source, header.bitmaps) }),
    },
    snapshots,
    ...(header.backingFile !== undefined && header.backingFile !== '' && { backingFile: header.backingFile }),
    ...(header.backingFormat !== undefined && { backingFormat: header.backingFormat }),
  };
  const dataName = header.dataFile ?? filename;
  return new Qcow2Disk(filename, header, info, source, { source: data, name: dataName });
}

function needsSecret({ cryptMethod }: Qcow2Facts): string {
  return cryptMethod === 1
    ? "Parameter 'encrypt.key-secret' is required for cipher"
    : "Parameter 'encrypt.key-secret' is required for cipher";
}

function specificInfo(header: Qcow2Facts): Record<string, QObject> {
  const compression = header.compressionType === 1 ? 'zstd' : 'zlib';
  const encrypt = header.cryptMethod === 1 ? { encrypt: { format: 'aes' } } : {};
  if (header.version === 2)
    return {
      compat: '0.10',
      'compression-type': compression,
      'refcount-bits': header.refcountBits,
      ...encrypt,
    };
  return {
    compat: '1.1',
    'lazy-refcounts': (header.compatible & QCOW2_COMPATIBLE.lazyRefcounts) !== 0n,
    'refcount-bits': header.refcountBits,
    corrupt: (header.incompatible & QCOW2_INCOMPATIBLE.corrupt) !== 0n,
    'extended-l2': header.extendedL2,
    'compression-type': compression,
    ...(header.dataFile !== undefined && {
      'data-file': header.dataFile,
      'data-file-raw': (header.autoclear & QCOW2_AUTOCLEAR.rawExternal) !== 0n,
    }),
    ...encrypt,
  };
}

/** A qcow2 file, open for reading. */
export class Qcow2Disk implements Disk {
  readonly format = 'qcow2';
  readonly length: bigint;
  readonly files: Disk['files'];
  backing?: Disk;
  #l1: DataView | undefined;
  readonly #l2 = new Map<number, DataView>();

  constructor(
    readonly filename: string,
    readonly header: Qcow2Facts,
    readonly info: DiskInfo,
    readonly source: ByteSource,
    private readonly data: { source: ByteSource; name: string },
  ) {
    this.length = header.size - (header.size % BigInt(SECTOR));
    this.files = [
      ...(data.source === source ? [] : [{ child: 'data-file', filename: data.name, source: data.source }]),
      { child: 'file', filename, source },
    ];
  }

  async status(offset: number): Promise<BlockStatus> {
    const { clusterSize, extendedL2 } = this.header;
    const unit = extendedL2 ? clusterSize / SUBCLUSTERS : clusterSize;
    const tableSpan = clusterSize * this.#entriesPerL2();
    const table = await this.#l2Table(offset);
    if (table === undefined) return { kind: 'unallocated', length: await this.#emptySpan(offset, tableSpan) };
    const first = this.#cluster(table, offset);
    const tableEnd = (Math.floor(offset / tableSpan) + 1) * tableSpan;
    let end = (Math.floor(offset / unit) + 1) * unit;
    if (first.kind === 'compressed') {
      end = (Math.floor(offset / clusterSize) + 1) * clusterSize;
      return { kind: 'data', length: end - offset, compressed: true };
    }
    const start = first.offset + (offset % unit);
    for (; end < tableEnd; end += unit) {
      const next = this.#cluster(table, end);
      if (next.kind !== first.kind) break;
      if (next.kind === 'data' && next.offset !== start + (end - offset)) break;
    }
    const common = { kind: first.kind, length: end - offset };
    return first.kind === 'data' ? { ...common, offset: start, file: this.data.name } : common;
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const result = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const at = offset + done;
      const found = await this.status(at);
      const count = Math.min(found.length, length - done);
      if (found.compressed) {
        const cluster = await this.#decompress(at);
        const within = at % this.header.clusterSize;
        result.set(cluster.subarray(within, within + count), done);
      } else if (found.kind === 'data' && found.offset !== undefined) {
        result.set(await this.data.source.read(found.offset, count), done);
      }
      done += count;
    }
    return result;
  }

  #entriesPerL2(): number {
    return this.header.clusterSize / (this.header.extendedL2 ? 16 : 8);
  }

  /** Reads the L1 table when it is first needed: `qemu-img info` does without. */
  async l1(): Promise<DataView> {
    const { l1TableOffset, l1Size } = this.header;
    this.#l1 ??= viewOf(await this.source.read(l1TableOffset, l1Size * 8));
    return this.#l1;
  }

  /** How many bytes from `offset` on no L2 table speaks of. */
  async #emptySpan(offset: number, tableSpan: number): Promise<number> {
    const l1 = await this.l1();
    let index = Math.floor(offset / tableSpan) + 1;
    while (index < this.header.l1Size && entryOffset(l1, index * 8) === 0) index++;
    return index * tableSpan - offset;
  }

  async #l2Table(offset: number): Promise<DataView | undefined> {
    const { clusterSize, l1Size } = this.header;
    const index = Math.floor(offset / (clusterSize * this.#entriesPerL2()));
    if (index >= l1Size) return undefined;
    const at = entryOffset(await this.l1(), index * 8);
    if (at === 0) return undefined;
    if (at % clusterSize !== 0)
      throw this.#corrupt(`L2 table offset ${hex(at)} unaligned (L1 index: ${hex(index)})`);
    let table = this.#l2.get(at);
    if (table === undefined) {
      table = viewOf(await this.source.read(at, clusterSize));
      if ((this.#l2.size + 1) * clusterSize > L2_CACHE) {
        const [oldest] = this.#l2.keys();
        if (oldest !== undefined) this.#l2.delete(oldest);
      }
      this.#l2.set(at, table);
    }
    return table;
  }

  #cluster(table: DataView, offset: number): Cluster {
    const { clusterSize, clusterBits, extendedL2, version } = this.header;
    const index = Math.floor(offset / clusterSize) % this.#entriesPerL2();
    const at = index * (extendedL2 ? 16 : 8);
    const high = table.getUint32(at);
    if ((high & 0x4000_0000) !== 0) {
      const { offset: where, size } = compressedEntry(table.getBigUint64(at), clusterBits);
      return { kind: 'compressed', offset: where, size };
    }
    const where = entryOffset(table, at);
    const allocated = where !== 0 || (this.data.source !== this.source && (high & 0x8000_0000) !== 0);
    if (where % clusterSize !== 0)
      throw this.#corrupt(`Cluster allocation offset ${hex(where)} unaligned (L2 index: ${hex(index)})`);
    if (extendedL2) {
      const sub = Math.floor(offset / (clusterSize / SUBCLUSTERS)) % SUBCLUSTERS;
      const bit = 2 ** sub;
      const zero = (table.getUint32(at + 8) & bit) !== 0;
      const present = (table.getUint32(at + 12) & bit) !== 0;
      if (zero && present) throw this.#corrupt(`Invalid subcluster bitmap (L2 index: ${hex(index)})`);
      if (zero) return { kind: 'zero', offset: 0, size: 0 };
      if (!present || !allocated) return { kind: 'unallocated', offset: 0, size: 0 };
      return { kind: 'data', offset: where + sub * (clusterSize / SUBCLUSTERS), size: 0 };
    }
    if ((table.getUint32(at + 4) & 1) !== 0) {
      if (version < 3)
        throw this.#corrupt(`Zero cluster entry found in pre-v3 image (L2 index: ${hex(index)})`);
      return { kind: 'zero', offset: 0, size: 0 };
    }
    return { kind: allocated ? 'data' : 'unallocated', offset: where, size: 0 };
  }

  async #decompress(offset: number): Promise<Uint8Array<ArrayBuffer>> {
    const { clusterSize, compressionType } = this.header;
    if (compressionType !== 0)
      throw new DiskError('zstd-compressed clusters are not in this sandbox', 'ENOTSUP');
    const table = await this.#l2Table(offset);
    if (table === undefined) throw DiskError.withErrno('', 'EIO');
    const entry = this.#cluster(table, offset);
    const cluster = decompressCluster(await this.data.source.read(entry.offset, entry.size), clusterSize);
    if (cluster === undefined) throw DiskError.withErrno('', 'EIO');
    return cluster;
  }

  #corrupt(what: string): DiskError {
    return new DiskError(
      `qcow2: Image is corrupt: ${what}; further non-fatal corruption events will be suppressed`,
      'EIO',
    );
  }
}

/** Bits 9 to 55 of a table entry. Beyond 2^53 it is no longer exact, and no file has a byte there. */
export function entryOffset(table: DataView, at: number): number {
  return (table.getUint32(at) & 0x00ff_ffff) * 2 ** 32 + ((table.getUint32(at + 4) & 0xffff_fe00) >>> 0);
}

/** Where compressed data lie: the entry counts the sectors that they touch beyond the first. */
export function compressedEntry(entry: bigint, clusterBits: number): { offset: number; size: number } {
  const shift = BigInt(62 - (clusterBits - 8));
  const offset = Number(entry & ((1n << shift) - 1n));
  const sectors = Number((entry >> shift) & ((1n << BigInt(clusterBits - 8)) - 1n)) + 1;
  return { offset, size: sectors * SECTOR - (offset % SECTOR) };
}

export function hex(value: number): string {
  return value === 0 ? '0' : `0x${value.toString(16)}`;
}
