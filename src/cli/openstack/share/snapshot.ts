/** `share snapshot …`: manilaclient/osc/v2/share_snapshots.py. */
import { CommandError } from '../../errors';
import { repr } from '../../python';
import { message } from '../../messages';
import type { PlainCommand, ShowOneCommand } from '../command';
import { attempts, dictListText, fields, flag, forEachOf, keys, option, orFail, pairsOf, positional, properties, several } from './common'; // prettier-ignore
import { SHARES, SNAPSHOTS } from './kinds';
import { action, get, idOf, manila, metadata, oscFind, pathOf, waitForDelete, waitForStatus, type Info, type ManilaClient } from './manila'; // prettier-ignore
import { withProperties } from './share';

export const snapshotArgument = positional('snapshot', '<snapshot>', 'Snapshot (name or ID)');

// prettier-ignore
const STATES = ['available', 'error', 'creating', 'deleting', 'manage_starting', 'manage_error', 'unmanage_starting', 'unmanage_error', 'error_deleting'];

/** `openstack share snapshot create` */
export const createSnapshot: ShowOneCommand = {
  name: 'share snapshot create',
  upstream: 'manilaclient.osc.v2.share_snapshots.CreateShareSnapshot',
  kind: 'show',
  description: 'Keep what is in a share now',
  arguments: [
    positional('share', '<share>', 'Share to keep (name or ID)'),
    flag('--force', 'Although the share is busy'),
    option('--name', 'Name of the new snapshot'),
    option('--description', 'What it is for'),
    flag('--wait', 'Return when it is ready'),
    properties('Property to set on the snapshot; repeat it for several'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const share_id = idOf(await oscFind(client, SHARES, args.string('share') ?? ''));
    const pairs = pairsOf(args);
    if (!client.atLeast(73) && Object.keys(pairs).length > 0)
      throw new CommandError('Setting metadtaa is only available with manila API version >= 2.73');
    if (!client.atLeast(73))
      throw new CommandError("cannot access local variable 'property' where it is not associated with a value"); // prettier-ignore
    const body = {
      share_id,
      force: args.flag('force'),
      name: args.string('name') || null,
      description: args.string('description') || null,
      metadata: pairs,
    };
    let snapshot = await client.one('snapshot', '/snapshots', 'POST', { snapshot: body });
    if (args.flag('wait')) snapshot = await ready(client, snapshot, {});
    return fields(snapshot);
  },
};

async function ready(
  client: ManilaClient,
  snapshot: Info,
  { failures = ['error'] }: { failures?: string[] },
): Promise<Info> {
  const id = idOf(snapshot);
  const ends = { success: ['available'], failures };
  if (!(await waitForStatus(client, () => get(client, SNAPSHOTS, id), ends)))
    client.app.log('error', 'ERROR: Share snapshot is in error state.');
  return oscFind(client, SNAPSHOTS, id);
}

/** `openstack share snapshot delete` */
export const deleteSnapshot: PlainCommand = {
  name: 'share snapshot delete',
  upstream: 'manilaclient.osc.v2.share_snapshots.DeleteShareSnapshot',
  kind: 'command',
  description: 'Delete snapshots of shares',
  arguments: [
    several('snapshot', '<snapshot>', 'Snapshots to delete (name or ID)'),
    flag('--force', 'Whatever their state (administrators only)'),
    flag('--wait', 'Return when they are gone'),
  ],
  async run(app, args) {
    const client = await manila(app);
    await forEachOf(
      app,
      args.list('snapshot'),
      async (name) => {
        const id = idOf(await oscFind(client, SNAPSHOTS, name));
        if (args.flag('force')) await action(client, SNAPSHOTS, id, 'force_delete');
        else await client.send('DELETE', pathOf(SNAPSHOTS, id));
        return !args.flag('wait') || (await waitForDelete(client, () => get(client, SNAPSHOTS, id)));
      },
      {
        failed: (name, why) => `Failed to delete snapshot with name or ID '${name}': ${why}`,
        total: (failed, all) => `${failed} of ${all} snapshots failed to delete.`,
      },
    );
  },
};

/** `openstack share snapshot show` */
export const showSnapshot: ShowOneCommand = {
  name: 'share snapshot show',
  upstream: 'manilaclient.osc.v2.share_snapshots.ShowShareSnapshot',
  kind: 'show',
  description: 'Show everything about a snapshot of a share',
  arguments: [snapshotArgument],
  async run(app, args) {
    const client = await manila(app);
    const snapshot = await oscFind(client, SNAPSHOTS, args.string('snapshot') ?? '');
    const { metadata, ...rest } = snapshot;
    const infos = (await locations(client, idOf(snapshot))).map(({ links: _, ...location }) => location);
    const export_locations = args.string('formatter') === 'table' ? dictListText(infos) : infos;
    return fields(withProperties({ ...rest, export_locations, metadata: metadata ?? {} }, ['links']), []);
  },
};

/** Where a snapshot is to be had. */
export function locations(client: ManilaClient, id: string): Promise<Info[]> {
  client.wraps(32, 'share_snapshot_export_locations.ShareSnapshotExportLocationManager.list');
  return client.list('share_snapshot_export_locations', `${pathOf(SNAPSHOTS, id)}/export-locations`);
}

/** `openstack share snapshot set` */
export const setSnapshot: PlainCommand = {
  name: 'share snapshot set',
  upstream: 'manilaclient.osc.v2.share_snapshots.SetShareSnapshot',
  kind: 'command',
  description: 'Change a snapshot of a share',
  arguments: [
    snapshotArgument,
    option('--name', 'New name'),
    option('--description', 'New description'),
    { ...option('--status', `State to write into the database, whatever the truth is (administrators only): ${STATES.join(', ')}`), choices: STATES },
    properties('Property to set on the snapshot; repeat it for several'),
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, SNAPSHOTS, args.string('snapshot') ?? ''));
    const tries = attempts(app, 'set');
    const [name, description] = [args.string('name'), args.string('description')];
    const changes = {
      ...(name !== undefined && { display_name: name }),
      ...(description !== undefined && { display_description: description }),
    };
    if (Object.keys(changes).length > 0) {
      await tries.attempt(
        (why) => `Failed to set share snapshot properties '${repr(changes)}': ${why}`,
        () => client.send('PUT', pathOf(SNAPSHOTS, id), { snapshot: changes }),
      );
    }
    const status = args.string('status');
    if (status) {
      await tries.attempt(
        (why) => `Failed to update snapshot status to '${status}': ${why}`,
        () => action(client, SNAPSHOTS, id, 'reset_status', { status }),
      );
    }
    const pairs = pairsOf(args);
    if (Object.keys(pairs).length > 0) {
      await tries.attempt(
        (why) => `Failed to set share snapshot properties '${repr(pairs)}': ${why}`,
        () => metadata.set(client, pathOf(SNAPSHOTS, id), pairs),
      );
    }
    tries.end();
  },
};

