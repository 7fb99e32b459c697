/** `qemu-img info`. Models `img_info` of `qemu-img.c` and `bdrv_image_info_dump` of `block/qapi.c`. */
import type { Disk, DiskFile, QObject, Snapshot } from '../../disk-image/block/disk';
import { isHere } from '../../disk-image/block/open';
import { SECTOR, sectorsOf, type ByteSource } from '../../disk-image/block/source';
import { beside } from '../../disk-image/block/vmdk-descriptor';
import { HELP_OPTION, IMAGE_OPTS, OBJECT, type Command, type CommandContext } from './command';
import { UsageError } from '../getopt';
import { dumpDict, prettyJson } from './qobject';
import { sizeToString } from './size';

/** What a file takes on a disk whose blocks have this size. */
const FILE_SYSTEM_BLOCK = 4096;

export const info: Command = {
  name: 'info',
  summary: 'Tells what an image is',
  usage: `[-f FMT | --image-opts] [-b] [-U] [--object OBJDEF]
        [--output human|json] FILENAME`,
  operands: [{ name: 'FILENAME', help: 'the image' }],
  options: [
    HELP_OPTION,
    { long: 'format', short: 'f', value: 'FMT', help: 'format of the image; found out unless given' },
    IMAGE_OPTS,
    { long: 'backing-chain', short: 'b', help: 'tells about the images below as well' },
    { long: 'force-share', short: 'U', help: 'opens the image although somebody else writes to it' },
    OBJECT,
    { long: 'output', value: 'human|json', help: 'text for people (default) or JSON' },
  ],
  async run(context, options, operands) {
    const json = context.outputFormat(options);
    const [filename, ...others] = operands;
    if (filename === undefined || others.length > 0) throw new UsageError('Expecting one image file name');
    context.refuseAbsent(options, info.options);
    const disks = await chain(context, filename, options.last('format'), options.has('backing-chain'));
    const dates = (snapshot: Snapshot) => dateOf(snapshot);
    if (!json) context.print(disks.map((disk) => human(disk, dates)).join('\n'));
    else if (options.has('backing-chain')) context.print(`${prettyJson(disks.map(asObject))}\n`);
    else context.print(disks.map((disk) => `${prettyJson(asObject(disk))}\n`).join(''));
    return 0;
  },
};

/** The disk, and with `--backing-chain` those below it, each opened by itself. */
async function chain(
  context: CommandContext,
  first: string,
  format: string | undefined,
  follow: boolean,
): Promise<Disk[]> {
  const disks: Disk[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = first, as = format; next !== undefined;) {
    if (seen.has(next)) throw context.failure(`Backing file '${next}' creates an infinite loop.`);
    seen.add(next);
    const disk: Disk = await context.open(next, { format: as, backing: false, noIo: true });
    disks.push(disk);
    if (!follow || disk.info.backingFile === undefined) break;
    next = beside(next, disk.info.backingFile);
    as = disk.info.backingFormat;
    if (as !== undefined && !isHere(as)) as = undefined;
  }
  return disks;
}

/** Bytes of the file in whole sectors: QEMU's block layer knows no others. */
function fileLength(source: ByteSource): number {
  return sectorsOf(source) * SECTOR;
}

/**
 * What the file takes on the disk. A browser's files and those of this shell have no holes, so this is their length in
 * blocks of 4 KiB; on a real machine it is less for a file with holes.
 */
export function allocatedSize(source: ByteSource): number {
  return Math.ceil(source.size / FILE_SYSTEM_BLOCK) * FILE_SYSTEM_BLOCK;
}

function diskSize(disk: Disk): number {
  return disk.files.reduce((sum, { source }) => sum + allocatedSize(source), 0);
}

