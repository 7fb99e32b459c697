/** openstackclient/network/v2/address_group.py and address_scope.py */
import { CommandError } from '../../errors';
import type { ParsedArgs } from '../../arguments';
import type { Command, PlainCommand, ShowOneCommand } from '../command';
import { arg, many, opt } from '../compute/options';
import { deleteCommand, listCommand, setCommand, showCommand, upstream } from './common';
import { cidr } from './cidr';
import {
  attributes,
  either,
  extraProperties,
  extraProperty,
  ipVersion,
  owner,
  projectOf,
  projectOptions,
} from './options';
import { find, network, show, update, type Shape, type Wire } from './sdk';
import { ADDRESS_GROUP, ADDRESS_SCOPE } from './shapes';

const groups = (name: string) => ({ thing: 'address group', upstream: upstream('address_group', name) });
const scopes = (name: string) => ({ thing: 'address scope', upstream: upstream('address_scope', name) });
const address = many('address', 'Address, or range of them (CIDR)', 'ip-address');

/** `_format_addresses` */
const addressesOf = (args: ParsedArgs): string[] =>
  args.list('address').map((text) => {
    const range = cidr(text);
    if (range === undefined) throw new CommandError(`invalid IPNetwork ${text}`);
    return range;
  });

/** `network create` and its like: one request. */
const create = (
  shape: Shape,
  { thing, upstream }: ReturnType<typeof groups>,
  description: string,
  options: ShowOneCommand['arguments'],
  attributesOf: (args: ParsedArgs) => Record<string, string | number | boolean | string[] | undefined>,
): ShowOneCommand => ({
  name: `${thing} create`,
  upstream,
  kind: 'show',
  description,
  arguments: [extraProperty, arg('name', `Name of the new ${thing}`), ...options],
  async run(app, args) {
    const wanted = { name: args.string('name') ?? '', ...attributesOf(args), ...(await projectOf(app, args)), ...extraProperties(args) };
    return show(shape, await network(app).create<Wire>(shape.kind, wanted));
  },
}); // prettier-ignore

const act = (action: string, args: ParsedArgs) => ({ action, addresses: addressesOf(args) });

const setGroup: PlainCommand = {
  name: 'address group set',
  upstream: upstream('address_group', 'SetAddressGroup'),
  kind: 'command',
  description: 'Change an address group',
  arguments: [
    extraProperty,
    arg('address_group', 'What to change (name or ID)'),
    opt('name', 'New name'),
    opt('description', 'New description'),
    address,
  ],
  async run(app, args) {
    const group = await find(app, ADDRESS_GROUP, args.string('address_group') ?? '');
    const wanted = {
      ...attributes(args, { name: 'name', description: 'description' }),
      ...extraProperties(args),
    };
    await update(app, ADDRESS_GROUP, group, wanted);
    const { addresses } = act('add', args);
    if (addresses.length > 0)
      await network(app).act(ADDRESS_GROUP.kind, group.id, 'add_addresses', { addresses });
  },
};

const unsetGroup: PlainCommand = {
  name: 'address group unset',
  upstream: upstream('address_group', 'UnsetAddressGroup'),
  kind: 'command',
  description: 'Take addresses out of an address group',
  arguments: [arg('address_group', 'What to change (name or ID)'), address],
  async run(app, args) {
    const group = await find(app, ADDRESS_GROUP, args.string('address_group') ?? '');
    const addresses = addressesOf(args);
    if (addresses.length > 0)
      await network(app).act(ADDRESS_GROUP.kind, group.id, 'remove_addresses', { addresses });
  },
};

const share = (things: string) =>
  either(
    ['share', `Let every project use the ${things}`],
    ['no-share', `Only the project that it belongs to uses the ${things}`],
  );
const SHARED = { share: ['shared', true], no_share: ['shared', false] } as const;

/** Commands about address groups and address scopes. */
export const addressCommands: readonly Command[] = [
  create(
    ADDRESS_GROUP,
    groups('CreateAddressGroup'),
    'Give addresses a name, for rules of security groups',
    [opt('description', 'What it is for'), address, ...owner],
    (args) => ({ ...attributes(args, { description: 'description?' }), addresses: addressesOf(args) }),
  ),
  deleteCommand(ADDRESS_GROUP, groups('DeleteAddressGroup')),
  listCommand(
    ADDRESS_GROUP,
    groups('ListAddressGroup'),
    [opt('name', 'Groups of this name only'), ...projectOptions('Groups of this project only (name or ID)')],
    [['ID', 'id'], ['Name', 'name'], ['Description', 'description'], ['Project', 'project_id'], ['Addresses', 'addresses']],
    {
      filters: async (app, args) => ({
        ...attributes(args, { name: 'name?' }),
        ...(await projectOf(app, args)),
      }),
    },
  ), // prettier-ignore
  setGroup,
  showCommand(ADDRESS_GROUP, groups('ShowAddressGroup')),
  unsetGroup,
  create(
    ADDRESS_SCOPE,
    scopes('CreateAddressScope'),
    'Make an address scope, within which no addresses overlap',
    [ipVersion('Version of IP (default: 4)', { default: 4 }), ...owner, ...share('scope')],
    (args) => attributes(args, { ip_version: 'ip_version', ...SHARED }) as Record<string, number | boolean>,
  ),
  deleteCommand(ADDRESS_SCOPE, scopes('DeleteAddressScope')),
  listCommand(
    ADDRESS_SCOPE,
    scopes('ListAddressScope'),
    [
      opt('name', 'Scopes of this name only'),
      ipVersion('Scopes of this version of IP only', { metavar: '<ip-version>' }),
      ...projectOptions('Scopes of this project only (name or ID)'),
      ...either(['share', 'Scopes only that every project uses'], ['no-share', 'Scopes only that not every project uses']),
    ],
    [['ID', 'id'], ['Name', 'name'], ['IP Version', 'ip_version'], ['Shared', 'is_shared'], ['Project', 'project_id']],
    {
      filters: async (app, args) => ({
        ...attributes(args, { name: 'name?', ip_version: 'ip_version', ...SHARED }),
        ...(await projectOf(app, args)),
      }),
    },
  ), // prettier-ignore
  setCommand(
    ADDRESS_SCOPE,
    scopes('SetAddressScope'),
    [opt('name', 'New name'), ...share('scope')],
    (_app, args) => attributes(args, { name: 'name', ...SHARED }),
    { tags: false },
  ),
  showCommand(ADDRESS_SCOPE, scopes('ShowAddressScope')),
];
