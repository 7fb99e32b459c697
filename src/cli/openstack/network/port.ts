/** openstackclient/network/v2/port.py */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { repr, type Value } from '../../python';
import type { App } from '../app';
import type { Command, ShowOneCommand } from '../command';
import { arg, flag, opt } from '../compute/options';
import { row, type Fields } from '../compute/sdk';
import { deleteCommand, setCommand, upstream } from './common';
import { listPort } from './port-list';
import {
  FIXED,
  addressPairs,
  allowedAddress,
  attributesOf,
  bindingProfile,
  dhcpOption,
  dhcpOptions,
  fixedIp,
  groupIds,
  groups,
  hintsOf,
  portSecurity,
  qosPolicy,
  updatable,
  uplink,
} from './port-options';
import {
  attributes,
  either,
  extraProperties,
  extraProperty,
  owner,
  tagsForCreate,
  tagsForSet,
  tagsForUnset,
  updateTags,
} from './options';
import { find, findId, network, orMissingExtension, update, view, type Wire } from './sdk';
import { EXTENSION, PORT } from './shapes';
import { fixedIps, same } from './subnet';

const words = (name: string) => ({ thing: 'port', upstream: upstream('port', name) });
const createPort: ShowOneCommand = {
  name: 'port create',
  upstream: upstream('port', 'CreatePort'),
  kind: 'show',
  description: 'Make a port, which a server or a router can be plugged into',
  arguments: [
    extraProperty,
    opt('network', 'Network that it is on (name or ID)', 'network', { required: true }),
    ...updatable,
    fixedIp('Subnet (name or ID) to have an address of, or the address itself, or both', FIXED, { exclusive: 'fixed ip' }),
    flag('no-fixed-ip', 'Have no address', { exclusive: 'fixed ip' }),
    bindingProfile,
    ...either(['enable', 'Switch it on (default)', { default: true }], ['disable', 'Switch it off']),
    ...uplink,
    ...owner,
    arg('name', 'Name of the new port'),
    dhcpOption,
    groups('Security group to be in', { exclusive: 'group' }),
    { names: ['--no-security-group'], dest: 'security_groups', action: 'store_const', const: [], exclusive: 'group', help: 'Be in no security group' },
    qosPolicy,
    ...portSecurity,
    allowedAddress('Address that it may send from beside its own'),
    opt('device-profile', 'Device profile of Cyborg'),
    opt('hardware-offload-type', 'What the card is to do by itself'),
    ...tagsForCreate('port'),
  ], // prettier-ignore
  async run(app, args) {
    const network_id = await findId(app, 'Network', args.string('network') ?? '');
    const ips = await fixedIps(app, args);
    const wanted: Fields = { ...(await attributesOf(app, args)), network_id };
    const profile = args.get('binding_profile') as Fields | undefined; // the fold makes it
    if (profile != null) wanted['binding:profile'] = profile;
    if (ips.length > 0) wanted.fixed_ips = ips;
    else if (args.flag('no_fixed_ip')) wanted.fixed_ips = [];
    if (Array.isArray(args.get('security_groups')))
      wanted.security_groups = await groupIds(app, args.list('security_groups'));
    const pairs = addressPairs(args);
    if (pairs.length > 0) wanted.allowed_address_pairs = pairs;
    Object.assign(wanted, dhcpOptions(args));
    const policy = args.string('qos_policy');
    if (policy) wanted.qos_policy_id = await findId(app, 'QoSPolicy', policy);
    Object.assign(wanted, await hintsOf(app, args));
    const extension = 'tag-ports-during-bulk-creation';
    const tagged = (await network(app).find({ ...EXTENSION.kind }, extension)) !== undefined;
    if (tagged && args.flag('no_tag')) wanted.tags = [];
    if (tagged && args.list('tags').length > 0) wanted.tags = [...new Set(args.list('tags'))];
    Object.assign(wanted, extraProperties(args));
    // the SDK knows security groups by another name than the one that would need the extension
    const { security_groups: _groups, ...checked } = wanted;
    const made = await orMissingExtension(app, checked, () => network(app).create<Wire>(PORT.kind, wanted));
    return shown(tagged ? made : await updateTags(app, PORT, made, args));
  },
};

function shown(wire: Wire): { columns: string[]; values: Cell[] } {
  const names = Object.fromEntries(Object.entries(PORT.names ?? {}).map(([sdk, osc]) => [osc, sdk]));
  const fields = PORT.columns.map((column) => names[column] ?? column);
  return { columns: [...PORT.columns], values: row(view(PORT, wire), fields, PORT.formatters) };
}

async function changesOf(app: App, args: ParsedArgs, before: Fields, ips: Fields[]): Promise<Fields> {
  const wanted = await attributesOf(app, args);
  /** What is there already, unless it is to go, and what comes. */
  const joined = (clear: boolean, name: string, fresh: readonly Value[]): void => {
    if (!clear && fresh.length === 0) return;
    const old = clear ? [] : ((before[name] ?? []) as Value[]); // the API's contract
    wanted[name] = [...old, ...fresh];
  };
  const profile = args.get('binding_profile') as Fields | undefined; // the fold makes it
  if (args.flag('no_binding_profile')) wanted['binding:profile'] = {};
  if (profile && Object.keys(profile).length > 0) {
    const old = wanted['binding:profile'] ?? before['binding:profile'] ?? null;
    // only administrators see it
    if (old === null) throw new CommandError("'NoneType' object has no attribute 'update'");
    wanted['binding:profile'] = { ...(old as Fields), ...profile };
  }
  joined(args.flag('no_fixed_ip'), 'fixed_ips', ips);
  joined(
    args.flag('no_security_group'),
    'security_groups',
    await groupIds(app, args.list('security_groups')),
  );
  joined(args.flag('no_allowed_address_pair'), 'allowed_address_pairs', addressPairs(args));
  return {
    ...wanted,
    ...dhcpOptions(args),
    ...attributes(args, { data_plane_status: 'data_plane_status?' }),
    ...(await hintsOf(app, args)),
  };
}

