/** `qemu-img convert`. Models `img_convert` of `qemu-img.c`. */
import { Concatenation } from '../../disk-image/block/chain';
import { copyDisk, type Target } from '../../disk-image/block/copy';
import type { Disk } from '../../disk-image/block/disk';
import { Qcow2Writer } from '../../disk-image/block/qcow2-writer';
import { RawWriter } from '../../disk-image/block/raw-writer';
import { DiskError } from '../../disk-image/block/source';
import { compressCluster } from '../../disk-image/block/zlib';
import {
  HELP_OPTION,
  IMAGE_OPTS,
  OBJECT,
  QUIET,
  type Command,
  type CommandContext,
  type Options,
} from './command';
import {
  CREATE_OPTIONS,
  OptionError,
  optionHelp,
  OptionListError,
  parseOptions,
  type OptionValues,
} from './create-options';
import { targetFormat, writeImage } from './create';
import { UsageError } from '../getopt';
import { Progress } from './progress';
import { parseSize } from './size';
import { checkPreallocation, CreateError, qcow2Shape, unsupportedOption } from './target';

const MAX_SPARSE = 16 * 2 ** 20;

export const convert: Command = {
  name: 'convert',
  summary: 'Copies an image, and makes another format of it',
  usage: `[-f SRC_FMT|--image-opts] [-T SRC_CACHE] [--bitmaps [--skip-broken-bitmaps]]
        [-o TGT_OPTS|--target-image-opts] [-t TGT_CACHE] [-n]
        [-B BACKING_FILENAME [-F BACKING_FMT]]
        SRC_FILENAME [SRC_FILENAME2 [...]] TGT_FILENAME`,
  operands: [
    { name: 'SRC_FILENAME', help: 'the image to copy; several become one disk' },
    { name: 'TGT_FILENAME', help: 'the new image; what is there is lost' },
  ],
  options: [
    HELP_OPTION,
    QUIET,
    { long: 'progress', short: 'p', help: 'shows how far it is' },
    {
      long: 'source-format',
      short: 'f',
      value: 'SRC_FMT',
      help: 'format of the source; found out unless given',
    },
    IMAGE_OPTS,
    {
      long: 'source-snapshot',
      short: 'l',
      value: 'SNAPSHOT_PARAMS',
      help: 'copies a snapshot',
      absent: true,
    },
    {
      long: 'source-cache',
      short: 'T',
      value: 'SRC_CACHE',
      help: 'how the source is cached; makes no difference here',
    },
    { long: 'target-format', short: 'O', value: 'TGT_FMT', help: 'format of the target (default raw)' },
    { long: 'target-image-opts', help: 'TGT_FILENAME is a list of options of the block layer', absent: true },
    {
      long: 'target-options',
      short: 'o',
      value: 'TGT_OPTS',
      help: "options of the target's format; '-o help' lists them",
    },
    { long: 'compress', short: 'c', help: 'compresses the data (qcow2 only)' },
    {
      long: 'target-cache',
      short: 't',
      value: 'TGT_CACHE',
      help: 'how the target is cached; makes no difference here',
    },
    {
      long: 'backing',
      short: 'B',
      value: 'BACKING_FILENAME',
      help: 'writes only what differs from this image below',
    },
    { long: 'backing-format', short: 'F', value: 'BACKING_FMT', help: 'format of the image below' },
    { long: 'no-create', short: 'n', help: 'writes into an image that is there', absent: true },
    { long: 'target-is-zero', help: 'the image that is there holds zeros', absent: true },
    {
      long: 'sparse-size',
      short: 'S',
      value: 'SPARSE_SIZE',
      help: 'so many zeros become a hole (default 4k); 0 writes them all',
    },
    { long: 'bitmaps', help: 'copies bitmaps too', absent: true },
    { long: 'skip-broken-bitmaps', help: 'leaves out bitmaps that are damaged', absent: true },
    { long: 'force-share', short: 'U', help: 'opens images although somebody else writes to them' },
    {
      long: 'rate',
      short: 'r',
      value: 'RATE',
      help: 'reads and writes at most so much a second; no limit here',
    },
    {
      long: 'parallel',
      short: 'm',
      value: 'NUM_COROUTINES',
      help: 'how much is under way at once; makes no difference here',
    },
    { long: 'copy-range-offloading', short: 'C', help: 'lets the file system copy', absent: true },
    { long: 'salvage', help: 'goes on after errors', absent: true },
    { long: 'oob-writes', short: 'W', help: 'writes in any order; makes no difference here' },
    OBJECT,
  ],
  async run(context, options, operands) {
    const allocateAll = sparseSize(options, context) === 0;
    checkParallel(options, context);
    const format = options.last('target-format') ?? 'raw';
    if (options.all('target-options').some((text) => text === 'help' || text === '?')) {
      context.print(optionHelp(targetFormat(format, (message) => context.failure(message))));
      return 0;
    }
    const sources = operands.slice(0, -1);
    const filename = operands.at(-1);
    if (sources.length === 0 || filename === undefined)
      throw new UsageErrorWithoutHint('Must specify image file name');
    context.refuseAbsent(options, convert.options);
    const disks: Disk[] = [];
    for (const name of sources)
      disks.push(await context.open(name, { format: options.last('source-format') }));
    const source = new Concatenation(disks);
    const kind = targetFormat(format, (message) => context.failure(message));
    const values: OptionValues = new Map();
    try {
      for (const text of options.all('target-options')) parseOptions(text, CREATE_OPTIONS[kind], values);
    } catch (error) {
      if (error instanceof OptionError || error instanceof OptionListError)
        throw context.failure(error.message);
      throw error;
    }
    checkBacking(options, values, context);
    if (options.has('compress')) checkCompression(kind, values, context);
    const job: Job = { context, options, source, filename, kind, values, allocateAll };
    if (sources.includes(filename))
      throw creationFailure(
        job,
        `Failed to get "write" lock\nIs another process using the image [${filename}]?`,
      );
    await copy(job);
    return 0;
  },
};

