/** openstackclient/network/v2/subnet_pool.py */
import { int, type ArgumentSpec, type ParsedArgs } from '../../arguments';
import type { Value } from '../../python';
import type { App } from '../app';
import type { Command, ShowOneCommand } from '../command';
import { arg, flag, num, opt, project, projectDomain } from '../compute/options';
import type { Fields } from '../compute/sdk';
import {
  deleteCommand,
  listCommand,
  long,
  setCommand,
  showCommand,
  unsetTagsCommand,
  upstream,
} from './common';
import {
  attributes,
  either,
  extraProperties,
  extraProperty,
  owner,
  projectOf,
  tagFilters,
  tagFiltersOf,
  tagsForCreate,
  tagsForSet,
  updateTags,
} from './options';
import { findId, network, show, type Wire } from './sdk';
import { SUBNET_POOL } from './shapes';

const words = (name: string) => ({ thing: 'subnet pool', upstream: upstream('subnet_pool', name) });
const length = (which: string): ArgumentSpec =>
  opt(`${which}-prefix-length`, `Length of the prefix of a subnet: ${which}`, undefined, { type: int, action: 'non_negative' }); // prettier-ignore
const prefixes = (required: boolean): ArgumentSpec[] => [
  opt('pool-prefix', 'Range that it has (CIDR); repeat it for several', 'pool-prefix', { action: 'append', dest: 'prefixes', required }),
  length('default'),
  length('min'),
  length('max'),
]; // prettier-ignore
const isDefault = either(
  ['default', 'The pool that is taken when none is named'],
  ['no-default', 'Not that one'],
);
const quota = num('default-quota', 'How many addresses a project may have of it', 'num-ip-addresses');
const scope = 'Address scope that it belongs to (name or ID)';

async function attributesOf(app: App, args: ParsedArgs): Promise<Fields> {
  const addressScope = args.string('address_scope');
  const wanted = attributes(args, {
    name: 'name', prefixes: 'prefixes', default_prefix_length: 'default_prefixlen', min_prefix_length: 'min_prefixlen',
    max_prefix_length: 'max_prefixlen', no_address_scope: ['address_scope_id', null], default: ['is_default', true],
    no_default: ['is_default', false], share: ['shared', true], no_share: ['shared', false],
    description: 'description', default_quota: 'default_quota',
  }); // prettier-ignore
  if (addressScope !== undefined) wanted.address_scope_id = await findId(app, 'AddressScope', addressScope);
  return { ...wanted, ...(await projectOf(app, args)) };
}

const createSubnetPool: ShowOneCommand = {
  name: 'subnet pool create',
  upstream: upstream('subnet_pool', 'CreateSubnetPool'),
  kind: 'show',
  description: 'Make a pool that ranges of subnets are taken from',
  arguments: [
    extraProperty,
    arg('name', 'Name of the new pool'),
    ...prefixes(true),
    ...owner,
    opt('address-scope', scope),
    ...isDefault,
    ...either(['share', 'Let every project use it'], ['no-share', 'Only the project that it belongs to uses it']),
    opt('description', 'What it is for'),
    quota,
    ...tagsForCreate('subnet pool'),
  ], // prettier-ignore
  async run(app, args) {
    const wanted = { ...(await attributesOf(app, args)), ...extraProperties(args) };
    const made = await network(app).create<Wire>(SUBNET_POOL.kind, wanted);
    return show(SUBNET_POOL, await updateTags(app, SUBNET_POOL, made, args));
  },
};

/** Commands about subnet pools. */
export const subnetPoolCommands: readonly Command[] = [
  createSubnetPool,
  deleteCommand(SUBNET_POOL, words('DeleteSubnetPool')),
  listCommand(
    SUBNET_POOL,
    words('ListSubnetPool'),
    [
      long,
      ...either(['share', 'Pools only that every project uses'], ['no-share', 'Pools only that not every project uses']),
      ...either(['default', 'The default pools only'], ['no-default', 'No default pools']),
      project('Pools of this project only (name or ID)'),
      projectDomain,
      opt('name', 'Pools of this name only'),
      opt('address-scope', 'Pools of this address scope only (name or ID)'),
      ...tagFilters('subnet pools'),
    ],
    [['ID', 'id'], ['Name', 'name'], ['Prefixes', 'prefixes']],
    {
      long: [
        ['Default Prefix Length', 'default_prefix_length'], ['Address Scope', 'address_scope_id'],
        ['Default Subnet Pool', 'is_default'], ['Shared', 'is_shared'], ['Tags', 'tags'],
      ],
      async filters(app, args) {
        const filters = {
          ...attributes(args, {
            no_share: ['shared', false], share: ['shared', true], no_default: ['is_default', false],
            default: ['is_default', true],
          }),
          ...(await projectOf(app, args, false)),
          ...attributes(args, { name: 'name' }),
        };
        const addressScope = args.string('address_scope');
        if (addressScope) filters.address_scope_id = await findId(app, 'AddressScope', addressScope);
        return { ...filters, ...tagFiltersOf(args) };
      },
    },
  ), // prettier-ignore
  setCommand(
    SUBNET_POOL,
    words('SetSubnetPool'),
    [
      opt('name', 'New name'),
      ...prefixes(false),
      opt('address-scope', scope, 'address-scope', { exclusive: 'scope' }),
      flag('no-address-scope', 'Take it out of its address scope', { exclusive: 'scope' }),
      ...isDefault,
      opt('description', 'New description'),
      quota,
      ...tagsForSet('subnet pool'),
    ],
    async (app, args, before) => {
      const wanted = await attributesOf(app, args);
      const fresh = wanted.prefixes as Value[] | undefined; // an option that is appended to
      return fresh ? { ...wanted, prefixes: [...fresh, ...(before.prefixes as Value[])] } : wanted;
    },
  ),
  showCommand(SUBNET_POOL, words('ShowSubnetPool')),
  unsetTagsCommand(SUBNET_POOL, words('UnsetSubnetPool')),
];
