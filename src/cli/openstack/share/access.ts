/** `share access …`: manilaclient/osc/v2/share_access_rules.py. */
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import type { Value } from '../../python';
import type { ParsedArgs } from '../../arguments';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { checkAccess } from './access-to';
import { extractProperties, flag, formatProperties, keys, object, option, orFail, pairsOf, positional, properties, row, rows, words } from './common'; // prettier-ignore
import { RULES, SHARES } from './kinds';
import { action, find, get, idOf, manila, oscFind, pathOf, waitForDelete, waitForStatus, type Info, type ManilaClient } from './manila'; // prettier-ignore

const COLUMNS = ['id', 'share_id', 'access_level', 'access_to', 'access_type', 'state', 'access_key', 'created_at', 'updated_at', 'properties']; // prettier-ignore
const LEVELS = ['rw', 'ro'];
const RESTRICTED = 'Restricted access rules are only available starting from API version 2.82.';

function shown({ metadata, ...rule }: Info): { columns: readonly string[]; values: readonly Cell[] } {
  const properties = formatProperties((metadata ?? {}) as Info); // the API's contract
  return { columns: COLUMNS, values: row({ ...rule, properties }, COLUMNS) };
}

function getRule(client: ManilaClient, id: string): Promise<Info> {
  client.wraps(45, 'share_access_rules.ShareAccessRuleManager.get');
  return get(client, RULES, id);
}

/** `openstack share access create` */
export const createAccess: ShowOneCommand = {
  name: 'share access create',
  upstream: 'manilaclient.osc.v2.share_access_rules.ShareAccessAllow',
  kind: 'show',
  description: 'Let somebody use a share',
  arguments: [
    positional('share', '<share>', 'Share (name or ID)'),
    positional('access_type', '<access_type>', 'How they are known: ip, user (or group), cert or cephx'),
    positional('access_to', '<access_to>', 'Who: an address or a network, a name, a common name, an ID'),
    words('--properties', 'Properties of the rule'),
    { ...option('--access-level', 'rw to read and write, ro to read only; rw unless given', '<access_level>'), choices: LEVELS },
    flag('--wait', 'Return when the rule is in force'),
    flag('--lock-visibility', 'Hide from others who it is for'),
    flag('--lock-deletion', 'Nobody deletes the rule before the lock'),
    option('--lock-reason', 'Why', '<lock_reason>'),
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const share = await find(client, SHARES, args.string('share') ?? '');
    const locks = locksOf(client, args);
    const given = args.list('properties');
    if (given.length > 0)
      client.require(
        45,
        'Adding properties to access rules is supported only with API microversion 2.45 and beyond',
      );
    const properties = extractProperties(given);
    return orFail(
      (why) => `Failed to create access to share '${object('Share', share)}': ${why}`,
      async () => {
        const access_type = args.string('access_type') ?? '';
        const access_to = args.string('access_to') ?? '';
        checkAccess(client, access_type, access_to);
        const access_level = args.string('access_level');
        const { access } = await action(client, SHARES, idOf(share), 'allow_access', {
          access_type,
          access_to,
          ...(access_level && { access_level }),
          ...(given.length > 0 && { metadata: properties }),
          ...locks,
        });
        const rule = access as Info; // the API's contract
        if (!args.flag('wait')) return shown(rule);
        const ready = await waitForStatus(client, () => getRule(client, idOf(rule)), { field: 'state' });
        if (!ready) app.log('error', 'ERROR: Share access rule is in error state.');
        return shown(await oscFind(client, RULES, idOf(rule)));
      },
    );
  },
};

function locksOf(client: ManilaClient, args: ParsedArgs): Record<string, unknown> {
  const [visibility, deletion, reason] = [
    args.flag('lock_visibility'),
    args.flag('lock_deletion'),
    args.string('lock_reason'),
  ];
  if (visibility || deletion || reason) client.require(82, RESTRICTED);
  if (reason && !visibility && !deletion)
    throw new CommandError('Lock reason can only be set while locking the deletion or visibility.');
  return {
    ...(visibility && { lock_visibility: true }),
    ...(deletion && { lock_deletion: true }),
    ...(reason && { lock_reason: reason }),
  };
}

