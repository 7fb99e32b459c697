/** `share snapshot list`, its access rules and its export locations: manilaclient/osc/v2/share_snapshots.py. */
import { int, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { str, type Value } from '../../python';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { sortItems } from '../sort-items';
import { fields, flag, forEachOf, object, option, orFail, pairsOf, positional, properties, rows, several } from './common'; // prettier-ignore
import { SHARES, SNAPSHOTS } from './kinds';
import { idOf, manila, oscFind, pathOf, queryOf, type Info, type ManilaClient } from './manila'; // prettier-ignore
import { locations, snapshotArgument } from './snapshot';

const DETAILS = [
  'Status',
  'Description',
  'Created At',
  'Size',
  'Share ID',
  'Share Proto',
  'Share Size',
  'User ID',
];

/** `openstack share snapshot list` */
export const listSnapshot: ListerCommand = {
  name: 'share snapshot list',
  upstream: 'manilaclient.osc.v2.share_snapshots.ListShareSnapshot',
  kind: 'lister',
  description: 'List snapshots of shares',
  arguments: [
    flag('--all-projects', 'Snapshots of all projects (administrators only)'),
    option('--name', 'Snapshots of this name only'),
    option('--description', 'Snapshots of this description only'),
    option('--status', 'Snapshots of this status only'),
    option('--share', 'Snapshots of this share only (name or ID)'),
    { ...option('--usage', 'Snapshots that some share began with, or that none did'), choices: ['used', 'unused'] },
    { ...option('--limit', 'So many snapshots at most', '<num-snapshots>'), type: int, action: 'non_negative' },
    option('--marker', 'Begin after this snapshot (ID)', '<snapshot>'),
    { ...option('--sort', 'Columns to sort by, each with an optional direction, asc or desc; name:asc unless given', '<key>[:<direction>]'), default: 'name:asc' },
    { ...option('--name~', 'Snapshots with this in their name'), dest: 'name~' },
    { ...option('--description~', 'Snapshots with this in their description'), dest: 'description~' },
    flag('--detail', 'More columns'),
    { ...properties('Snapshots with this property only; repeat it for several'), default: null },
    flag('--count', 'Say how many there are in all'),
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const search = await searchOf(client, args);
    if (args.flag('count')) {
      client.require(
        79,
        'Displaying total number of share snapshots is only available with manila API version >= 2.79',
      );
      if (args.string('formatter') !== 'table')
        throw new CommandError("Count can only be printed when using '--format table'");
      search.with_count = true;
    }
    const answer = await client.send('GET', '/snapshots/detail', undefined, queryOf(search));
    const infos = answer.snapshots as Info[]; // the API's contract
    const sorted = sortItems(infos, args.string('sort') ?? '', (info, key) =>
      Object.hasOwn(info, key) ? str(info[key]) : undefined,
    );
    if (args.flag('count')) app.output.write(`Total number of snapshots: ${str(answer.count)}\n`);
    const columns = [
      'ID',
      'Name',
      ...(args.flag('detail') ? DETAILS : []),
      ...(args.flag('all_projects') ? ['Project ID'] : []),
    ];
    return rows(sorted, columns);
  },
};

async function searchOf(client: ManilaClient, args: ParsedArgs): Promise<Record<string, Value | undefined>> {
  const share = args.string('share');
  const share_id = share ? idOf(await oscFind(client, SHARES, share)) : undefined;
  const patterns = ['name~', 'description~', 'description'].map((key) => [key, args.string(key)] as const);
  if (patterns.some(([, text]) => text)) {
    client.require(
      36,
      'Pattern based filtering (name~, description~ and description) is only available with manila API version >= 2.36',
    );
  }
  return {
    offset: args.string('marker'),
    limit: args.number('limit'),
    all_tenants: args.flag('all_projects'),
    name: args.string('name'),
    status: args.string('status'),
    share_id,
    usage: args.string('usage'),
    metadata: pairsOf(args),
    ...Object.fromEntries(patterns),
  };
}

/** `openstack share snapshot access create` */
export const createSnapshotAccess: ShowOneCommand = {
  name: 'share snapshot access create',
  upstream: 'manilaclient.osc.v2.share_snapshots.ShareSnapshotAccessAllow',
  kind: 'show',
  description: 'Let somebody read a snapshot',
  arguments: [
    snapshotArgument,
    positional('access_type', '<access_type>', 'How they are known: ip, user (or group), cert or cephx'),
    positional('access_to', '<access_to>', 'Who: an address or a network, a name, a common name, an ID'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const snapshot = await oscFind(client, SNAPSHOTS, args.string('snapshot') ?? '');
    return orFail(
      (why) => `Failed to create access to share snapshot '${object('ShareSnapshot', snapshot)}': ${why}`,
      async () => {
        client.wraps(32, 'share_snapshots.ShareSnapshotManager.allow');
        const info = { access_type: args.string('access_type'), access_to: args.string('access_to') };
        const answer = await client.send('POST', `${pathOf(SNAPSHOTS, idOf(snapshot))}/action`, {
          allow_access: info,
        });
        return fields(answer.snapshot_access as Info, []); // the API's contract
      },
    );
  },
};

/** `openstack share snapshot access delete` */
export const deleteSnapshotAccess: PlainCommand = {
  name: 'share snapshot access delete',
  upstream: 'manilaclient.osc.v2.share_snapshots.ShareSnapshotAccessDeny',
  kind: 'command',
  description: 'Delete access rules of a snapshot',
  arguments: [snapshotArgument, several('id', '<id>', 'Rules to delete (ID)')],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, SNAPSHOTS, args.string('snapshot') ?? ''));
    await forEachOf(
      app,
      args.list('id'),
      async (access_id) => {
        client.wraps(32, 'share_snapshots.ShareSnapshotManager.deny');
        await client.send('POST', `${pathOf(SNAPSHOTS, id)}/action`, { deny_access: { access_id } });
      },
      {
        failed: (one, why) =>
          `Failed to delete access to share snapshot for an access rule with ID '${one}': ${why}`,
        total: (failed, all) =>
          `Failed to delete access to a share snapshot for ${failed} out of ${all} access rule ID's `,
      },
    );
  },
};

