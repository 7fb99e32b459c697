/** `qemu-img create`. Models `img_create` of `qemu-img.c` and `bdrv_img_create` of `block.c`. */
import { isHere, isKnown, openDisk } from '../../disk-image/block/open';
import { Qcow2Writer } from '../../disk-image/block/qcow2-writer';
import { DiskError, strerror, type Errno } from '../../disk-image/block/source';
import { beside } from '../../disk-image/block/vmdk-descriptor';
import { FileError } from '../program';
import { HELP_OPTION, OBJECT, QUIET, type Command, type CommandContext, type Options } from './command';
import {
  CREATE_OPTIONS,
  describeOptions,
  optionHelp,
  OptionError,
  OptionListError,
  parseOptions,
  type CreateOption,
  type OptionValues,
} from './create-options';
import { UsageError } from '../getopt';
import { parseSize } from './size';
import { checkPreallocation, CreateError, qcow2Shape, unsupportedOption } from './target';
import { zeros } from '../../disk-image/block/zeros';

const INT64_MAX = 0x7fff_ffff_ffff_ffffn;

/** Formats that QEMU makes images of and this program does not. */
const OTHER_TARGETS = ['luks', 'parallels', 'qcow', 'qed', 'vdi', 'vhdx', 'vmdk', 'vpc', 'file'];

export const create: Command = {
  name: 'create',
  summary: 'Makes a new image',
  usage: `[-f FMT] [-o FMT_OPTS] [-b BACKING_FILENAME [-F BACKING_FMT]]
        [--object OBJDEF] [-u] FILENAME [SIZE[bkKMGTPE]]`,
  operands: [
    { name: 'FILENAME', help: 'the new image; what is there is lost' },
    { name: 'SIZE', help: 'size of the disk; with -b, that of the image below unless given' },
  ],
  options: [
    HELP_OPTION,
    QUIET,
    OBJECT,
    { long: 'format', short: 'f', value: 'FMT', help: 'format of the new image (default raw)' },
    { long: 'options', short: 'o', value: 'FMT_OPTS', help: "options of the format; '-o help' lists them" },
    {
      long: 'backing',
      short: 'b',
      value: 'BACKING_FILENAME',
      help: 'the image below: what is not written yet is read there',
    },
    { long: 'backing-format', short: 'F', value: 'BACKING_FMT', help: 'format of the image below' },
    { long: 'backing-unsafe', short: 'u', help: 'does not look whether the image below is there' },
  ],
  async run(context, options, operands) {
    const format = options.last('format') ?? 'raw';
    const [filename, sizeText, ...others] = operands;
    if (options.all('options').some((text) => text === 'help' || text === '?')) {
      context.print(optionHelp(targetFormat(format, context.failure.bind(context))));
      return 0;
    }
    if (filename === undefined) throw new UsageError('Expecting image file name');
    const size = sizeText === undefined ? undefined : imageSize(sizeText, context);
    if (others.length > 0) throw new UsageError(`Unexpected argument: ${others[0]}`);
    context.refuseAbsent(options, create.options);
    const fail = (message: string) => context.failure(`${filename}: ${message}`);
    const specs = CREATE_OPTIONS[targetFormat(format, fail)];
    const values: OptionValues = new Map();
    try {
      await fillIn(values, specs, { format, filename, size, options }, context);
      if (!options.has('quiet'))
        context.print(`Formatting '${filename}', ${describeOptions(format, specs, values)}\n`);
      await createImage(filename, targetFormat(format, fail), values, context);
    } catch (error) {
      if (error instanceof OptionListError) throw context.failure(error.message);
      if (error instanceof OptionError || error instanceof CreateError || error instanceof DiskError)
        throw fail(error.message);
      throw error;
    }
    return 0;
  },
};

/** Throws for formats of which no images can be made, here or anywhere. */
export function targetFormat(format: string, fail: (message: string) => Error): 'raw' | 'qcow2' {
  if (format === 'raw' || format === 'qcow2') return format;
  if (!isKnown(format)) throw fail(`Unknown file format '${format}'`);
  if (!OTHER_TARGETS.includes(format))
    throw fail(`Format driver '${format}' does not support image creation`);
  throw fail(`writing ${format} is not in this sandbox: it makes raw and qcow2`);
}

