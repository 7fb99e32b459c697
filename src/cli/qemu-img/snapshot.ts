/** `qemu-img snapshot`, as far as it lists. Models `img_snapshot` of `qemu-img.c`. */
import { HELP_OPTION, IMAGE_OPTS, OBJECT, QUIET, type Command } from './command';
import { UsageError } from '../getopt';
import { dateOf, snapshotTable } from './info';

export const snapshot: Command = {
  name: 'snapshot',
  summary: 'Lists the snapshots in an image',
  usage: `[-f FMT | --image-opts] [-l | -a|-c|-d SNAPSHOT]
        [-U] [--object OBJDEF] FILENAME`,
  operands: [{ name: 'FILENAME', help: 'the image' }],
  options: [
    HELP_OPTION,
    QUIET,
    { long: 'format', short: 'f', value: 'FMT', help: 'format of the image; found out unless given' },
    IMAGE_OPTS,
    { long: 'force-share', short: 'U', help: 'opens the image although somebody else writes to it' },
    OBJECT,
    { long: 'list', short: 'l', help: 'lists snapshots (default)' },
    { long: 'create', short: 'c', value: 'SNAPSHOT', help: 'makes a snapshot', absent: true },
    { long: 'apply', short: 'a', value: 'SNAPSHOT', help: 'goes back to a snapshot', absent: true },
    { long: 'delete', short: 'd', value: 'SNAPSHOT', help: 'deletes a snapshot', absent: true },
  ],
  async run(context, options, operands) {
    const [filename, ...others] = operands;
    if (filename === undefined || others.length > 0) throw new UsageError('Expecting one image file name');
    context.refuseAbsent(options, snapshot.options);
    const disk = await context.open(filename, { format: options.last('format') });
    const { snapshots = [] } = disk.info;
    if (snapshots.length > 0) context.print(`Snapshot list:\n${snapshotTable(snapshots, dateOf)}`);
    return 0;
  },
};
