/** `share create`, `delete` and `show`: manilaclient/osc/v2/share.py. */
import { CommandError } from '../../errors';
import { DictColumn, type Cell } from '../../formatters/columns';
import { int, type ParsedArgs } from '../../arguments';
import type { PlainCommand, ShowOneCommand } from '../command';
import { dictListText, fields, flag, forEachOf, option, pairsOf, positional, properties, several, textOrNull } from './common'; // prettier-ignore
import { GROUPS, NETWORKS, SHARES, SNAPSHOTS, TYPES } from './kinds';
import {
  action,
  find,
  get,
  idOf,
  manila,
  pathOf,
  waitForDelete,
  waitForStatus,
  type Info,
  type ManilaClient,
} from './manila';

/** What no command shows. */
export const HIDDEN = ['links', 'shares_type'];

/** `openstack share create` */
export const createShare: ShowOneCommand = {
  name: 'share create',
  upstream: 'manilaclient.osc.v2.share.CreateShare',
  kind: 'show',
  description: 'Make a share: a file system that many servers can use',
  arguments: [
    positional('share_proto', '<share_protocol>', 'Protocol that servers speak to it: NFS, CIFS, CephFS, GlusterFS or HDFS'),
    { ...positional('size', '<size>', 'Size in GiB'), type: int },
    option('--name', 'Name of the new share'),
    option('--snapshot-id', 'Snapshot to begin with (name or ID)'),
    properties('Property to set on the share; repeat it for several'),
    option('--share-network', 'Network of its server, where a driver makes one (name or ID)', '<network-info>'),
    option('--description', 'What it is for'),
    { ...option('--public', 'Whether other projects see it; False unless given'), default: false },
    option('--share-type', 'Type of the share (name or ID); the default one unless given'),
    option('--availability-zone', 'Availability zone of the share'),
    option('--share-group', 'Group that it will belong to (name or ID)'),
    flag('--wait', 'Return when it is ready'),
    properties('Where it shall be: same_host or different_host, with shares; repeat it for several', '--scheduler-hint'),
    option('--mount-point-name', 'Name that servers mount it under, where its type allows one', '<mount_point_name>'),
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const { ready, body } = { ready: args.flag('wait'), body: await newShare(client, args) };
    let share = await client.one('share', '/shares', 'POST', { share: body });
    if (ready) {
      const id = idOf(share);
      if (!(await waitForStatus(client, () => get(client, SHARES, id), { success: ['available'] })))
        app.log('error', 'ERROR: Share is in error state.');
      share = await find(client, SHARES, id);
    }
    return fields(share, HIDDEN);
  },
};

async function newShare(client: ManilaClient, args: ParsedArgs): Promise<Record<string, unknown>> {
  const name = args.string('name');
  if (name?.toLowerCase() === 'none') throw new CommandError("Share name cannot be with the value 'None'");
  const snapshotName = args.string('snapshot_id');
  const share_type = await typeOf(client, args.string('share_type'), Boolean(snapshotName));
  const network = args.string('share_network');
  const share_network_id = network ? idOf(await find(client, NETWORKS, network)) : null;
  const group = args.string('share_group');
  const share_group_id = group ? idOf(await find(client, GROUPS, group)) : undefined;
  const snapshot = snapshotName ? await find(client, SNAPSHOTS, snapshotName) : undefined;
  const mount_point_name = args.string('mount_point_name') || undefined;
  if (mount_point_name)
    client.require(84, 'Setting share mount point name is available only for API microversion >= 2.84');
  return {
    size: Math.max(args.number('size') ?? 0, Number(snapshot?.size ?? -Infinity)),
    snapshot_id: snapshot ? idOf(snapshot) : null,
    name: name ?? null,
    description: textOrNull(args, 'description'),
    metadata: pairsOf(args),
    share_proto: args.string('share_proto'),
    share_network_id,
    share_type,
    is_public: args.string('public') ?? false,
    availability_zone: textOrNull(args, 'availability_zone'),
    scheduler_hints: await hints(client, pairsOf(args, 'scheduler_hint')),
    ...(share_group_id && { share_group_id }),
    ...(mount_point_name && { mount_point_name }),
  };
}

