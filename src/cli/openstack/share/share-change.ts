/** Changes of a share: manilaclient/osc/v2/share.py. */
import { int } from '../../arguments';
import { CommandError } from '../../errors';
import { repr } from '../../python';
import type { PlainCommand, ShowOneCommand } from '../command';
import { attempts, extractProperties, fields, flag, forEachOf, keys, option, orFail, pairsOf, positional, properties, several, words } from './common'; // prettier-ignore
import { SHARES, SNAPSHOTS, TYPES } from './kinds';
import { action, find, get, idOf, manila, metadata, pathOf, waitForDelete, waitForStatus } from './manila'; // prettier-ignore

/** `openstack share set` */
export const setShare: PlainCommand = {
  name: 'share set',
  upstream: 'manilaclient.osc.v2.share.SetShare',
  kind: 'command',
  description: 'Change a share',
  arguments: [
    positional('share', '<share>', 'Share to change (name or ID)'),
    properties('Property to set on the share; repeat it for several'),
    option('--name', 'New name'),
    option('--description', 'New description'),
    option('--public', 'Whether other projects see it'),
    option('--status', 'State to write into the database, whatever the truth is, such as available or error (administrators only)'),
    option('--task-state', 'State of a migration to write into the database, whatever the truth is (administrators only)'),
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await find(client, SHARES, args.string('share') ?? ''));
    const tries = attempts(app, 'set');
    const pairs = pairsOf(args);
    if (Object.keys(pairs).length > 0) {
      await tries.attempt(
        (why) => `Failed to set share properties '${repr(pairs)}': ${why}`,
        () => metadata.set(client, pathOf(SHARES, id), pairs),
      );
    }
    const changes = {
      display_name: args.string('name'),
      display_description: args.string('description'),
      is_public: args.string('public'),
    };
    if (Object.values(changes).some((value) => value !== undefined)) {
      await tries.attempt(
        (why) => `Failed to update share display name, visibility or display description: ${why}`,
        () => client.send('PUT', pathOf(SHARES, id), { share: changes }),
      );
    }
    const status = args.string('status');
    if (status) {
      await tries.attempt(
        (why) => `Failed to set status for the share: ${why}`,
        () => action(client, SHARES, id, 'reset_status', { status }),
      );
    }
    const task_state = args.string('task_state');
    if (task_state) {
      await tries.attempt(
        (why) => `Failed to update share task state ${why}`,
        async () => {
          client.wraps(22, 'shares.ShareManager.reset_task_state');
          await action(client, SHARES, id, 'reset_task_state', { task_state });
        },
      );
    }
    tries.end();
  },
};

/** `openstack share unset` */
export const unsetShare: PlainCommand = {
  name: 'share unset',
  upstream: 'manilaclient.osc.v2.share.UnsetShare',
  kind: 'command',
  description: 'Remove properties, the name or the description of a share',
  arguments: [
    positional('share', '<share>', 'Share to change (name or ID)'),
    keys('Property to remove; repeat it for several'),
    flag('--name', 'Remove the name'),
    flag('--description', 'Remove the description'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await find(client, SHARES, args.string('share') ?? ''));
    const tries = attempts(app, 'unset');
    const changes = {
      ...(args.flag('name') && { display_name: null }),
      ...(args.flag('description') && { display_description: null }),
    };
    if (Object.keys(changes).length > 0) {
      await tries.attempt(
        (why) => `Failed to unset share display name or display description: ${why}`,
        () => client.send('PUT', pathOf(SHARES, id), { share: changes }),
      );
    }
    for (const key of args.list('property')) {
      await tries.attempt(
        (why) => `Failed to unset share property '${key}': ${why}`,
        () => metadata.remove(client, pathOf(SHARES, id), key),
      );
    }
    tries.end();
  },
};

/** `openstack share resize` */
export const resizeShare: PlainCommand = {
  name: 'share resize',
  upstream: 'manilaclient.osc.v2.share.ResizeShare',
  kind: 'command',
  description: 'Make a share larger or smaller',
  arguments: [
    positional('share', '<share>', 'Share to resize (name or ID)'),
    { ...positional('new_size', '<new-size>', 'New size in GiB'), type: int },
    flag('--wait', 'Return when it has its size'),
    flag('--force', 'Larger, and do not ask the scheduler whether it fits (administrators only)'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const share = await find(client, SHARES, args.string('share') ?? '');
    const id = idOf(share);
    const [size, new_size] = [Number(share.size), args.number('new_size') ?? 0];
    if (size === new_size) throw new CommandError(`Share size is already at ${new_size} GiBs`);
    const larger = size < new_size;
    if (larger && args.flag('force'))
      client.require(64, 'args force is available only for API microversion >= 2.64');
    const force = larger && args.flag('force') ? { force: 'true' } : {};
    await orFail(
      (why) => `Share resize failed: ${why}`,
      () => action(client, SHARES, id, larger ? 'extend' : 'shrink', { new_size, ...force }),
    );
    if (
      args.flag('wait') &&
      !(await waitForStatus(client, () => get(client, SHARES, id), { success: ['available'] }))
    )
      throw new CommandError('Share not available after resize attempt.');
  },
};

/** `openstack share properties show` */
export const showProperties: ShowOneCommand = {
  name: 'share properties show',
  upstream: 'manilaclient.osc.v2.share.ShowShareProperties',
  kind: 'show',
  description: 'Show the properties of a share',
  arguments: [positional('share', '<share>', 'Share to show (name or ID)')],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await find(client, SHARES, args.string('share') ?? ''));
    return fields(await metadata.get(client, pathOf(SHARES, id)), []);
  },
};

