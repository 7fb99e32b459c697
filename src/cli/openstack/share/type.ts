/** `share type …`: manilaclient/osc/v2/share_types.py. */
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { repr } from '../../python';
import type { App } from '../app';
import type { ParsedArgs } from '../../arguments';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { boolFromString, flag, forEachOf, formatProperties, option, orFail, positional, row, several, words } from './common'; // prettier-ignore
import { TYPES } from './kinds';
import { find, idOf, manila, pathOf, type Info } from './manila';

const ATTRIBUTES = ['id', 'name', 'visibility', 'is_default', 'required_extra_specs', 'optional_extra_specs', 'description']; // prettier-ignore
const HEADERS = ['ID', 'Name', 'Visibility', 'Is Default', 'Required Extra Specs', 'Optional Extra Specs', 'Description']; // prettier-ignore
const BOOLEANS = [
  'snapshot_support',
  'create_share_from_snapshot_support',
  'revert_to_snapshot_support',
  'mount_snapshot_support',
];
/** What most of them are about. */
export const typeArgument = positional('share_type', '<share_type>', 'Share type (name or ID)');

function cells(info: Info, formatter: string | undefined): Cell[] {
  const required = (info.required_extra_specs ?? {}) as Info; // the API's contract
  const all = Object.entries((info.extra_specs ?? {}) as Info);
  const optional = Object.fromEntries(all.filter(([key]) => !Object.hasOwn(required, key)));
  const isTable = formatter === 'table';
  const shown = {
    ...info,
    visibility: info['share_type_access:is_public'] ? 'public' : 'private',
    required_extra_specs: isTable ? formatProperties(required) : required,
    optional_extra_specs: isTable ? formatProperties(optional) : optional,
  };
  return row(shown, ATTRIBUTES);
}

/** `extract_extra_specs`. @throws {@link CommandError} */
function specsOf(
  app: App,
  items: readonly string[],
  before: Record<string, string> = {},
): Record<string, string> {
  const specs = { ...before };
  for (const item of items) {
    const [, key, value] = /^([^=]*)=(.*)$/s.exec(item) ?? [];
    if (key === undefined || value === undefined) {
      app.log('error', 'Wrong format: specs should be key=value pairs.');
      throw new CommandError('None'); // what logging returns is what it throws
    }
    if (Object.hasOwn(specs, key)) throw new CommandError(`Argument '${key}' value specified twice.`);
    if (BOOLEANS.includes(key)) {
      if (boolFromString(value) === undefined)
        throw new CommandError(`Argument '${key}' is of boolean type and has invalid value: ${value}`);
      specs[key] = value.charAt(0).toUpperCase() + value.slice(1).toLowerCase();
    } else specs[key] = value;
  }
  return specs;
}

const ACCEPTED = "'0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'";

/** `openstack share type create` */
export const createType: ShowOneCommand = {
  name: 'share type create',
  upstream: 'manilaclient.osc.v2.share_types.CreateShareType',
  kind: 'show',
  description: 'Make a share type',
  arguments: [
    positional('name', '<name>', 'Name of the new type'),
    positional('spec_driver_handles_share_servers', '<spec_driver_handles_share_servers>', 'Whether the driver makes a server for its shares: true or false'),
    option('--description', 'What it is for'),
    option('--snapshot-support', 'Whether its shares can have snapshots', '<snapshot_support>'),
    option('--create-share-from-snapshot-support', 'Whether shares can begin with a snapshot', '<create_share_from_snapshot_support>'),
    { ...option('--revert-to-snapshot-support', 'Whether shares can go back to a snapshot; False unless given', '<revert_to_snapshot_support>'), default: false },
    { ...option('--mount-snapshot-support', 'Whether servers can use a snapshot; False unless given', '<mount_snapshot_support>'), default: false },
    words('--extra-specs', 'What the scheduler and the driver go by'),
    { ...option('--public', 'Whether all projects may use it; True unless given'), default: true },
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const text = args.string('spec_driver_handles_share_servers') ?? '';
    const dhss = boolFromString(text);
    if (dhss === undefined) {
      throw new CommandError(
        `Argument spec_driver_handles_share_servers argument is not valid: Unrecognized value ${repr(text)}, acceptable values are: ${ACCEPTED}`,
      );
    }
    const description = args.string('description');
    if (description)
      client.require(41, 'Adding description to share type is only available with API microversion >= 2.41');
    const isPublic =
      args.get('public') === true ? true : (boolFromString(args.string('public') ?? '') ?? true);
    const extra_specs: Record<string, unknown> = newSpecs(app, args);
    extra_specs.driver_handles_share_servers = dhss;
    if (!client.atLeast(24) && !Object.hasOwn(extra_specs, 'snapshot_support'))
      extra_specs.snapshot_support = true;
    const access = client.atLeast(7) ? 'share_type_access:is_public' : 'os-share-type-access:is_public';
    const share_type = {
      name: args.string('name'),
      [access]: isPublic,
      extra_specs,
      ...(description && { description }),
    };
    const info = await client.one('share_type', '/types', 'POST', { share_type });
    return { columns: ATTRIBUTES, values: cells(info, args.string('formatter')) };
  },
};