/** `openstack share access delete` */
export const deleteAccess: PlainCommand = {
  name: 'share access delete',
  upstream: 'manilaclient.osc.v2.share_access_rules.ShareAccessDeny',
  kind: 'command',
  description: 'Delete an access rule of a share',
  arguments: [
    positional('share', '<share>', 'Share (name or ID)'),
    positional('id', '<id>', 'Rule to delete (ID)'),
    flag('--wait', 'Return when it is gone'),
    flag('--unrestrict', 'Although it is locked'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const share = await find(client, SHARES, args.string('share') ?? '');
    const access_id = args.string('id') ?? '';
    if (args.flag('unrestrict')) client.require(82, RESTRICTED);
    await orFail(
      (why) => `Failed to delete share access rule for share '${object('Share', share)}': ${why}`,
      async () => {
        const unrestrict = args.flag('unrestrict') ? { unrestrict: true } : {};
        await action(client, SHARES, idOf(share), 'deny_access', { access_id, ...unrestrict });
        if (args.flag('wait') && !(await waitForDelete(client, () => getRule(client, access_id))))
          throw new CommandError(`Failed to delete share access rule with ID: ${access_id}`);
      },
    );
  },
};

const FILTERS = ['access_type', 'access_key', 'access_to', 'access_level'];

/** `openstack share access list` */
export const listAccess: ListerCommand = {
  name: 'share access list',
  upstream: 'manilaclient.osc.v2.share_access_rules.ListShareAccess',
  kind: 'lister',
  description: 'List who may use a share',
  arguments: [
    positional('share', '<share>', 'Share (name or ID)'),
    words('--properties', 'Rules with these properties only'),
    option('--access-type', 'Rules of this type only', '<access_type>'),
    option('--access-key', 'Rules of this key only', '<access_key>'),
    option('--access-to', 'Rules for these only', '<access_to>'),
    option('--access-level', 'Rules of this level only', '<access_level>'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const share = await find(client, SHARES, args.string('share') ?? '');
    const given = FILTERS.filter((key) => args.string(key));
    if (given.length > 0) {
      client.require(
        82,
        'Filtering access rules by access_type, access_key, access_to and access_level is available starting from API version 2.82.',
      );
    }
    const infos = await rules(client, share, args, given);
    const columns = ['ID', 'Access Type', 'Access To', 'Access Level', 'State'];
    if (client.atLeast(21)) columns.push('Access Key');
    if (client.atLeast(33)) columns.push('Created At', 'Updated At');
    return rows(infos, columns);
  },
};

async function rules(
  client: ManilaClient,
  share: Info,
  args: ParsedArgs,
  given: readonly string[],
): Promise<Info[]> {
  const words = args.list('properties');
  if (client.atLeast(45)) {
    const search: Record<string, Value> =
      words.length > 0
        ? { metadata: extractProperties(words) }
        : Object.fromEntries(given.map((key) => [key, args.string(key) ?? null]));
    return client.list('access_list', RULES.path, { ...search, share_id: idOf(share) });
  }
  if (words.length > 0) {
    throw new CommandError(
      'Filtering access rules by properties is supported only with API microversion 2.45 and beyond.',
    );
  }
  return (await action(client, SHARES, idOf(share), 'access_list')).access_list as Info[]; // the API's contract
}

const rule = positional('access_id', '<access_id>', 'Rule (ID)');

/** `openstack share access show` */
export const showAccess: ShowOneCommand = {
  name: 'share access show',
  upstream: 'manilaclient.osc.v2.share_access_rules.ShowShareAccess',
  kind: 'show',
  description: 'Show everything about an access rule',
  arguments: [rule],
  async run(app, args) {
    const client = await manila(app);
    client.require(
      45,
      'Displaying share access rule details is only available with API microversion 2.45 and higher.',
    );
    return shown(await getRule(client, args.string('access_id') ?? ''));
  },
};

/** `openstack share access set` */
export const setAccess: PlainCommand = {
  name: 'share access set',
  upstream: 'manilaclient.osc.v2.share_access_rules.SetShareAccess',
  kind: 'command',
  description: 'Change an access rule',
  arguments: [
    rule,
    properties('Property to set on the rule; repeat it for several'),
    {
      ...option('--access-level', 'rw to read and write, ro to read only', '<access_level>'),
      choices: LEVELS,
    },
  ],
  async run(app, args) {
    const client = await manila(app);
    const pairs = pairsOf(args);
    const hasPairs = Object.keys(pairs).length > 0;
    const access_level = args.string('access_level');
    if (hasPairs) {
      client.require(
        45,
        'Setting properties to access rule is supported only with API microversion 2.45 and higher',
      );
    }
    if (access_level) {
      client.require(
        88,
        'Setting access level to access rule is supported only with API microversion 2.88 and higher',
      );
    }
    const id = idOf(await getRule(client, args.string('access_id') ?? ''));
    if (hasPairs) {
      await orFail(
        (why) => `Failed to set properties to share access rule with ID '${id}': ${why}`,
        () => client.send('PUT', `${pathOf(RULES, id)}/metadata`, { metadata: pairs }),
      );
    }
    if (access_level) {
      await orFail(
        (why) => `Failed to set access level to share access rule with ID '${id}': ${why}`,
        () => client.send('PUT', pathOf(RULES, id), { update_access: { access_level } }),
      );
    }
  },
};

/** `openstack share access unset` */
export const unsetAccess: PlainCommand = {
  name: 'share access unset',
  upstream: 'manilaclient.osc.v2.share_access_rules.UnsetShareAccess',
  kind: 'command',
  description: 'Remove properties of an access rule',
  arguments: [rule, keys('Property to remove; repeat it for several')],
  async run(app, args) {
    const client = await manila(app);
    client.require(
      45,
      'Option to unset properties of access rule is available only for API microversion 2.45 and higher',
    );
    const id = idOf(await getRule(client, args.string('access_id') ?? ''));
    const gone = args.list('property');
    if (gone.length === 0) throw new CommandError("Please specify '--property <key>' to unset a property. ");
    await orFail(
      (why) => `Failed to unset properties for share access rule with ID '${id}': ${why}`,
      async () => {
        for (const key of gone)
          await client.send('DELETE', `${pathOf(RULES, id)}/metadata/${encodeURI(key)}`);
      },
    );
  },
};