/** `openstack share revert` */
export const revertShare: PlainCommand = {
  name: 'share revert',
  upstream: 'manilaclient.osc.v2.share.RevertShare',
  kind: 'command',
  description: 'Put a share back to what its newest snapshot holds',
  arguments: [
    positional('snapshot', '<snapshot>', 'Snapshot to go back to, the newest of its share (name or ID)'),
    flag('--wait', 'Return when it is done'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const snapshot = await find(client, SNAPSHOTS, args.string('snapshot') ?? '');
    const id = idOf(await find(client, SHARES, String(snapshot.share_id)));
    await orFail(
      (why) => `Failed to revert share to snapshot: ${why}`,
      () => {
        client.wraps(27, 'shares.ShareManager.revert_to_snapshot');
        return action(client, SHARES, id, 'revert', { snapshot_id: snapshot.id });
      },
    );
    if (
      args.flag('wait') &&
      !(await waitForStatus(client, () => get(client, SHARES, id), { success: ['available'] }))
    )
      throw new CommandError('Share not available after revert attempt.');
  },
};

/** `openstack share restore` */
export const restoreShare: PlainCommand = {
  name: 'share restore',
  upstream: 'manilaclient.osc.v2.share.RestoreShare',
  kind: 'command',
  description: 'Take shares out of the recycle bin',
  arguments: [several('share', '<share>', 'Shares to take back (ID)')],
  async run(app, args) {
    const client = await manila(app);
    client.require(
      69,
      'Restoring a share from the recycle bin is only available with manila API version >= 2.69',
    );
    await forEachOf(
      app,
      args.list('share'),
      async (name) => {
        await action(client, SHARES, name, 'restore');
      },
      {
        failed: (name, why) => `Failed to restore share with name or ID '${name}': ${why}`,
        total: (failed, all) => `Failed to restore ${failed} out of ${all} shares.`,
      },
    );
  },
};

/** `openstack share adopt` */
export const adoptShare: ShowOneCommand = {
  name: 'share adopt',
  upstream: 'manilaclient.osc.v2.share.AdoptShare',
  kind: 'show',
  description: 'Take over a share that the storage has and Manila does not know (administrators only)',
  arguments: [
    positional('service_host', '<service-host>', 'Where it is: host@backend#pool'),
    positional('protocol', '<protocol>', 'Its protocol, such as NFS or CIFS'),
    positional('export_path', '<export-path>', 'Where servers find it, such as 10.0.0.1:/path'),
    option('--name', 'Name of the new share'),
    option('--description', 'What it is for'),
    option('--share-type', 'Type of the new share (name or ID)'),
    words('--driver-options', 'What the driver wants to know'),
    flag('--public', 'Other projects see it'),
    option('--share-server-id', 'Share server that it is on'),
    flag('--wait', 'Return when it is ready'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const type = args.string('share_type');
    const share_type = type ? idOf(await find(client, TYPES, type)) : null;
    const driver_options = extractProperties(args.list('driver_options'));
    if (args.flag('public')) {
      client.require(
        8,
        'Setting share visibility while adopting a share is available only for API microversion >= 2.8',
      );
    }
    const server = args.string('share_server_id');
    if (server)
      client.require(49, 'Selecting a share server ID is available only for API microversion >= 2.49');
    if (args.flag('public')) {
      throw new CommandError(
        "ShareManager.manage() got an unexpected keyword argument 'public'", // a mistake of manilaclient
      );
    }
    const body = {
      service_host: args.string('service_host'),
      share_type,
      protocol: args.string('protocol'),
      export_path: args.string('export_path'),
      driver_options,
      name: args.string('name') ?? null,
      description: args.string('description') ?? null,
      share_server_id: server || null,
      ...(client.atLeast(8) && { is_public: false }),
    };
    const path = client.atLeast(7) ? '/shares/manage' : '/os-share-manage';
    let share = await client.one('share', path, 'POST', { share: body });
    if (args.flag('wait')) {
      const id = idOf(share);
      const ends = { success: ['available'], failures: ['manage_error', 'error'] };
      if (!(await waitForStatus(client, () => get(client, SHARES, id), ends)))
        app.log('error', 'ERROR: Share is in error state.');
      share = await find(client, SHARES, id);
    }
    return fields(share);
  },
};

/** `openstack share abandon` */
export const abandonShare: PlainCommand = {
  name: 'share abandon',
  upstream: 'manilaclient.osc.v2.share.AbandonShare',
  kind: 'command',
  description: 'Forget shares, and leave them on the storage (administrators only)',
  arguments: [
    several('share', '<share>', 'Shares to forget (name or ID)'),
    flag('--wait', 'Return when they are forgotten'),
  ],
  async run(app, args) {
    const client = await manila(app);
    await forEachOf(
      app,
      args.list('share'),
      async (name) => {
        const id = idOf(await find(client, SHARES, name));
        if (client.atLeast(7)) await action(client, SHARES, id, 'unmanage');
        else await client.send('POST', `/os-share-unmanage/${id}/unmanage`);
        return !args.flag('wait') || (await waitForDelete(client, () => get(client, SHARES, id)));
      },
      {
        failed: (name, why) => `Failed to abandon share with name or ID '${name}': ${why}`,
        total: (failed, all) => `Failed to abandon ${failed} out of ${all} shares.`,
      },
    );
  },
};
