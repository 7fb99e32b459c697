/** Finds out what a file is, and opens it. Models `bdrv_open` of QEMU's `block.c`. */
import { Bytes } from '../formats/bytes';
import { VDI_SIGNATURE } from '../formats/vdi';
import { VHD_COOKIE } from '../formats/vhd';
import { VHDX_SIGNATURE } from '../formats/vhdx';
import type { Disk, DriverContext, FormatName, OpenFile } from './disk';
import { openQcow2 } from './qcow2';
import { openRaw } from './raw';
import type { Sliceable } from '../reader';
import { BlobSource, DiskError, strerror, type ByteSource, type Errno } from './source';
import { openVdi } from './vdi';
import { openVhdx } from './vhdx';
import { openVmdk } from './vmdk';
import { beside } from './vmdk-descriptor';
import { openVpc } from './vpc';

const DRIVERS: Readonly<Record<FormatName, (context: DriverContext) => Disk | Promise<Disk>>> = {
  raw: openRaw,
  qcow2: openQcow2,
  vmdk: openVmdk,
  vdi: openVdi,
  vpc: openVpc,
  vhdx: openVhdx,
};

/** Formats and protocols that QEMU has and this has not. */
const NOT_HERE: readonly string[] = [
  'blkdebug',
  'blklogwrites',
  'blkverify',
  'bochs',
  'cloop',
  'compress',
  'copy-before-write',
  'copy-on-read',
  'dmg',
  'file',
  'ftp',
  'ftps',
  'gluster',
  'host_cdrom',
  'host_device',
  'http',
  'https',
  'io_uring',
  'iscsi',
  'iser',
  'luks',
  'nbd',
  'nfs',
  'null-aio',
  'null-co',
  'nvme',
  'nvme-io_uring',
  'parallels',
  'preallocate',
  'qcow',
  'qed',
  'quorum',
  'rbd',
  'replication',
  'snapshot-access',
  'ssh',
  'throttle',
  'virtio-blk-vfio-pci',
  'virtio-blk-vhost-user',
  'virtio-blk-vhost-vdpa',
  'vvfat',
];

/** How much of a file is looked at to tell its format: `BLOCK_PROBE_BUF_SIZE`. */
const PROBE_SIZE = 512;

/** Longer chains of backing files are taken for a circle. */
const MAX_CHAIN = 200;

export interface OpenOptions {
  openFile: OpenFile;
  /** The format; found out when it is not given. */
  format?: string | undefined;
  /** Whether to open the disks below as well. */
  backing?: boolean;
  check?: boolean;
  noIo?: boolean;
  report?(message: string): void;
}

/** The name of a file's format as QEMU would find it, here or not. Models `bdrv_probe_all`. */
export async function probe(source: ByteSource, filename: string): Promise<string> {
  const bytes = new Bytes(await source.read(0, source.size === 0 ? 0 : PROBE_SIZE));
  if (bytes.is(0, [0x51, 0x46, 0x49, 0xfb])) {
    const version = bytes.u32(4);
    if (bytes.length >= 48 && version === 1) return 'qcow';
    if (bytes.length >= 72 && version >= 2) return 'qcow2';
  }
  if (bytes.is(0, VHD_COOKIE)) return 'vpc';
  if (bytes.is(0, VHDX_SIGNATURE)) return 'vhdx';
  if (bytes.length >= 512 && bytes.u32le(0x40) === VDI_SIGNATURE) return 'vdi';
  if (isVmdk(bytes)) return 'vmdk';
  if (bytes.is(0, 'QED\0') && bytes.length >= 64) return 'qed';
  if ((bytes.is(0, 'WithoutFreeSpace') || bytes.is(0, 'WithouFreSpacExt')) && bytes.u32le(16) === 2)
    return 'parallels';
  if (bytes.is(0, 'LUKS\xba\xbe') && [1].includes(bytes.u16(6))) return 'luks';
  if (bytes.is(0, 'Bochs Virtual HD Image') && bytes.is(32, 'Redolog')) return 'bochs';
  if (bytes.is(0, '#!/bin/sh\n#V2.0 Format\n')) return 'cloop';
  if (filename.endsWith('.dmg')) return 'dmg';
  return 'raw';
}

/** A magic number, or a text whose first line that is no comment gives the version. */
function isVmdk(bytes: Bytes): boolean {
  if (bytes.is(0, 'KDMV') || bytes.is(0, 'COWD')) return bytes.length >= 4;
  const text = new TextDecoder('latin1').decode(bytes.data);
  const rest = text.replace(/^(?:#[^\n]*\n|[ ]*\r?\n)*/, '');
  return /^version=[123]\r?\n/.test(rest);
}

/**
 * Opens a disk, and the disks below it.
 *
 * @throws DiskError with the text that QEMU has after `Could not open 'FILE': `.
 */
export async function openDisk(filename: string, options: OpenOptions): Promise<Disk> {
  return open(filename, options, 0);
}

async function open(filename: string, options: OpenOptions, depth: number): Promise<Disk> {
  const { check = false, noIo = false, report = () => undefined } = options;
  if (options.format !== undefined && !isKnown(options.format))
    throw new DiskError(`Unknown driver '${options.format}'`);
  const openFile = async (name: string) => new BlobSource(await openBlob(name, options.openFile));
  const source = await openFile(filename);
  const format = options.format ?? (await probe(source, filename));
  const driver = isHere(format) ? DRIVERS[format] : undefined;
  if (driver === undefined) throw new DiskError(`format ${format} is not in this sandbox`, 'ENOTSUP');
  const context: DriverContext = { filename, source, openFile, report, check, noIo };
  const disk = await withFilename(filename, () => driver(context));
  const { backingFile, backingFormat } = disk.info;
  if (options.backing !== false && backingFile !== undefined) {
    if (depth > MAX_CHAIN) throw new DiskError('Too many backing files', 'ENOTSUP');
    try {
      const path = beside(filename, backingFile);
      disk.backing = await open(path, { ...options, format: backingFormat, check: false }, depth + 1);
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      throw new DiskError(`Could not open backing file: ${error.message}`, error.errno);
    }
  }
  return disk;
}

/** An error without words is told with the file's name and the errno. */
async function withFilename<T>(filename: string, task: () => T | Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof DiskError && (error.message === '' || error.message.startsWith(': ')))
      throw new DiskError(`Could not open '${filename}': ${strerror(error.errno)}`, error.errno);
    throw error;
  }
}

export function isHere(format: string): format is FormatName {
  return Object.hasOwn(DRIVERS, format);
}

/** Every format and protocol that QEMU's help names. */
export const FORMATS_OF_QEMU: readonly string[] = [...Object.keys(DRIVERS), ...NOT_HERE].sort();

/** Whether QEMU has a driver of this name. */
export function isKnown(format: string): boolean {
  return isHere(format) || NOT_HERE.includes(format);
}

const ERRNOS: readonly Errno[] = ['ENOENT', 'EACCES', 'ENOTDIR', 'EIO'];

async function openBlob(filename: string, openFile: OpenFile): Promise<Sliceable> {
  if (filename.split('/').some((name) => name.length > 255))
    throw new DiskError(`Could not open '${filename}': ${strerror('ENAMETOOLONG')}`, 'ENAMETOOLONG');
  if (filename === '') throw new DiskError("The 'file' block driver requires a file name");
  try {
    return await openFile(filename);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EISDIR') throw new DiskError(`'file' driver requires '${filename}' to be a regular file`);
    const errno = ERRNOS.find((each) => each === code) ?? 'EIO';
    throw new DiskError(`Could not open '${filename}': ${strerror(errno)}`, errno);
  }
}