/** A size as the command line gives it: `cvtnum`. */
export function imageSize(text: string, context: CommandContext, what = 'image size'): bigint {
  const size = parseSize(text);
  if (size === 'range' || (size !== 'invalid' && size > INT64_MAX))
    throw context.failure(`Invalid ${what} specified. Must be between 0 and ${INT64_MAX}.`);
  if (size === 'invalid') throw context.failure(`Invalid ${what} specified: '${text}'.`);
  return size;
}

interface Request {
  format: string;
  filename: string;
  size: bigint | undefined;
  options: Options;
}

/** All options together: those of `-o`, and those with an option of their own. */
async function fillIn(
  values: OptionValues,
  specs: readonly CreateOption[],
  { format, filename, size, options }: Request,
  context: CommandContext,
): Promise<void> {
  for (const text of options.all('options')) parseOptions(text, specs, values);
  if (size !== undefined) {
    if (values.has('size')) throw new OptionError('The image size must be specified only once');
    values.set('size', String(size));
  }
  const has = (name: string) => specs.some((spec) => spec.name === name);
  const backing = options.last('backing');
  if (backing !== undefined) {
    if (!has('backing_file')) throw new OptionError(`Backing file not supported for file format '${format}'`);
    values.set('backing_file', backing);
  }
  const backingFormat = options.last('backing-format');
  if (backingFormat !== undefined) {
    if (!has('backing_fmt'))
      throw new OptionError(`Backing file format not supported for file format '${format}'`);
    values.set('backing_fmt', backingFormat);
  }
  const file = values.get('backing_file');
  if (file === '') throw new OptionError('Expected backing file name, got empty string');
  if (file === filename)
    throw new OptionError('Error: Trying to create an image with the same filename as the backing file');
  if (file !== undefined && options.has('backing-unsafe') && !values.has('backing_fmt'))
    throw new OptionError('Backing file specified without backing format');
  if (file !== undefined && !options.has('backing-unsafe')) {
    const disk = await openBacking(beside(filename, file), values.get('backing_fmt'), context);
    if (!values.has('backing_fmt'))
      throw new OptionError(
        `Backing file specified without backing format\nDetected format of ${disk.format}.`,
      );
    if (!values.has('size')) values.set('size', String(disk.length));
  }
  if (!values.has('size')) throw new OptionError('Image creation needs a size parameter');
}

async function openBacking(path: string, format: string | undefined, context: CommandContext) {
  try {
    if (format !== undefined && !isHere(format) && isKnown(format))
      throw new DiskError(`format ${format} is not in this sandbox`, 'ENOTSUP');
    return await openDisk(path, { format, openFile: (name) => context.program.files.open(name) });
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    throw new OptionError(`${error.message}\nCould not open backing image.`);
  }
}

async function createImage(
  filename: string,
  format: 'raw' | 'qcow2',
  values: Readonly<OptionValues>,
  context: CommandContext,
): Promise<void> {
  const size = ((BigInt(values.get('size') ?? 0) + 511n) / 512n) * 512n;
  const preallocation = values.get('preallocation') ?? 'off';
  if (format === 'raw') {
    checkPreallocation(values);
    return writeImage(filename, () => [zeros(size)], context);
  }
  const unsupported = unsupportedOption(values);
  if (unsupported !== undefined) throw new CreateError(unsupported);
  const shape = qcow2Shape(values, size);
  const writer = new Qcow2Writer(shape);
  if (preallocation !== 'off') writer.preallocate();
  return writeImage(filename, () => writer.finish(), context);
}

/** Writes the file, or throws what QEMU says when it cannot. */
export async function writeImage(
  filename: string,
  makeParts: () => readonly (Uint8Array<ArrayBuffer> | Blob)[],
  { program }: Pick<CommandContext, 'program'>,
): Promise<void> {
  try {
    // here too: Node has no Blobs of more than 4 GiB
    await program.files.write(filename, new Blob([...makeParts()]));
  } catch (error) {
    const errno = filename === '' ? 'ENOENT' : errnoOf(error);
    throw new CreateError(`Could not create '${filename}': ${strerror(errno)}`);
  }
}

/** A file that does not fit into memory is a full disk. */
export function errnoOf(error: unknown): Errno {
  if (!(error instanceof FileError)) return 'ENOSPC';
  return error.code === 'EIO' ? 'ENOSPC' : error.code;
}
