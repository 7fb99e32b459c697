/** Commands of openstackclient/compute/v2/server.py that do something to servers and print nothing. */
import type { PlainServerAction } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import type { PlainCommand } from '../command';
import { compute, image, need, needFor } from './client';
import { arg, flag, opt, pair, server, servers, wait } from './options';
import { showProgress, waitForStatus } from './wait';

const upstream = 'openstackclient.compute.v2.server';

/** A command that does one action to each of several servers. */
function each(name: string, model: string, action: PlainServerAction, description: string): PlainCommand {
  const everywhere = action === 'os-start' || action === 'os-stop';
  return {
    name: `server ${name}`,
    upstream: `${upstream}.${model}`,
    kind: 'command',
    description,
    arguments: [servers('Servers (name or ID)'), ...(everywhere ? [allProjects] : [])],
    async run(app, args) {
      const client = compute(app);
      for (const one of args.list('server')) {
        const options = everywhere ? { details: false, allProjects: args.flag('all_projects') } : {};
        const { id } = await client.findServer(one, { ignoreMissing: false, ...options });
        await client.serverAction(id, action);
      }
    },
  };
}

const allProjects = flag(
  'all-projects',
  'Look for the servers in all projects; administrators may ask for this',
  {
    default: false,
  },
);

/** A command that does one action to one server. */
function once(
  name: string,
  model: string,
  action: PlainServerAction,
  description: string,
  warning?: string,
): PlainCommand {
  return {
    name: `server ${name}`,
    upstream: `${upstream}.${model}`,
    kind: 'command',
    description,
    arguments: [server()],
    async run(app, args) {
      if (warning !== undefined) app.log('warning', warning);
      const client = compute(app);
      const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
      await client.serverAction(id, action);
    },
  };
}

const instead = (old: string, now: string): string =>
  `The 'server migrate ${old}' command has been deprecated in favour of the 'server migration ${now}' command.`;

const start = each('start', 'StartServer', 'os-start', 'Switch servers on');
const stop = each('stop', 'StopServer', 'os-stop', 'Switch servers off');
const pause = each('pause', 'PauseServer', 'pause', 'Halt servers; they stay in memory');
const unpause = each('unpause', 'UnpauseServer', 'unpause', 'Let halted servers go on');
const suspend = each(
  'suspend',
  'SuspendServer',
  'suspend',
  'Write the memory of servers to disk and halt them',
);
const resume = each('resume', 'ResumeServer', 'resume', 'Let suspended servers go on');
const unlock = each('unlock', 'UnlockServer', 'unlock', 'Take the lock off servers');
const restore = each('restore', 'RestoreServer', 'restore', 'Bring back servers that are soft-deleted');
const unrescue = once(
  'unrescue',
  'UnrescueServer',
  'unrescue',
  'Boot a rescued server from its own disk again',
);
const resizeConfirm = once(
  'resize confirm',
  'ResizeConfirm',
  'confirmResize',
  'Keep the new size of a server',
);
const resizeRevert = once(
  'resize revert',
  'ResizeRevert',
  'revertResize',
  'Go back to the old size of a server',
);
const migrationConfirm = once(
  'migration confirm',
  'ConfirmMigration',
  'confirmResize',
  'Keep a server on its new host',
);
const migrationRevert = once(
  'migration revert',
  'RevertMigration',
  'revertResize',
  'Bring a server back to its old host',
);
const migrateConfirm = once(
  'migrate confirm',
  'MigrateConfirm',
  'confirmResize',
  "DEPRECATED: Use 'server migration confirm'",
  instead('confirm', 'confirm'),
);
const migrateRevert = once(
  'migrate revert',
  'MigrateRevert',
  'revertResize',
  "DEPRECATED: Use 'server migration revert'",
  instead('revert', 'revert'),
);

const lock: PlainCommand = {
  name: 'server lock',
  upstream: `${upstream}.LockServer`,
  kind: 'command',
  description: 'Lock servers, so that only administrators can do something to them',
  arguments: [servers('Servers to lock (name or ID)'), opt('reason', 'Why')],
  async run(app, args) {
    const client = compute(app);
    const reason = args.string('reason');
    if (reason)
      await need(
        app,
        '2.73',
        '--os-compute-api-version 2.73 or greater is required to use the --reason option',
      );
    for (const name of args.list('server')) {
      const { id } = await client.findServer(name, { ignoreMissing: false });
      await client.act(id, { lock: reason ? { locked_reason: reason } : null });
    }
  },
};

const kind = (name: string, help: string): ArgumentSpec => ({
  names: [`--${name}`],
  action: 'store_const',
  const: name.toUpperCase(),
  default: 'SOFT',
  dest: 'reboot_type',
  exclusive: 'type',
  help,
});

