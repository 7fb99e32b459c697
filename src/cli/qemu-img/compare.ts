/** `qemu-img compare`. Models `img_compare` of `qemu-img.c`. */
import { readAbove, statusAbove } from '../../disk-image/block/chain';
import type { Disk } from '../../disk-image/block/disk';
import { DiskError, isZero } from '../../disk-image/block/source';
import { HELP_OPTION, IMAGE_OPTS, OBJECT, QUIET, type Command, type CommandContext } from './command';
import { UsageError } from '../getopt';

const PIECE = 2 * 2 ** 20;
const TROUBLE = 2;

export const compare: Command = {
  name: 'compare',
  summary: 'Tells whether two images hold the same',
  usage: `[--image-opts | [-f FMT] [-F FMT]] [-s]
        [-T CACHE] [-U] [--object OBJDEF] FILENAME1 FILENAME2`,
  operands: [{ name: 'FILENAME1, FILENAME2', help: 'the images' }],
  options: [
    HELP_OPTION,
    QUIET,
    { long: 'progress', short: 'p', help: 'shows how far it is', absent: true },
    { long: 'a-format', short: 'f', value: 'FMT', help: 'format of the first image' },
    { long: 'b-format', short: 'F', value: 'FMT', help: 'format of the second image' },
    IMAGE_OPTS,
    { long: 'strict', short: 's', help: 'their sizes must be the same too' },
    { long: 'cache', short: 'T', value: 'CACHE', help: 'how images are cached; makes no difference here' },
    { long: 'force-share', short: 'U', help: 'opens images although somebody else writes to them' },
    OBJECT,
  ],
  async run(context, options, operands) {
    const [first, second, ...others] = operands;
    if (first === undefined || second === undefined || others.length > 0)
      throw new UsageError('Expecting two image file names');
    context.refuseAbsent(options, compare.options);
    const a = await context.open(first, { format: options.last('a-format') }, TROUBLE);
    const b = await context.open(second, { format: options.last('b-format') }, TROUBLE);
    const say = (text: string) => {
      if (!options.has('quiet')) context.print(text);
    };
    const sameSize = a.length === b.length;
    if (!sameSize && options.has('strict')) {
      say('Strict mode: Image size mismatch!\n');
      return 1;
    }
    if (!sameSize) say('Warning: Image size mismatch!\n');
    const at = await firstDifference(a, b, context);
    say(at === undefined ? 'Images are identical.\n' : `Content mismatch at offset ${at}!\n`);
    return at === undefined ? 0 : 1;
  },
};

async function firstDifference(a: Disk, b: Disk, context: CommandContext): Promise<number | undefined> {
  const end = Math.max(Number(a.length), Number(b.length));
  for (let at = 0; at < end;) {
    context.checkSignal();
    const [inA, inB] = [await statusOf(a, at), await statusOf(b, at)];
    const length = Math.min(inA.length, inB.length, end - at);
    if (inA.kind !== 'data' && inB.kind !== 'data') {
      at += length;
      continue;
    }
    const piece = Math.min(length, PIECE);
    const x = await reading(first(a), at, () => content(a, at, piece, inA.kind), context);
    const y = await reading(first(b), at, () => content(b, at, piece, inB.kind), context);
    const differs = difference(x, y);
    if (differs !== -1) return at + Math.floor(differs / 512) * 512;
    at += piece;
  }
  return undefined;
}

const first = (disk: Disk) => disk.filename;

async function statusOf(disk: Disk, at: number) {
  if (at >= disk.length) return { kind: 'zero' as const, length: Number.MAX_SAFE_INTEGER };
  const status = await statusAbove(disk, at);
  return { ...status, length: Math.min(status.length, Number(disk.length) - at) };
}

async function content(
  disk: Disk,
  at: number,
  length: number,
  kind: string,
): Promise<Uint8Array | undefined> {
  return kind === 'data' ? readAbove(disk, at, length) : undefined;
}

async function reading<T>(
  name: string,
  at: number,
  task: () => Promise<T>,
  context: CommandContext,
): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    throw context.failure(`Error while reading offset ${at} of ${name}: Input/output error`, 4);
  }
}

/** Undefined stands for zeros. */
function difference(a: Uint8Array | undefined, b: Uint8Array | undefined): number {
  const [one, other] = a === undefined ? [b, a] : [a, b];
  if (one === undefined) return -1;
  if (other === undefined) return isZero(one) ? -1 : one.findIndex((byte) => byte !== 0);
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return i;
  return -1;
}
