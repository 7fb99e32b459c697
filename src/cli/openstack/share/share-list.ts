/** `share list`: manilaclient/osc/v2/share.py. */
import { int, type ParsedArgs } from '../../arguments';
import { str, type Value } from '../../python';
import type { ListerCommand } from '../command';
import { findProject, findUserIn } from '../identity/common';
import { keystone } from '../identity/keystone';
import { sortItems } from '../sort-items';
import { flag, option, pairsOf, properties } from './common';
import { GROUPS, NETWORKS, SERVERS, SHARES, SNAPSHOTS, TYPES, type Kind } from './kinds';
import { find, idOf, isUuidLike, manila, type Info, type ManilaClient } from './manila'; // prettier-ignore

const SHORT: readonly [string, string][] = [
  ['id', 'ID'],
  ['name', 'Name'],
  ['size', 'Size'],
  ['share_proto', 'Share Proto'],
  ['status', 'Status'],
  ['is_public', 'Is Public'],
  ['share_type_name', 'Share Type Name'],
  ['host', 'Host'],
  ['availability_zone', 'Availability Zone'],
];
const LONG: readonly [string, string][] = [
  ['id', 'ID'],
  ['name', 'Name'],
  ['size', 'Size'],
  ['share_proto', 'Share Protocol'],
  ['status', 'Status'],
  ['is_public', 'Is Public'],
  ['share_type_name', 'Share Type Name'],
  ['availability_zone', 'Availability Zone'],
  ['description', 'Description'],
  ['share_network_id', 'Share Network ID'],
  ['share_server_id', 'Share Server ID'],
  ['share_type', 'Share Type'],
  ['share_group_id', 'Share Group ID'],
  ['host', 'Host'],
  ['user_id', 'User ID'],
  ['project_id', 'Project ID'],
  ['access_rules_status', 'Access Rules Status'],
  ['snapshot_id', 'Source Snapshot ID'],
  ['snapshot_support', 'Supports Creating Snapshots'],
  ['create_share_from_snapshot_support', 'Supports Cloning Snapshots'],
  ['mount_snapshot_support', 'Supports Mounting snapshots'],
  ['revert_to_snapshot_support', 'Supports Reverting to Snapshot'],
  ['task_state', 'Migration Task Status'],
  ['source_share_group_snapshot_member_id', 'Source Share Group Snapshot Member ID'],
  ['replication_type', 'Replication Type'],
  ['has_replicas', 'Has Replicas'],
  ['created_at', 'Created At'],
  ['metadata', 'Properties'],
];

/** `openstack share list` */
export const listShare: ListerCommand = {
  name: 'share list',
  upstream: 'manilaclient.osc.v2.share.ListShare',
  kind: 'lister',
  description: 'List shares',
  arguments: [
    option('--name', 'Shares of this name only', '<share-name>'),
    option('--status', 'Shares of this status only', '<share-status>'),
    option('--snapshot', 'Shares that began with this snapshot only (name or ID)', '<share-network-id>'),
    option('--export-location', 'Shares of this export location only (ID or path)'),
    { ...flag('--soft-deleted', 'Shares in the recycle bin, and no others') },
    flag('--public', 'Public shares of other projects, too'),
    option('--share-network', 'Shares in this share network only (name or ID)', '<share-network-name-or-id>'),
    option('--share-type', 'Shares of this type only (name or ID)', '<share-type-name-or-id>'),
    option('--share-group', 'Shares of this group only (name or ID)', '<share-group-name-or-id>'),
    option('--host', 'Shares on this host only (administrators only)', '<share-host>'),
    option('--share-server', 'Shares of this share server only (administrators only)', '<share-server-id>'),
    option('--project', 'Shares of this project only (name or ID; administrators only)'),
    option('--project-domain', 'Domain of the project (name or ID), where several projects have the same name'),
    option('--user', 'Shares of this user only (name or ID; administrators only)'),
    option('--user-domain', 'Domain of the user (name or ID), where several users have the same name'),
    flag('--all-projects', 'Shares of all projects (administrators only)'),
    { ...properties('Shares with this property only; repeat it for several'), default: null },
    { ...properties('Shares of types with this extra spec only; repeat it for several', '--extra-spec'), default: null },
    flag('--long', 'More columns'),
    { ...option('--sort', 'Columns to sort by, each with an optional direction, asc or desc; name:asc unless given', '<key>[:<direction>]'), default: 'name:asc' },
    { ...option('--limit', 'So many shares at most', '<num-shares>'), type: int, action: 'non_negative' },
    option('--marker', 'Begin after this share (ID)', '<share>'),
    { ...option('--name~', 'Shares with this in their name'), dest: 'name~' },
    { ...option('--description~', 'Shares with this in their description'), dest: 'description~' },
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const columns = args.flag('long') ? LONG : SHORT;
    const project = args.string('project');
    const project_id = project ? await findProject(app, project, args.string('project_domain')) : undefined;
    const user = args.string('user');
    const user_id = user ? (await findUserIn(keystone(app), user, args.string('user_domain'))).id : undefined;
    const id = (kind: Kind, dest: string) => idIf(client, kind, args.string(dest));
    const search: Record<string, Value | undefined> = {
      all_tenants: Boolean(project) || args.flag('all_projects'),
      metadata: pairsOf(args),
      extra_specs: pairsOf(args, 'extra_spec'),
      limit: args.number('limit'),
      name: args.string('name'),
      status: args.string('status'),
      host: args.string('host'),
      share_type_id: await id(TYPES, 'share_type'),
      snapshot_id: await id(SNAPSHOTS, 'snapshot'),
      share_network_id: await id(NETWORKS, 'share_network'),
      share_group_id: await id(GROUPS, 'share_group'),
      share_server_id: await id(SERVERS, 'share_server'),
      is_public: args.flag('public'),
      project_id,
      user_id,
      offset: args.string('marker'),
      ...filters(client, args),
    };
    const shares = await client.list(SHARES.listKey, '/shares/detail', search);
    const sorted = sortItems(shares, args.string('sort') ?? '', (share, key) =>
      Object.hasOwn(share, key) ? str(share[key]) : undefined,
    );
    return {
      columns: columns.map(([, header]) => header),
      rows: sorted.map((share) => columns.map(([field]) => cell(share, field))),
      inList: true,
    };
  },
};

async function idIf(client: ManilaClient, kind: Kind, name: string | undefined): Promise<string | undefined> {
  return name ? idOf(await find(client, kind, name)) : undefined;
}

function filters(client: ManilaClient, args: ParsedArgs): Info {
  const found: Info = {};
  if (args.flag('soft_deleted'))
    client.require(69, 'Filtering soft deleted shares is only available with manila API version >= 2.69');
  if (client.atLeast(69)) found.is_soft_deleted = args.flag('soft_deleted');
  const location = args.string('export_location');
  if (location) {
    client.require(35, 'Filtering by export location is only available with manila API version >= 2.35');
    found[isUuidLike(location) ? 'export_location_id' : 'export_location_path'] = location;
  }
  for (const key of ['name~', 'description~']) {
    const text = args.string(key);
    if (text) client.require(36, PATTERNS);
    found[key] = text ?? null;
  }
  return found;
}

const PATTERNS =
  'Pattern based filtering (name~ and description~) is only available with manila API version >= 2.36';

function cell(share: Info, field: string): Value {
  return Object.hasOwn(share, field) ? (share[field] ?? null) : '';
}