const reboot: PlainCommand = {
  name: 'server reboot',
  upstream: `${upstream}.RebootServer`,
  kind: 'command',
  description: 'Restart a server',
  arguments: [
    server('Server to restart (name or ID)'),
    kind('hard', 'Switch it off and on'),
    kind('soft', 'Ask its system to restart (default)'),
    wait,
  ],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    await client.rebootServer(id, args.string('reboot_type') === 'HARD' ? 'HARD' : 'SOFT');
    if (!args.flag('wait')) return;
    if (!(await waitForStatus(app, () => client.getServer(id))))
      throw new CommandError(`Error rebooting server: ${id}`);
    app.output.write('Complete\n');
  },
};

const rescue: PlainCommand = {
  name: 'server rescue',
  upstream: `${upstream}.RescueServer`,
  kind: 'command',
  description: 'Boot a server from another image, to mend its own disk',
  arguments: [
    server(),
    opt('image', 'Image to boot (name or ID; default: the one of the server)'),
    opt('password', 'Password of the administrator of the rescue system'),
  ],
  async run(app, args) {
    const client = compute(app);
    const images = await image(app);
    const name = args.string('image');
    const ref = name ? (await images.findImage(name, { ignoreMissing: false })).id : undefined;
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const password = args.string('password');
    await client.act(id, {
      rescue: {
        ...(password !== undefined && { adminPass: password }),
        ...(ref && { rescue_image_ref: ref }),
      },
    });
  },
};

const resize: PlainCommand = {
  name: 'server resize',
  upstream: `${upstream}.ResizeServer`,
  kind: 'command',
  description: 'Give a server another flavor; confirm or revert it afterwards',
  arguments: [
    server(),
    opt('flavor', 'New flavor (name or ID)', 'flavor', { exclusive: 'phase' }),
    flag('confirm', 'Deprecated: use server resize confirm', { exclusive: 'phase' }),
    flag('revert', 'Deprecated: use server resize revert', { exclusive: 'phase' }),
    wait,
  ],
  async run(app, args) {
    const client = compute(app);
    const one = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const flavor = args.string('flavor');
    if (flavor) {
      if (one.image === '')
        app.log(
          'warning',
          'The root disk size in flavor will not be applied while booting from a persistent volume.',
        );
      await client.resizeServer(one.id, (await client.findFlavor(flavor, { ignoreMissing: false })).id);
      if (!args.flag('wait')) return;
      if (!(await waitForStatus(app, () => client.getServer(one.id), ['active', 'verify_resize'])))
        throw new CommandError(`Error resizing server: ${one.id}`);
      app.output.write('Complete\n');
      return;
    }
    for (const phase of ['confirm', 'revert'] as const) {
      if (!args.flag(phase)) continue;
      app.log(
        'warning',
        `The --${phase} option has been deprecated. Please use the 'openstack server resize ${phase}' command instead.`,
      );
      await client.serverAction(one.id, `${phase}Resize`);
      return;
    }
  },
};

const shelve: PlainCommand = {
  name: 'server shelve',
  upstream: `${upstream}.ShelveServer`,
  kind: 'command',
  description: 'Switch servers off and put their disks away as images',
  arguments: [
    arg('servers', 'Servers to shelve (name or ID)', { nargs: '+', metavar: '<server>' }),
    flag('offload', 'Take them off their hosts at once', { default: false }),
    { ...wait, default: false },
  ],
  async run(app, args) {
    const client = compute(app);
    const ids: string[] = [];
    for (const name of args.list('servers')) {
      const { id, status } = await client.findServer(name, { ignoreMissing: false });
      if (['shelved', 'shelved_offloaded'].includes(status.toLowerCase())) continue;
      ids.push(id);
      await client.serverAction(id, 'shelve');
    }
    if (!args.flag('wait') && !args.flag('offload')) return;
    for (const id of ids)
      if (!(await waitForStatus(app, () => client.getServer(id), ['shelved', 'shelved_offloaded'])))
        throw new CommandError(`Error shelving server: ${id}`);
    if (!args.flag('offload')) return;
    for (const id of ids) {
      if ((await client.getServer(id)).status === 'SHELVED_OFFLOADED') continue;
      await client.serverAction(id, 'shelveOffload');
    }
    if (!args.flag('wait')) return;
    for (const id of ids)
      if (!(await waitForStatus(app, () => client.getServer(id), ['shelved_offloaded'])))
        throw new CommandError(`Error offloading shelved server: ${id}`);
  },
};

