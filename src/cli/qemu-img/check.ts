/** `qemu-img check`. Models `img_check` of `qemu-img.c`. */
import { checkDisk, type CheckResult } from '../../disk-image/block/check';
import type { Disk, QObject } from '../../disk-image/block/disk';
import { DiskError } from '../../disk-image/block/source';
import { HELP_OPTION, IMAGE_OPTS, OBJECT, QUIET, type Command } from './command';
import { UsageError } from '../getopt';
import { prettyJson } from './qobject';

const NOT_SUPPORTED = 63;
const LEAKED = 3;
const CORRUPT = 2;

export const check: Command = {
  name: 'check',
  summary: 'Looks whether an image is sound inside',
  usage: `[-f FMT | --image-opts] [-T CACHE_MODE] [-r] [-u]
        [--output human|json] [--object OBJDEF] FILENAME`,
  operands: [{ name: 'FILENAME', help: 'the image' }],
  options: [
    HELP_OPTION,
    QUIET,
    { long: 'format', short: 'f', value: 'FMT', help: 'format of the image; found out unless given' },
    IMAGE_OPTS,
    {
      long: 'cache',
      short: 'T',
      value: 'CACHE_MODE',
      help: 'how the image is cached; makes no difference here',
    },
    { long: 'force-share', short: 'U', help: 'opens the image although somebody else writes to it' },
    { long: 'output', value: 'human|json', help: 'text for people (default) or JSON' },
    { long: 'repair', short: 'r', value: 'leaks|all', help: 'mends what is wrong', absent: true },
    OBJECT,
  ],
  async run(context, options, operands) {
    const wrong = options.all('repair').find((value) => value !== 'leaks' && value !== 'all');
    if (wrong !== undefined) throw new UsageError(`--repair (-r) expects 'leaks' or 'all' not '${wrong}'`);
    const json = context.outputFormat(options);
    const [filename, ...others] = operands;
    if (filename === undefined || others.length > 0) throw new UsageError('Expecting one image file name');
    context.refuseAbsent(options, check.options);
    const disk = await context.open(filename, { format: options.last('format'), check: true });
    let result: CheckResult | undefined;
    try {
      result = await checkDisk(disk, () => context.checkSignal());
    } catch (error) {
      if (error instanceof DiskError) throw context.failure(`Check failed: ${error.message}`);
      throw error;
    }
    if (result === undefined)
      throw context.failure('This image format does not support checks', NOT_SUPPORTED);
    context.stderr += result.messages.map((line) => `${line}\n`).join('');
    if (!options.has('quiet'))
      context.print(json ? `${prettyJson(asObject(disk, result))}\n` : human(result));
    if (result.corruptions > 0) return CORRUPT;
    return result.leaks > 0 ? LEAKED : 0;
  },
};

/** Models `dump_human_image_check`. */
function human(result: CheckResult): string {
  const { corruptions, leaks, totalClusters, allocatedClusters, imageEndOffset } = result;
  let text = '';
  if (corruptions === 0 && leaks === 0) text += 'No errors were found on the image.\n';
  if (corruptions > 0)
    text += `\n${corruptions} errors were found on the image.
Data may be corrupted, or further writes to the image may corrupt it.\n`;
  if (leaks > 0)
    text += `\n${leaks} leaked clusters were found on the image.
This means waste of disk space, but no harm to data.\n`;
  if (totalClusters !== 0 && allocatedClusters !== 0) {
    const percent = (part: number, whole: number) => ((part * 100) / whole).toFixed(2);
    text +=
      `${allocatedClusters}/${totalClusters} = ${percent(allocatedClusters, totalClusters)}% allocated, ` +
      `${percent(result.fragmentedClusters, allocatedClusters)}% fragmented, ` +
      `${percent(result.compressedClusters, allocatedClusters)}% compressed clusters\n`;
  }
  if (imageEndOffset !== 0) text += `Image end offset: ${imageEndOffset}\n`;
  return text;
}

/** Models `ImageCheck` of `qapi/block-core.json`: counts of zero are left out. */
function asObject(disk: Disk, result: CheckResult): QObject {
  const counts: Record<string, number> = {
    'image-end-offset': result.imageEndOffset,
    corruptions: result.corruptions,
    leaks: result.leaks,
    'total-clusters': result.totalClusters,
    'allocated-clusters': result.allocatedClusters,
    'fragmented-clusters': result.fragmentedClusters,
    'compressed-clusters': result.compressedClusters,
  };
  return {
    filename: disk.filename,
    format: disk.format,
    'check-errors': result.checkErrors,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
  };
}