/** Where the real program does not point to its help. */
class UsageErrorWithoutHint extends UsageError {
  override readonly hint = false;
}

interface Job {
  context: CommandContext;
  options: Options;
  source: Concatenation;
  filename: string;
  kind: 'raw' | 'qcow2';
  values: OptionValues;
  allocateAll: boolean;
}

function creationFailure({ context, filename, kind }: Job, message: string): Error {
  return context.failure(`${filename}: error while converting ${kind}: ${message}`);
}

function sparseSize(options: Options, context: CommandContext): number {
  let size = 4096;
  for (const text of options.all('sparse-size')) {
    const parsed = parseSize(text);
    const what = 'Invalid buffer size for sparse output specified';
    if (typeof parsed === 'string') throw context.failure(`${what}: '${text}'.`);
    if (parsed % 512n !== 0n || parsed > MAX_SPARSE)
      throw context.failure(
        `${what}. Valid sizes are multiples of 512 up to ${MAX_SPARSE}. Select 0 to disable sparse detection (fully allocates output).`,
      );
    size = Number(parsed);
  }
  return size;
}

function checkParallel(options: Options, context: CommandContext): void {
  for (const text of options.all('parallel')) {
    if (!/^\d+$/.test(text)) throw context.failure(`Invalid number of coroutines specified: '${text}'.`);
    if (Number(text) < 1 || Number(text) > 16)
      throw context.failure('Invalid number of coroutines specified. Must be between 1 and 16.');
  }
}

function checkBacking(options: Options, values: OptionValues, context: CommandContext): void {
  const backing = options.last('backing');
  const format = options.last('backing-format');
  if (backing !== undefined) values.set('backing_file', backing);
  if (format !== undefined) values.set('backing_fmt', format);
  if (values.has('backing_file') && !values.has('backing_fmt'))
    throw context.failure('Use of backing file requires explicit backing format');
}

function checkCompression(kind: 'raw' | 'qcow2', values: OptionValues, context: CommandContext): void {
  if (kind === 'raw') throw context.failure('Compression not supported for this file format');
  if ((values.get('preallocation') ?? 'off') !== 'off')
    throw context.failure('Compression and preallocation not supported at the same time');
}

async function copy(job: Job): Promise<void> {
  const { context, options, source, values } = job;
  const size = values.has('size') ? BigInt(values.get('size') ?? 0) : source.length;
  if (size < source.length) throw context.failure('Output file is smaller than input file');
  if (size > BigInt(Number.MAX_SAFE_INTEGER))
    throw creationFailure(job, 'disks of more than 8 PiB are not in this sandbox');
  const progress = new Progress(options.has('progress') && !options.has('quiet'));
  try {
    const { target, finish } = makeTarget(job, ((size + 511n) / 512n) * 512n);
    progress.print(0);
    await copyDisk(source, target, {
      allocateAll: job.allocateAll || preallocates(values),
      ownOnly: values.has('backing_file'),
      progress: (percent) => progress.print(percent),
      checkSignal: () => context.checkSignal(),
    });
    await writeImage(job.filename, finish, context);
    progress.print(100);
  } catch (error) {
    if (error instanceof CreateError) throw creationFailure(job, error.message);
    if (error instanceof DiskError) throw context.failure(error.message);
    throw error;
  } finally {
    context.print(progress.end());
  }
}

/** Every cluster has its place from the start. */
function preallocates(values: Readonly<OptionValues>): boolean {
  return (values.get('preallocation') ?? 'off') !== 'off';
}

interface Made {
  target: Target;
  finish(): readonly (Uint8Array<ArrayBuffer> | Blob)[];
}

function makeTarget({ kind, options, values }: Job, size: bigint): Made {
  if (kind === 'raw') {
    checkPreallocation(values);
    const writer = new RawWriter(size);
    return { target: writer, finish: () => writer.finish() };
  }
  const unsupported = unsupportedOption(values);
  if (unsupported !== undefined) throw new CreateError(unsupported);
  const shape = qcow2Shape(values, size);
  if (options.has('compress') && shape.compressionType === 'zstd')
    throw new CreateError('compressing with zstd is not in this sandbox');
  const writer = new Qcow2Writer(shape);
  const compress = options.has('compress');
  const { clusterSize } = writer;
  return {
    finish: () => writer.finish(),
    target: {
      clusterSize,
      write(offset, cluster) {
        const packed = compress ? compressCluster(whole(cluster, clusterSize)) : undefined;
        if (packed) writer.writeCompressed(offset, packed);
        else writer.write(offset, cluster);
      },
      ...(shape.backingFile !== undefined && {
        writeZeros(offset: number, length: number) {
          if (shape.version === 3) writer.writeZeros(offset, length);
          else
            for (let at = 0; at < length; at += clusterSize)
              writer.write(offset + at, new Uint8Array(clusterSize));
        },
      }),
    },
  };
}

/** The last cluster of a disk is compressed with the zeros that follow. */
function whole(cluster: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  if (cluster.length === size) return cluster;
  const padded = new Uint8Array(size);
  padded.set(cluster);
  return padded;
}