const unshelve: PlainCommand = {
  name: 'server unshelve',
  upstream: `${upstream}.UnshelveServer`,
  kind: 'command',
  description: 'Bring shelved servers back',
  arguments: [
    servers('Servers to bring back (name or ID)'),
    { names: ['--availability-zone'], default: null, exclusive: 'zone', help: 'Zone to bring them to' },
    flag('no-availability-zone', 'To any zone, whatever was asked for before', {
      default: false,
      exclusive: 'zone',
    }),
    { names: ['--host'], default: null, help: 'Host to bring them to; administrators may ask for this' },
    { ...wait, default: false },
  ],
  async run(app, args) {
    const client = compute(app);
    if (args.string('availability_zone')) await needFor(app, '2.77', '--availability-zone');
    const host = args.string('host');
    if (host) await needFor(app, '2.91', '--host');
    if (args.flag('no_availability_zone')) await needFor(app, '2.91', '--no-availability-zone');
    for (const name of args.list('server')) {
      const { id, status } = await client.findServer(name, { ignoreMissing: false });
      if (!['shelved', 'shelved_offloaded'].includes(status.toLowerCase())) continue;
      // the SDK of this release takes no zone
      if (args.string('availability_zone') || args.flag('no_availability_zone'))
        throw new CommandError(
          "Proxy.unshelve_server() got an unexpected keyword argument 'availability_zone'",
        );
      await client.act(id, { unshelve: host ? { host } : null });
      if (args.flag('wait') && !(await waitForStatus(app, () => client.getServer(id), ['active', 'shutoff'])))
        throw new CommandError(`Error unshelving server: ${id}`);
    }
  },
};

const migrate: PlainCommand = {
  name: 'server migrate',
  upstream: `${upstream}.MigrateServer`,
  kind: 'command',
  description: 'Move a server to another host; administrators may ask for this',
  arguments: [
    server(),
    flag('live-migration', 'While it runs'),
    opt('host', 'Host to move it to', 'hostname'),
    flag('shared-migration', 'Live, with a disk that both hosts share', {
      dest: 'block_migration',
      action: 'store_false',
      default: null,
      exclusive: 'disk',
    }),
    flag('block-migration', 'Live, with a disk that is copied', { default: null, exclusive: 'disk' }),
    ...pair(
      'disk_overcommit',
      ['disk-overcommit', 'Live, even if the new host has too little disk; before 2.25'],
      ['no-disk-overcommit', 'Live, only if the new host has enough disk; before 2.25'],
      { exclusive: 'overcommit' },
    ),
    wait,
  ],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const host = args.string('host');
    const overcommit = args.choice('disk_overcommit');
    if (args.flag('live_migration')) {
      const modern = await client.supports('2.25');
      if (host && !(await client.supports('2.30')))
        throw new CommandError('--os-compute-api-version 2.30 or greater is required when using --host');
      if (!modern)
        throw new CommandError(
          "Proxy.live_migrate_server() got an unexpected keyword argument 'disk_overcommit'. Did you mean 'disk_over_commit'?",
        );
      if (overcommit !== undefined)
        app.log(
          'warning',
          'The --disk-overcommit and --no-disk-overcommit options are only supported by --os-compute-api-version 2.24 or below; this will be an error in a future release',
        );
      const block_migration = args.choice('block_migration') ?? 'auto';
      const version = (await client.supports('2.30')) ? '2.30' : '2.25';
      await client.act(id, { 'os-migrateLive': { host: host ?? null, block_migration } }, version);
    } else {
      if (args.flag('block_migration') || overcommit)
        throw new CommandError(
          '--live-migration must be specified if --block-migration or --disk-overcommit is specified',
        );
      if (host)
        await need(
          app,
          '2.56',
          '--os-compute-api-version 2.56 or greater is required to use --host without --live-migration.',
        );
      await client.act(id, { migrate: host ? { host } : null });
    }
    if (!args.flag('wait')) return;
    if (!(await waitForStatus(app, () => client.getServer(id), ['active', 'verify_resize'], showProgress)))
      throw new CommandError(`Error migrating server: ${id}`);
    app.output.write('Complete, check success/failure by openstack server migration/event list/show\n');
  },
};

const dump: PlainCommand = {
  name: 'server dump create',
  upstream: `${upstream}.CreateServerDump`,
  kind: 'command',
  description: 'Have the systems of servers crash and write a dump',
  arguments: [servers('Servers (name or ID)')],
  async run(app, args) {
    const client = compute(app);
    for (const name of args.list('server')) {
      const one = await client.findServer(name);
      if (one === undefined)
        throw new CommandError("'NoneType' object has no attribute 'trigger_crash_dump'");
      await client.serverAction(one.id, 'trigger_crash_dump');
    }
  },
};

/** Commands about the life of servers. */
export const serverActionCommands: readonly PlainCommand[] = [
  start, stop, pause, unpause, suspend, resume, lock, unlock, restore, reboot, rescue, unrescue, resize, resizeConfirm,
  resizeRevert, migrate, migrateConfirm, migrateRevert, migrationConfirm, migrationRevert, shelve, unshelve, dump,
]; // prettier-ignore