function human(disk: Disk, date: (snapshot: Snapshot) => string): string {
  const { clusterSize, encrypted, dirty, backingFile, backingFormat, snapshots = [], specific } = disk.info;
  let text = `image: ${disk.filename}
file format: ${disk.format}
virtual size: ${sizeToString(disk.length)} (${disk.length} bytes)
disk size: ${sizeToString(diskSize(disk))}
`;
  if (encrypted) text += 'encrypted: yes\n';
  if (clusterSize !== undefined) text += `cluster_size: ${clusterSize}\n`;
  if (dirty) text += 'cleanly shut down: no\n';
  if (backingFile !== undefined) {
    const path = beside(disk.filename, backingFile);
    text += `backing file: ${backingFile}${path === backingFile ? '' : ` (actual path: ${path})`}\n`;
    if (backingFormat !== undefined) text += `backing file format: ${backingFormat}\n`;
  }
  if (snapshots.length > 0) text += `Snapshot list:\n${snapshotTable(snapshots, date)}`;
  if (specific !== undefined && Object.keys(specific).length > 0)
    text += `Format specific information:\n${dumpDict(specific, 1)}`;
  return text + disk.files.map(humanFile).join('');
}

function humanFile({ child, filename, source }: DiskFile): string {
  const length = fileLength(source);
  return `Child node '/${child}':
    filename: ${filename}
    protocol type: file
    file length: ${sizeToString(length)} (${length} bytes)
    disk size: ${sizeToString(allocatedSize(source))}
`;
}

/** Models `bdrv_snapshot_dump`. */
export function snapshotTable(snapshots: readonly Snapshot[], date: (snapshot: Snapshot) => string): string {
  const row = (id: string, tag: string, size: string, when: string, clock: string, icount: string) =>
    `${id.padEnd(7)} ${tag.padEnd(16)} ${size.padStart(8)} ${when.padStart(19)} ${clock.padStart(15)} ${icount.padStart(10)}\n`;
  return (
    row('ID', 'TAG', 'VM_SIZE', 'DATE', 'VM_CLOCK', 'ICOUNT') +
    snapshots
      .map((snapshot) =>
        row(
          snapshot.id,
          snapshot.name,
          sizeToString(snapshot.vmStateSize),
          date(snapshot),
          clockOf(snapshot),
          snapshot.icount === -1n ? '--' : String(snapshot.icount),
        ),
      )
      .join('')
  );
}

/** The sandbox's time zone is UTC. */
export function dateOf({ dateSeconds }: Snapshot): string {
  return new Date(dateSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function clockOf({ vmClockNanoseconds }: Snapshot): string {
  const two = (value: bigint) => String(value).padStart(2, '0');
  const seconds = vmClockNanoseconds / 1_000_000_000n;
  const milliseconds = String((vmClockNanoseconds / 1_000_000n) % 1000n).padStart(3, '0');
  const hours = String(seconds / 3600n).padStart(4, '0');
  return `${hours}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}.${milliseconds}`;
}

/** Models `ImageInfo` of `qapi/block-core.json`. */
function asObject(disk: Disk): QObject {
  const { clusterSize, encrypted, dirty, backingFile, backingFormat, snapshots = [], specific } = disk.info;
  return {
    filename: disk.filename,
    format: disk.format,
    ...(dirty !== undefined && { 'dirty-flag': dirty }),
    'actual-size': diskSize(disk),
    'virtual-size': disk.length,
    ...(clusterSize !== undefined && { 'cluster-size': clusterSize }),
    ...(encrypted && { encrypted }),
    ...(backingFile !== undefined && {
      'backing-filename': backingFile,
      'full-backing-filename': beside(disk.filename, backingFile),
      ...(backingFormat !== undefined && { 'backing-filename-format': backingFormat }),
    }),
    ...(snapshots.length > 0 && { snapshots: snapshots.map(snapshotObject) }),
    ...(specific && { 'format-specific': { type: disk.format, data: { ...specific } } }),
    children: disk.files.map(({ child, filename, source }) => ({
      name: child,
      info: {
        filename,
        format: 'file',
        'dirty-flag': false,
        'actual-size': allocatedSize(source),
        'virtual-size': fileLength(source),
        'format-specific': { type: 'file', data: {} },
        children: [],
      },
    })),
  };
}

function snapshotObject(snapshot: Snapshot): QObject {
  const { id, name, vmStateSize, dateSeconds, dateNanoseconds, vmClockNanoseconds, icount } = snapshot;
  return {
    id,
    name,
    'vm-state-size': vmStateSize,
    'date-sec': dateSeconds,
    'date-nsec': dateNanoseconds,
    'vm-clock-sec': vmClockNanoseconds / 1_000_000_000n,
    'vm-clock-nsec': vmClockNanoseconds % 1_000_000_000n,
    ...(icount !== -1n && { icount }),
  };
}
