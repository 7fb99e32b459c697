/** VMware's format. Models QEMU's `block/vmdk.c`. */
import { Bytes } from '../formats/bytes';
import {
  readVmdkCowdHeader,
  readVmdkSparseHeader,
  VMDK_FLAGS,
  VMDK_GD_AT_END,
  type VmdkSparseHeader,
} from '../formats/vmdk';
import type { BlockStatus, Disk, DiskFile, DiskInfo, DriverContext, QObject } from './disk';
import { DiskError, SECTOR, sectorsOf, type ByteSource } from './source';
import {
  beside,
  contentId,
  extentLines,
  quotedValue,
  readDescriptor,
  readDescriptorStart,
} from './vmdk-descriptor';
import { FlatExtent, SparseExtent, type Extent } from './vmdk-extent';

const DESCRIPTOR_AT = 0x200;
const DEFLATE = 1;
const MARKER_END = 0;
const MARKER_FOOTER = 3;
const MAX_GRAIN = 0x200000n;
const MAX_DIRECTORY = 32 * 2 ** 20;

/** The kinds of disks that a descriptor in a file of its own may describe. */
const DESCRIPTOR_TYPES = [
  'monolithicFlat',
  'vmfs',
  'vmfsSparse',
  'seSparse',
  'twoGbMaxExtentSparse',
  'twoGbMaxExtentFlat',
];

/** Throws {@link DiskError} for what QEMU does not open. */
export async function openVmdk(context: DriverContext): Promise<VmdkDisk> {
  const { source, filename } = context;
  const builder = new Builder(context);
  const text = await readDescriptor(source, 0);
  const sparse = text.startsWith('KDMV') || text.startsWith('COWD');
  if (sparse) await builder.openSparse(source, filename, 'file');
  else await builder.openDescriptor(text);
  const start = await readDescriptorStart(source, sparse ? DESCRIPTOR_AT : 0);
  return builder.finish(start);
}

class Builder {
  readonly #extents: Extent[] = [];
  readonly #files: DiskFile[] = [];
  #createType: string | undefined;

  constructor(private readonly context: DriverContext) {}

  finish(descriptor: string): VmdkDisk {
    const parent = parentName(descriptor);
    const cid = contentId(descriptor, 'CID');
    const parentCid = contentId(descriptor, 'parentCID');
    if (cid === undefined || parentCid === undefined) throw new DiskError('', 'EINVAL');
    const { filename, source } = this.context;
    const extents = this.#extents;
    const [first] = extents;
    // QEMU 10 ends in an assertion here
    if (first === undefined) throw new DiskError('No extents found');
    const alike = extents.every(
      ({ clusterSize, compressed, flat }) =>
        flat === first.flat && compressed === first.compressed && (flat || clusterSize === first.clusterSize),
    );
    const info: DiskInfo = {
      ...(alike && { dirty: false }),
      ...(alike && !first.flat && { clusterSize: first.clusterSize }),
      ...(parent !== undefined && { backingFile: parent, backingFormat: 'vmdk' }),
      specific: {
        'create-type': this.#createType ?? '',
        cid,
        'parent-cid': parentCid,
        extents: extents.map(extentInfo),
      },
    };
    return new VmdkDisk(filename, info, extents, [
      // QEMU tells the newest child first
      ...this.#files.reverse(),
      { child: 'file', filename, source },
    ]);
  }

  async openDescriptor(text: string): Promise<void> {
    const type = quotedValue(text, 'createType', 128);
    if (type === undefined) throw new DiskError('invalid VMDK image descriptor');
    if (!DESCRIPTOR_TYPES.includes(type)) throw new DiskError(`Unsupported image type '${type}'`, 'ENOTSUP');
    this.#createType = type;
    for (const line of extentLines(text)) {
      const child = `extents.${this.#extents.length}`;
      const path = beside(this.context.filename, line.filename);
      const source = await this.context.openFile(path);
      if (line.type === 'FLAT' || line.type === 'VMFS') {
        this.#extents.push(new FlatExtent(path, line.type, source, line.sectors, line.offset));
      } else if (line.type === 'SESPARSE') {
        throw new DiskError('seSparse extents are not in this sandbox', 'ENOTSUP');
      } else {
        await this.openSparse(source, path, child);
        const opened = this.#extents.at(-1);
        if (opened !== undefined) opened.type = line.type;
      }
      this.#files.push({ child, filename: path, source });
    }
  }