function newSpecs(app: App, args: ParsedArgs): Record<string, string> {
  let specs: Record<string, string> = {};
  for (const item of args.list('extra_specs')) {
    if (!item.includes('=')) throw new CommandError('not enough values to unpack (expected 2, got 1)'); // Python's words
    if (item.startsWith('driver_handles_share_servers='))
      throw new CommandError("'driver_handles_share_servers' is already set via positional argument.");
    specs = specsOf(app, [item], specs);
  }
  for (const key of BOOLEANS) {
    const value = args.string(key);
    if (value) specs = specsOf(app, [`${key}=${value}`], specs);
  }
  return specs;
}

/** `openstack share type delete` */
export const deleteType: PlainCommand = {
  name: 'share type delete',
  upstream: 'manilaclient.osc.v2.share_types.DeleteShareType',
  kind: 'command',
  description: 'Delete share types',
  arguments: [several('share_types', '<share_types>', 'Share types to delete (name or ID)')],
  async run(app, args) {
    const client = await manila(app);
    await forEachOf(
      app,
      args.list('share_types'),
      async (name) => {
        await client.send('DELETE', pathOf(TYPES, idOf(await find(client, TYPES, name))));
      },
      {
        failed: (name, why) => `Failed to delete share type with name or ID '${name}': ${why}`,
        total: (failed, all) => `${failed} of ${all} share types failed to delete.`,
      },
    );
  },
};

/** `openstack share type set` */
export const setType: PlainCommand = {
  name: 'share type set',
  upstream: 'manilaclient.osc.v2.share_types.SetShareType',
  kind: 'command',
  description: 'Change a share type',
  arguments: [
    typeArgument,
    words('--extra-specs', 'What the scheduler and the driver go by'),
    option('--public', 'Whether all projects may use it'),
    option('--description', 'New description'),
    option('--name', 'New name'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await find(client, TYPES, args.string('share_type') ?? ''));
    const [name, description, isPublic] = [
      args.string('name'),
      args.string('description'),
      args.string('public'),
    ];
    const needs = (what: string) =>
      client.require(50, `Setting ${what} to share type is only available with API microversion >= 2.50`);
    if (name !== undefined) needs('(new) name');
    if (description !== undefined) needs('(new) description');
    if (isPublic !== undefined) needs('visibility');
    if (name !== undefined || description !== undefined || isPublic !== undefined) {
      const share_type = {
        ...(name && { name }),
        ...(isPublic !== undefined && { 'share_type_access:is_public': boolFromString(isPublic) ?? true }),
        ...(description !== undefined && { description }),
      };
      await client.send('PUT', pathOf(TYPES, id), { share_type });
    }
    const items = args.list('extra_specs');
    if (items.length === 0) return;
    const extra_specs = specsOf(app, items);
    await orFail(
      (why) => `Failed to set share type key: ${why}`,
      () => client.send('POST', `${pathOf(TYPES, id)}/extra_specs`, { extra_specs }),
    );
  },
};

/** `openstack share type unset` */
export const unsetType: PlainCommand = {
  name: 'share type unset',
  upstream: 'manilaclient.osc.v2.share_types.UnsetShareType',
  kind: 'command',
  description: 'Remove extra specs of a share type',
  arguments: [typeArgument, several('extra_specs', '<key>', 'Extra specs to remove')],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await find(client, TYPES, args.string('share_type') ?? ''));
    await orFail(
      (why) => `Failed to remove share type extra spec: ${why}`,
      async () => {
        for (const key of args.list('extra_specs'))
          await client.send('DELETE', `${pathOf(TYPES, id)}/extra_specs/${encodeURI(key)}`);
      },
    );
  },
};

/** `openstack share type list` */
export const listType: ListerCommand = {
  name: 'share type list',
  upstream: 'manilaclient.osc.v2.share_types.ListShareType',
  kind: 'lister',
  description: 'List share types',
  arguments: [
    flag('--all', 'Private types of others, too (administrators only)'),
    words('--extra-specs', 'Types with these extra specs only'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const items = args.list('extra_specs');
    if (items.length > 0)
      client.require(
        43,
        "Filtering by 'extra_specs' is available only with API microversion '2.43' and above.",
      );
    const search = items.length > 0 ? { extra_specs: specsOf(app, items) } : {};
    const infos = await client.list('share_types', '/types', {
      ...search,
      ...(args.flag('all') && { is_public: 'all' }),
    });
    const formatter = args.string('formatter');
    return { columns: HEADERS, rows: infos.map((info) => cells(info, formatter)), inList: true };
  },
};

/** `openstack share type show` */
export const showType: ShowOneCommand = {
  name: 'share type show',
  upstream: 'manilaclient.osc.v2.share_types.ShowShareType',
  kind: 'show',
  description: 'Show everything about a share type',
  arguments: [typeArgument],
  async run(app, args) {
    const info = await find(await manila(app), TYPES, args.string('share_type') ?? '');
    return { columns: ATTRIBUTES, values: cells(info, args.string('formatter')) };
  },
};