/** `openstack share snapshot unset` */
export const unsetSnapshot: PlainCommand = {
  name: 'share snapshot unset',
  upstream: 'manilaclient.osc.v2.share_snapshots.UnsetShareSnapshot',
  kind: 'command',
  description: 'Remove properties, the name or the description of a snapshot',
  arguments: [
    snapshotArgument,
    flag('--name', 'Remove the name'),
    flag('--description', 'Remove the description'),
    keys('Property to remove; repeat it for several'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, SNAPSHOTS, args.string('snapshot') ?? ''));
    const changes = {
      ...(args.flag('name') && { display_name: null }),
      ...(args.flag('description') && { display_description: null }),
    };
    if (Object.keys(changes).length > 0) {
      await orFail(
        (why) => `Failed to unset snapshot display name or display description : ${why}`,
        () => client.send('PUT', pathOf(SNAPSHOTS, id), { snapshot: changes }),
      );
    }
    for (const key of args.list('property')) {
      try {
        await metadata.remove(client, pathOf(SNAPSHOTS, id), key);
      } catch (error) {
        // The client gives the error two arguments, and Python prints such an error as a tuple.
        const why = `{'key': ${repr(key)}, 'e': ${kindOf(error)}(${repr(message(error))})}`;
        throw new CommandError(`(${repr("Failed to unset snapshot property '%(key)s': %(e)s")}, ${why})`);
      }
    }
  },
};

function kindOf(error: unknown): string {
  const { status } = Object(error) as { status?: number };
  return { 403: 'Forbidden', 404: 'NotFound', 409: 'Conflict' }[status ?? 0] ?? 'BadRequest';
}

/** `openstack share snapshot adopt` */
export const adoptSnapshot: ShowOneCommand = {
  name: 'share snapshot adopt',
  upstream: 'manilaclient.osc.v2.share_snapshots.AdoptShareSnapshot',
  kind: 'show',
  description: 'Take over a snapshot that the storage has and Manila does not know (administrators only)',
  arguments: [
    positional('share', '<share>', 'Share that it is of (name or ID)'),
    positional('provider_location', '<provider-location>', 'Where the storage has it'),
    option('--name', 'Name of the new snapshot'),
    option('--description', 'What it is for'),
    properties('What the driver wants to know; repeat it for several', '--driver-option'),
    flag('--wait', 'Return when it is ready'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const share_id = idOf(await oscFind(client, SHARES, args.string('share') ?? ''));
    client.wraps(12, 'share_snapshots.ShareSnapshotManager.manage');
    const body = {
      share_id,
      provider_location: args.string('provider_location'),
      driver_options: pairsOf(args, 'driver_option'),
      name: args.string('name') ?? null,
      description: args.string('description') ?? null,
    };
    let snapshot = await client.one('snapshot', '/snapshots/manage', 'POST', { snapshot: body });
    if (args.flag('wait')) snapshot = await ready(client, snapshot, { failures: ['manage_error', 'error'] });
    return fields(snapshot);
  },
};

/** `openstack share snapshot abandon` */
export const abandonSnapshot: PlainCommand = {
  name: 'share snapshot abandon',
  upstream: 'manilaclient.osc.v2.share_snapshots.AbandonShareSnapshot',
  kind: 'command',
  description: 'Forget snapshots, and leave them on the storage (administrators only)',
  arguments: [
    several('snapshot', '<snapshot>', 'Snapshots to forget (name or ID)'),
    flag('--wait', 'Return when they are forgotten'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const found = new Map<string, string>();
    let missing: unknown;
    for (const name of args.list('snapshot')) {
      try {
        found.set(name, idOf(await oscFind(client, SNAPSHOTS, name)));
      } catch (error) {
        missing = error;
        break;
      }
    }
    await forEachOf(
      app,
      [...found.keys()],
      async (name) => {
        const id = found.get(name) ?? '';
        client.wraps(12, 'share_snapshots.ShareSnapshotManager.unmanage');
        await client.send('POST', `${pathOf(SNAPSHOTS, id)}/action`, { unmanage: null });
        return !args.flag('wait') || (await waitForDelete(client, () => get(client, SNAPSHOTS, id)));
      },
      {
        failed: (name, why) => `Failed to abandon share snapshot with name or ID '${name}': ${why}`,
        total: (failed, all) =>
          missing === undefined ? `${failed} of ${all} snapshots failed to abandon.` : message(missing),
      },
    );
    if (missing !== undefined) throw missing;
  },
};