  async openSparse(source: ByteSource, filename: string, child: string): Promise<void> {
    const text = await readDescriptor(source, 0);
    if (text.startsWith('KDMV')) return this.#openKdmv(source, filename, child);
    if (!text.startsWith('COWD')) throw new DiskError('Image not in VMDK format');
    const bytes = new Bytes(await source.read(0, SECTOR));
    const header = readVmdkCowdHeader(bytes);
    if (header === undefined) throw new DiskError('Image not in VMDK format');
    checkSizes(BigInt(header.grainSize), bytes.u32le(24));
    this.#extents.push(
      new SparseExtent(filename, source, {
        sectors: header.capacity,
        directory: header.grainDirectory * SECTOR,
        directoryEntries: bytes.u32le(24),
        tableEntries: 4096,
        grainSectors: header.grainSize,
        compressed: false,
        markers: false,
        zeroGrains: false,
      }),
    );
  }

  async #openKdmv(source: ByteSource, filename: string, child: string): Promise<void> {
    const head = readVmdkSparseHeader(new Bytes(await source.read(0, SECTOR)));
    if (head === undefined) throw new DiskError('Image not in VMDK format');
    if (head.capacity === 0n && head.descriptorOffset !== 0n) {
      const at = BigInt.asIntN(64, head.descriptorOffset * BigInt(SECTOR));
      if (at < 0n) throw new DiskError('Could not read from file: Input/output error', 'EIO');
      return this.openDescriptor(await readDescriptor(source, Number(at)));
    }
    this.#createType ??= 'monolithicSparse';
    const header = head.grainDirectory === VMDK_GD_AT_END ? await footer(source, this.context) : head;
    const compressed = header.compressAlgorithm === DEFLATE;
    checkHeader(header, source);
    const entrySectors = BigInt.asUintN(32, BigInt(header.grainTableEntries) * header.grainSize);
    const entries = Number(
      BigInt.asUintN(32, BigInt.asUintN(64, header.capacity + entrySectors - 1n) / entrySectors),
    );
    checkSizes(header.grainSize, entries);
    const directory = BigInt.asIntN(64, header.grainDirectory * BigInt(SECTOR));
    if (directory < 0n)
      throw new DiskError(`Could not read l1 table from extent '${filename}': Input/output error`, 'EIO');
    if (compressed) this.#createType = 'streamOptimized';
    this.#extents.push(
      new SparseExtent(filename, source, {
        sectors: Number(header.capacity),
        directory: Number(directory),
        directoryEntries: entries,
        tableEntries: header.grainTableEntries,
        grainSectors: Number(header.grainSize),
        compressed,
        markers: (header.flags & VMDK_FLAGS.markers) !== 0,
        zeroGrains: (header.flags & VMDK_FLAGS.zeroGrain) !== 0,
      }),
    );
    void child;
  }
}

function checkHeader(header: VmdkSparseHeader, source: ByteSource): void {
  if (header.version > 3) throw new DiskError(`Unsupported VMDK version ${header.version}`, 'ENOTSUP');
  if (header.grainTableEntries > 512) throw new DiskError('L2 table size too big');
  if (BigInt.asUintN(32, BigInt(header.grainTableEntries) * header.grainSize) === 0n)
    throw new DiskError('L1 entry size is invalid');
  if (BigInt(sectorsOf(source)) < BigInt.asIntN(64, header.overhead))
    throw new DiskError(
      `File truncated, expecting at least ${BigInt.asIntN(64, header.overhead * BigInt(SECTOR))} bytes`,
    );
}

function checkSizes(grainSectors: bigint, directoryEntries: number): void {
  if (grainSectors > MAX_GRAIN) throw new DiskError('Invalid granularity, image may be corrupt', 'EFBIG');
  if (directoryEntries > MAX_DIRECTORY) throw new DiskError('L1 size too big', 'EFBIG');
}

/** A stream-optimized disk has its real header near the end: it was not known at the start. */
async function footer(source: ByteSource, { source: main }: DriverContext): Promise<VmdkSparseHeader> {
  const at = sectorsOf(main) * SECTOR - 3 * SECTOR;
  if (at < 0) throw new DiskError('Failed to read footer: Input/output error', 'EIO');
  const bytes = new Bytes(await source.read(at, 3 * SECTOR));
  const marker = bytes.slice(0, SECTOR);
  const end = bytes.slice(2 * SECTOR, SECTOR);
  const header = readVmdkSparseHeader(bytes.slice(SECTOR, SECTOR));
  const fine =
    marker.u32le(8) === 0 &&
    marker.u32le(12) === MARKER_FOOTER &&
    end.u64le(0) === 0n &&
    end.u32le(8) === 0 &&
    end.u32le(12) === MARKER_END;
  if (header === undefined || !fine) throw new DiskError('Invalid footer');
  return header;
}

function parentName(descriptor: string): string | undefined {
  const at = descriptor.indexOf('parentFileNameHint');
  if (at === -1) return undefined;
  const start = at + 'parentFileNameHint'.length + 2;
  const end = descriptor.indexOf('"', start);
  if (end === -1 || end - start > 1023) throw new DiskError('', 'EINVAL');
  return descriptor.slice(start, end);
}

function extentInfo(extent: Extent): QObject {
  return {
    filename: extent.filename,
    format: extent.type,
    'virtual-size': extent.sectors * SECTOR,
    ...(extent.compressed && { compressed: true }),
    ...(!extent.flat && { 'cluster-size': extent.clusterSize }),
  };
}

/** A VMDK disk, open for reading. */
export class VmdkDisk implements Disk {
  readonly format = 'vmdk';
  readonly length: bigint;

  constructor(
    readonly filename: string,
    readonly info: DiskInfo,
    private readonly extents: readonly Extent[],
    readonly files: readonly DiskFile[],
  ) {
    this.length = extents.reduce((sum, { sectors }) => sum + BigInt(sectors) * BigInt(SECTOR), 0n);
  }

  async status(offset: number): Promise<BlockStatus> {
    const { extent, within } = this.#extentAt(offset);
    const status = await extent.status(within);
    return { ...status, length: Math.min(status.length, extent.sectors * SECTOR - within) };
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const result = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const { extent, within } = this.#extentAt(offset + done);
      const count = Math.min(length - done, extent.sectors * SECTOR - within);
      result.set(await extent.read(within, count), done);
      done += count;
    }
    return result;
  }

  #extentAt(offset: number): { extent: Extent; within: number } {
    let within = offset;
    for (const extent of this.extents) {
      if (within < extent.sectors * SECTOR) return { extent, within };
      within -= extent.sectors * SECTOR;
    }
    throw DiskError.withErrno('', 'EIO');
  }
}
