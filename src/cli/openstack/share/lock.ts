/** `share lock …`: manilaclient/osc/v2/resource_locks.py. */
import { int } from '../../arguments';
import { message } from '../../messages';
import { CommandError } from '../../errors';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { fields, flag, object, option, positional, row, rows, several } from './common';
import { LOCKS, RULES, SHARES, type Kind } from './kinds';
import { find, idOf, isUuidLike, manila, oscFind, pathOf, type Info, type ManilaClient } from './manila'; // prettier-ignore

const SUMMARY = ['ID', 'Resource Id', 'Resource Type', 'Resource Action'];
const DETAIL = [
  ...SUMMARY,
  'Lock Context',
  'User Id',
  'Project Id',
  'Created At',
  'Updated At',
  'Lock Reason',
];
// What manilaclient takes: it forgot a comma.
const SORT_KEYS = ['id', 'created_at', 'updated_at', 'resource_id', 'resource_type', 'resource_actionlock_reason']; // prettier-ignore
const KINDS: Readonly<Record<string, Kind>> = { share: SHARES, access_rule: RULES };

function kindOf(type: string): Kind {
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind === undefined) throw new CommandError('Unsupported resource type');
  return kind;
}

function wraps(client: ManilaClient, method: string): void {
  client.wraps(81, `resource_locks.ResourceLockManager.${method}`);
}

const reason = (help: string) => ({
  names: ['--lock-reason', '--lock_reason', '--reason'] as const,
  metavar: '<lock_reason>',
  help,
});
const lock = positional('lock', '<lock>', 'Lock (ID)');

/** `openstack share lock create` */
export const createLock: ShowOneCommand = {
  name: 'share lock create',
  upstream: 'manilaclient.osc.v2.resource_locks.CreateResourceLock',
  kind: 'show',
  description: 'Keep something from being done to a share or to an access rule',
  arguments: [
    positional('resource', '<resource_name_or_id>', 'What to lock (name or ID)'),
    positional('resource_type', '<resource_type>', 'What it is: share or access_rule'),
    { names: ['--resource-action', '--resource_action'], metavar: '<resource_action>', default: 'delete', help: 'What nobody shall do; delete unless given' },
    reason('Why'),
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const resource_type = args.string('resource_type') ?? '';
    const kind = kindOf(resource_type);
    const resource = await oscFind(client, kind, args.string('resource') ?? '');
    wraps(client, 'create');
    const resource_lock = {
      resource_id: resource.id,
      resource_type,
      resource_action: args.string('resource_action'),
      lock_reason: args.string('lock_reason') ?? null,
    };
    return fields(await client.one('resource_lock', '/resource-locks', 'POST', { resource_lock }));
  },
};

async function findLock(client: ManilaClient, id: string): Promise<Info> {
  wraps(client, isUuidLike(id) ? 'get' : 'list');
  return find(client, LOCKS, id);
}

/** `openstack share lock delete` */
export const deleteLock: PlainCommand = {
  name: 'share lock delete',
  upstream: 'manilaclient.osc.v2.resource_locks.DeleteResourceLock',
  kind: 'command',
  description: 'Delete locks',
  arguments: [several('lock', '<lock>', 'Locks to delete (ID)')],
  async run(app, args) {
    const client = await manila(app);
    let failed = false;
    for (const id of args.list('lock')) {
      let shown = id;
      try {
        const found = await findLock(client, id);
        shown = object('ResourceLock', found);
        await client.send('DELETE', pathOf(LOCKS, idOf(found)));
      } catch (error) {
        failed = true;
        app.log('error', `Failed to delete ${shown}: ${message(error)}`);
      }
    }
    if (failed) throw new CommandError('Unable to delete some or all of the specified locks.');
  },
};