const setPort: Command = {
  name: 'port set',
  upstream: upstream('port', 'SetPort'),
  kind: 'command',
  description: 'Change a port',
  arguments: [
    extraProperty,
    ...updatable,
    ...either(['enable', 'Switch it on'], ['disable', 'Switch it off']),
    opt('name', 'New name'),
    fixedIp('Subnet (name or ID) to have an address of, or the address itself, or both'),
    flag('no-fixed-ip', 'Take all addresses away, before --fixed-ip gives new ones'),
    bindingProfile,
    flag('no-binding-profile', 'Take all notes away, before --binding-profile makes new ones'),
    qosPolicy,
    arg('port', 'What to change (name or ID)'),
    groups('Security group to be in'),
    flag('no-security-group', 'Leave all security groups, before --security-group names new ones'),
    ...portSecurity,
    allowedAddress('Address that it may send from beside its own'),
    flag('no-allowed-address', 'Take all such addresses away, before --allowed-address gives new ones', { dest: 'no_allowed_address_pair' }),
    dhcpOption,
    opt('data-plane-status', 'Whether packets flow: ACTIVE or DOWN', 'status', { choices: ['ACTIVE', 'DOWN'] }),
    ...uplink,
    ...tagsForSet('port'),
  ], // prettier-ignore
  async run(app, args) {
    const ips = await fixedIps(app, args);
    const before = await find(app, PORT, args.string('port') ?? '');
    const wanted = { ...(await changesOf(app, args, before, ips)), ...extraProperties(args) };
    const { security_groups: _groups, ...checked } = wanted;
    const after = await orMissingExtension(app, checked, () => update(app, PORT, before, wanted));
    await updateTags(app, PORT, after, args);
  },
};

/** What unset asks for: the lists without what is named. */
async function restOf(app: App, args: ParsedArgs, before: Fields): Promise<Fields> {
  const wanted: Fields = {};
  const without = (name: string, gone: readonly Value[], missing: (one: Value) => string): void => {
    if (gone.length === 0) return;
    const rest = [...((before[name] ?? []) as Value[])]; // the API's contract
    for (const one of gone) {
      const at = rest.findIndex((other) => same(other, one));
      if (at < 0) throw new CommandError(`Port does not contain ${missing(one)}`);
      rest.splice(at, 1);
    }
    wanted[name] = rest;
  };
  without('fixed_ips', await fixedIps(app, args), (ip) => `fixed-ip ${repr(ip)}`);
  const keys = args.list('binding_profile');
  if (keys.length > 0) {
    // only administrators see it
    if (before['binding:profile'] == null)
      throw new CommandError("'NoneType' object does not support item deletion");
    const profile = { ...(before['binding:profile'] as Record<string, Value>) }; // the API's contract
    for (const key of keys) {
      if (!(key in profile)) throw new CommandError(`Port does not contain binding-profile ${key}`);
      delete profile[key];
    }
    wanted['binding:profile'] = profile;
  }
  for (const group of args.list('security_groups')) {
    const id = await findId(app, 'SecurityGroup', group);
    const left = (wanted.security_groups ?? before.security_groups ?? []) as string[]; // the API's contract
    if (!left.includes(id)) throw new CommandError(`Port does not contain security group ${group}`);
    wanted.security_groups = left.filter((one) => one !== id);
  }
  without('allowed_address_pairs', addressPairs(args), (pair) => `allowed-address-pair ${repr(pair)}`);
  return {
    ...wanted,
    ...attributes(args, {
      qos_policy: ['qos_policy_id', null], data_plane_status: ['data_plane_status', null],
      numa_policy: ['numa_affinity_policy', null], host: ['binding:host_id', null], hints: ['hints', null],
    }),
  }; // prettier-ignore
}

/** Commands about ports. */
export const portCommands: readonly Command[] = [
  createPort,
  deleteCommand(PORT, words('DeletePort')),
  listPort,
  setPort,
  {
    name: 'port show',
    upstream: upstream('port', 'ShowPort'),
    kind: 'show',
    description: 'Show everything about a port',
    arguments: [arg('port', 'What to show (name or ID)')],
    run: async (app, args) => shown(await find(app, PORT, args.string('port') ?? '')),
  },
  setCommand(
    PORT,
    words('UnsetPort'),
    [
      fixedIp('Address to take away, by its subnet (name or ID), itself, or both'),
      opt('binding-profile', 'Note to take away; repeat it for several', 'binding-profile-key', {
        action: 'append',
      }),
      groups('Security group to leave'),
      allowedAddress('Address that it may no longer send from'),
      flag('qos-policy', 'Take the QoS policy away', { default: false }),
      flag('data-plane-status', 'Forget whether packets flow'),
      flag('numa-policy', 'Take the NUMA policy away'),
      flag('host', 'Take it off its host', { default: false }),
      flag('hints', 'Take all hints away', { default: false }),
      ...tagsForUnset('port'),
      arg('port', 'What to change (name or ID)'),
    ],
    restOf,
    { verb: 'unset' },
  ),
];