/** `openstack share snapshot access list` */
export const listSnapshotAccess: ListerCommand = {
  name: 'share snapshot access list',
  upstream: 'manilaclient.osc.v2.share_snapshots.ShareSnapshotAccessList',
  kind: 'lister',
  description: 'List who may read a snapshot',
  arguments: [snapshotArgument],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, SNAPSHOTS, args.string('snapshot') ?? ''));
    client.wraps(32, 'share_snapshots.ShareSnapshotManager.access_list');
    const infos = await client.list('snapshot_access_list', `${pathOf(SNAPSHOTS, id)}/access-list`);
    return rows(infos, ['ID', 'Access Type', 'Access To', 'State']);
  },
};

/** `openstack share snapshot export location list` */
export const listSnapshotLocation: ListerCommand = {
  name: 'share snapshot export location list',
  upstream: 'manilaclient.osc.v2.share_snapshots.ShareSnapshotListExportLocation',
  kind: 'lister',
  description: 'List where servers find a snapshot',
  arguments: [snapshotArgument],
  async run(app, args) {
    const client = await manila(app);
    const { id } = await oscFind(client, SNAPSHOTS, args.string('snapshot') ?? '');
    return rows(await locations(client, String(id)), ['ID', 'Path']);
  },
};

/** `openstack share snapshot export location show` */
export const showSnapshotLocation: ShowOneCommand = {
  name: 'share snapshot export location show',
  upstream: 'manilaclient.osc.v2.share_snapshots.ShareSnapshotShowExportLocation',
  kind: 'show',
  description: 'Show one place where servers find a snapshot',
  arguments: [snapshotArgument, positional('export_location', '<export-location>', 'Export location (ID)')],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, SNAPSHOTS, args.string('snapshot') ?? ''));
    client.wraps(32, 'share_snapshot_export_locations.ShareSnapshotExportLocationManager.get');
    const path = `${pathOf(SNAPSHOTS, id)}/export-locations/${encodeURI(args.string('export_location') ?? '')}`;
    return fields(await client.one('share_snapshot_export_location', path), []);
  },
};