async function typeOf(
  client: ManilaClient,
  name: string | undefined,
  isCopy: boolean,
): Promise<string | null> {
  if (name) return idOf(await find(client, TYPES, name));
  return isCopy ? null : idOf(await get(client, TYPES, 'default'));
}

async function hints(client: ManilaClient, given: Record<string, string>): Promise<Record<string, string>> {
  if (Object.keys(given).length === 0) return given;
  client.require(
    65,
    'Setting share scheduler hints for a share is available only for API microversion >= 2.65',
  );
  const known = { ...given };
  for (const key of ['same_host', 'different_host']) {
    const text = given[key];
    if (!text) continue;
    const ids: string[] = [];
    for (const name of text.split(',')) ids.push(idOf(await find(client, SHARES, name)));
    known[key] = ids.join(',');
  }
  return known;
}

/** `openstack share delete` */
export const deleteShare: PlainCommand = {
  name: 'share delete',
  upstream: 'manilaclient.osc.v2.share.DeleteShare',
  kind: 'command',
  description: 'Delete shares',
  arguments: [
    several('shares', '<share>', 'Shares to delete (name or ID)'),
    option('--share-group', 'Group that they are in (name or ID)'),
    flag('--force', 'Whatever their state (administrators only)'),
    flag('--wait', 'Return when they are gone'),
    flag('--soft', 'Into the recycle bin, from where they can come back'),
  ],
  async run(app, args) {
    const client = await manila(app);
    await forEachOf(
      app,
      args.list('shares'),
      async (name) => {
        const id = idOf(await find(client, SHARES, name));
        const group = args.string('share_group');
        const share_group_id = group ? idOf(await find(client, GROUPS, group)) : undefined;
        if (args.flag('force')) {
          await action(client, SHARES, id, 'force_delete');
        } else if (args.flag('soft')) {
          client.require(69, 'Soft Deleting shares is only available with manila API version >= 2.69');
          await action(client, SHARES, id, 'soft_delete');
        } else {
          await client.send(
            'DELETE',
            pathOf(SHARES, id),
            undefined,
            share_group_id ? { share_group_id } : undefined,
          );
        }
        return !args.flag('wait') || (await waitForDelete(client, () => get(client, SHARES, id)));
      },
      {
        failed: (name, why) => `Failed to delete share with name or ID '${name}': ${why}`,
        total: (failed, all) => `${failed} of ${all} shares failed to delete.`,
      },
    );
  },
};

/** Where a share is to be had. */
export function exportLocations(client: ManilaClient, shareId: string): Promise<Info[]> {
  client.wraps(9, 'share_export_locations.ShareExportLocationManager.list');
  return client.list('export_locations', `${pathOf(SHARES, shareId)}/export_locations`);
}

/** Metadata under their name of today. */
export function withProperties(info: Info, without: readonly string[] = HIDDEN): Record<string, Cell> {
  const entries = Object.entries(info).filter(([key]) => key !== 'metadata' && !without.includes(key));
  const { metadata } = info;
  return {
    ...Object.fromEntries(entries),
    properties: new DictColumn((metadata ?? {}) as Record<string, string>), // the API's contract
  };
}

/** `openstack share show` */
export const showShare: ShowOneCommand = {
  name: 'share show',
  upstream: 'manilaclient.osc.v2.share.ShowShare',
  kind: 'show',
  description: 'Show everything about a share',
  arguments: [positional('share', '<share>', 'Share to show (name or ID)')],
  async run(app, args) {
    const client = await manila(app);
    const share = await find(client, SHARES, args.string('share') ?? '');
    const locations = await exportLocations(client, idOf(share));
    const { metadata, ...rest } = share;
    const text = dictListText(locations, ['replica_state', 'availability_zone', 'share_replica_id']);
    return fields(withProperties({ ...rest, export_locations: text, metadata: metadata ?? {} }), []);
  },
};
