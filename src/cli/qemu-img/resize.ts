/** `qemu-img resize`. Models `img_resize` of `qemu-img.c`. */
import { Qcow2Disk } from '../../disk-image/block/qcow2';
import { resizeQcow2 } from '../../disk-image/block/qcow2-resize';
import { DiskError } from '../../disk-image/block/source';
import { zeros } from '../../disk-image/block/zeros';
import { HELP_OPTION, IMAGE_OPTS, OBJECT, QUIET, type Command, type CommandContext } from './command';
import { writeImage } from './create';
import { UsageError } from '../getopt';
import { parseSize } from './size';
import { CreateError } from './target';

const SHRINKING =
  "Shrinking an image will delete all data beyond the shrunken image's end. Before performing such an operation, make sure there is no important data there.";

const NO_SIZE = `Parameter 'size' expects a non-negative number below 2^64
Optional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-
and exabytes, respectively.`;

export const resize: Command = {
  name: 'resize',
  summary: 'Gives a disk another size',
  usage: `[-f FMT | --image-opts] [--preallocation PREALLOC] [--shrink]
        [--object OBJECTDEF] [-q] FILENAME [+-]SIZE[bkKMGTPE]`,
  operands: [
    { name: 'FILENAME', help: 'the image' },
    { name: '[+-]SIZE[bkKMGTPE]', help: 'the new size, or how much more or less' },
  ],
  lastIsOperand: true,
  options: [
    HELP_OPTION,
    QUIET,
    { long: 'format', short: 'f', value: 'FMT', help: 'format of the image; found out unless given' },
    IMAGE_OPTS,
    { long: 'shrink', help: 'allows a smaller size: what lies beyond is lost' },
    { long: 'preallocation', value: 'PREALLOC', help: 'how new space is set aside: only off here' },
    OBJECT,
  ],
  async run(context, options, operands) {
    const mode = options.last('preallocation') ?? 'off';
    if (!['off', 'metadata', 'falloc', 'full'].includes(mode))
      throw context.failure(`Invalid preallocation mode '${mode}'`);
    const [filename, sizeText, ...others] = operands;
    if (filename === undefined || sizeText === undefined)
      throw new UsageError('Expecting image file name and size');
    if (others.length > 0) throw new UsageError('Extra argument(s) in command line');
    context.refuseAbsent(options, resize.options);
    if (mode !== 'off') throw context.failure(`--preallocation=${mode}: not in this sandbox`);
    const sign = /^[+-]/.exec(sizeText)?.[0] ?? '';
    const amount = parseSize(sizeText.slice(sign.length));
    if (typeof amount === 'string' || sizeText.length === sign.length) throw context.failure(NO_SIZE);
    const format = options.last('format');
    const disk = await context.open(filename, { format });
    if (format === undefined && disk.format === 'raw') context.stderr += probedRaw(filename);
    const size = sign === '+' ? disk.length + amount : sign === '-' ? disk.length - amount : amount;
    if (size <= 0n) throw context.failure('New image size must be positive');
    const rounded = ((size + 511n) / 512n) * 512n;
    if (rounded < disk.length && !options.has('shrink')) {
      context.report('Use the --shrink option to perform a shrink operation.');
      throw context.failure(`warning: ${SHRINKING}`);
    }
    const blob = await context.program.files.open(filename);
    const resized = await withFailure(context, async () => {
      if (disk instanceof Qcow2Disk) return [await resizeQcow2(blob, disk, rounded)];
      if (disk.format !== 'raw') throw new DiskError('Image format driver does not support resize');
      const bytes = Number(size);
      return bytes <= blob.size ? [blob.slice(0, bytes)] : () => [blob, zeros(bytes - blob.size)];
    });
    await withFailure(context, () =>
      writeImage(filename, typeof resized === 'function' ? resized : () => resized, context),
    );
    if (!options.has('quiet')) context.print('Image resized.\n');
    return 0;
  },
};

async function withFailure<T>(context: CommandContext, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof DiskError || error instanceof CreateError) throw context.failure(error.message);
    throw error;
  }
}

/** What QEMU says when it writes to a file that only looked like a raw disk. */
function probedRaw(filename: string): string {
  return `WARNING: Image format was not specified for '${filename}' and probing guessed raw.
         Automatically detecting the format is dangerous for raw images, write operations on block 0 will be restricted.
         Specify the 'raw' format explicitly to remove the restrictions.
`;
}
