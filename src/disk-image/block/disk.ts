import type { Sliceable } from '../reader';
import type { ByteSource } from './source';

/** The formats whose disks this reads, under QEMU's names. */
export type FormatName = 'raw' | 'qcow2' | 'vmdk' | 'vdi' | 'vpc' | 'vhdx';

/** What a stretch of a disk is, as `BDRV_BLOCK_*` of QEMU's `include/block/block-common.h` tells it. */
export interface BlockStatus {
  /**
   * - `data`: bytes in this file;
   * - `zero`: this file says that there are zeros;
   * - `unallocated`: this file says nothing: the backing file's bytes, or zeros.
   */
  kind: 'data' | 'zero' | 'unallocated';
  /** Bytes from where was asked, all of one kind; at least one. */
  length: number;
  compressed?: boolean;
  /** Where in {@link BlockStatus.file} the bytes lie, if they lie there as they are. */
  offset?: number;
  /** Name of the file with the bytes. */
  file?: string;
}

/** A snapshot inside a qcow2 file. Models `QEMUSnapshotInfo` of `include/block/snapshot.h`. */
export interface Snapshot {
  id: string;
  name: string;
  /** Bytes of the stored memory of the machine. */
  vmStateSize: bigint;
  dateSeconds: number;
  dateNanoseconds: number;
  vmClockNanoseconds: bigint;
  /** Instruction count; -1 when there is none. */
  icount: bigint;
}

/** Values that QEMU's QAPI types have. */
export type QObject = string | number | bigint | boolean | QObject[] | { [key: string]: QObject };

/** A file below a disk. */
export interface DiskFile {
  /** The node's name below the disk, such as `file` or `extents.0`. */
  child: string;
  filename: string;
  source: ByteSource;
}

/** Facts about a disk that its header tells. Models `ImageInfo` and `BlockDriverInfo` of QEMU. */
export interface DiskInfo {
  clusterSize?: number;
  encrypted?: boolean;
  /** Whether it was not closed properly; undefined when the format cannot tell. */
  dirty?: boolean;
  backingFile?: string;
  backingFormat?: string;
  snapshots?: readonly Snapshot[];
  /** What only this format has: `ImageInfoSpecific` of `qapi/block-core.json`. */
  specific?: Readonly<Record<string, QObject>>;
}

/** A virtual disk that can be read. Models `BlockDriverState`. */
export interface Disk {
  readonly format: FormatName;
  readonly filename: string;
  /** Bytes of the virtual disk; a multiple of 512. */
  readonly length: bigint;
  readonly info: DiskInfo;
  readonly files: readonly DiskFile[];
  /** The disk below; undefined when there is none, or when it was not asked for. */
  backing?: Disk;
  /** What lies at `offset` in this disk, not in the one below. */
  status(offset: number): Promise<BlockStatus>;
  /** Bytes of this disk that {@link Disk.status} calls `data`. Throws {@link DiskError}. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Opens the file of this name. Throws an error with a `code` such as `ENOENT`. */
export type OpenFile = (filename: string) => Promise<Sliceable>;

/** What a driver opens a disk from. */
export interface DriverContext {
  filename: string;
  source: ByteSource;
  /** Opens a file beside this one. */
  openFile(filename: string): Promise<ByteSource>;
  /** Tells the user something, as QEMU's `error_report` and `warn_report` do; without the program's name. */
  report(message: string): void;
  /** `qemu-img check` opens disks that are too damaged for use. */
  check: boolean;
  /** Whether only the header is of interest: `BDRV_O_NO_IO`. */
  noIo: boolean;
}