/** `openstack share lock list` */
export const listLock: ListerCommand = {
  name: 'share lock list',
  upstream: 'manilaclient.osc.v2.resource_locks.ListResourceLock',
  kind: 'lister',
  description: 'List locks',
  arguments: [
    flag('--all-projects', 'Locks of all projects (administrators only)'),
    option('--project', 'Locks of this project only (administrators only)', 'PROJECT'),
    option('--user', 'Locks of this user only (administrators only)', 'USER'),
    option('--id', 'The lock of this ID only'),
    { names: ['--resource', '--resource-id', '--resource_id'], metavar: '<resource-id>', dest: 'resource', help: 'Locks of this share or rule only (ID; a name, with --resource-type)' },
    { names: ['--resource-type', '--resource_type'], metavar: '<resource_type>', help: 'Locks of shares or of access rules only' },
    { names: ['--resource-action', '--resource_action'], metavar: '<resource_action>', help: 'Locks against this only' },
    { names: ['--lock-context', '--lock_context', '--context'], metavar: '<lock_context>', choices: ['user', 'admin', 'service'], help: 'Locks that such a one made only' },
    option('--since', 'Locks of this time and later only, in ISO 8601', '<created_since>'),
    option('--before', 'Locks before this time only, in ISO 8601', '<created_before>'),
    { ...option('--limit', 'So many locks at most'), type: int },
    option('--offset', 'Leave out so many'),
    { names: ['--sort-key', '--sort_key'], metavar: '<sort_key>', choices: SORT_KEYS, help: 'What to sort by' },
    { names: ['--sort-dir', '--sort_dir'], metavar: '<sort_dir>', choices: ['asc', 'desc'], help: 'Direction to sort in' },
    { names: ['--detailed'], metavar: '<0|1>', nargs: '?', type: int, const: 1, default: 0, help: 'More columns' },
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    if (args.string('project') || args.string('user'))
      throw new CommandError("name 'identity_client' is not defined"); // a mistake of manilaclient
    const [resource, resource_type] = [args.string('resource'), args.string('resource_type')];
    let resource_id = resource;
    if (resource_type !== undefined) {
      const kind = kindOf(resource_type);
      if (resource !== undefined) resource_id = idOf(await oscFind(client, kind, resource));
    } else if (resource && !isUuidLike(resource)) {
      throw new CommandError('Provide resource ID or specify --resource-type.');
    }
    wraps(client, 'list');
    const infos = await client.list(LOCKS.listKey, LOCKS.path, {
      all_projects: args.flag('all_projects'),
      id: args.string('id'),
      resource_id,
      resource_type,
      resource_action: args.string('resource_action'),
      lock_context: args.string('lock_context'),
      created_before: args.string('before'),
      created_since: args.string('since'),
      limit: args.number('limit'),
      offset: args.string('offset'),
      sort_key: args.string('sort_key') || 'created_at',
      sort_dir: args.string('sort_dir') || 'desc',
    });
    return rows(infos, args.number('detailed') ? DETAIL : SUMMARY);
  },
};

/** `openstack share lock show` */
export const showLock: ShowOneCommand = {
  name: 'share lock show',
  upstream: 'manilaclient.osc.v2.resource_locks.ShowResourceLock',
  kind: 'show',
  description: 'Show everything about a lock',
  arguments: [lock],
  async run(app, args) {
    const info = await findLock(await manila(app), args.string('lock') ?? '');
    return { columns: DETAIL, values: row(info, DETAIL) };
  },
};

function update(client: ManilaClient, id: string, resource_lock: Record<string, string | null>) {
  wraps(client, 'update');
  return client.send('PUT', pathOf(LOCKS, id), { resource_lock });
}

/** `openstack share lock set` */
export const setLock: PlainCommand = {
  name: 'share lock set',
  upstream: 'manilaclient.osc.v2.resource_locks.SetResourceLock',
  kind: 'command',
  description: 'Change a lock',
  arguments: [
    lock,
    { names: ['--resource-action', '--resource_action'], metavar: '<resource_action>', help: 'What nobody shall do' },
    { ...reason('Why'), metavar: 'LOCK_REASON', dest: 'lock_reason' },
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const [resource_action, lock_reason] = [args.string('resource_action'), args.string('lock_reason')];
    if (resource_action === undefined && lock_reason === undefined) return;
    await update(client, args.string('lock') ?? '', {
      ...(lock_reason !== undefined && { lock_reason }),
      ...(resource_action !== undefined && { resource_action }),
    });
  },
};

/** `openstack share lock unset` */
export const unsetLock: PlainCommand = {
  name: 'share lock unset',
  upstream: 'manilaclient.osc.v2.resource_locks.UnsetResourceLock',
  kind: 'command',
  description: 'Remove the reason of a lock',
  arguments: [
    lock,
    { names: reason('').names, dest: 'lock_reason', action: 'store_true', default: false, help: 'Remove it' },
  ],
  async run(app, args) {
    const client = await manila(app);
    if (args.flag('lock_reason')) await update(client, args.string('lock') ?? '', { lock_reason: null });
  },
};
