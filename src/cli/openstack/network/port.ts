/** openstackclient/network/v2/port.py */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { FormattableColumn, ListDictColumn, type Cell } from '../../formatters/columns';
import { repr, type Value } from '../../python';
import type { App } from '../app';
import type { Command, ListerCommand, ShowOneCommand } from '../command';
import { arg, flag, opt, project, projectDomain } from '../compute/options';
import { row, type Fields } from '../compute/sdk';
import { deleteCommand, long, setCommand, upstream } from './common';
import { networkFilter } from './network';
import {
  attributes,
  commaValues,
  either,
  extraProperties,
  extraProperty,
  jsonOrPair,
  keyed,
  owner,
  pairsOf,
  projectOf,
  tagFilters,
  tagFiltersOf,
  tagsForCreate,
  tagsForSet,
  tagsForUnset,
  updateTags,
} from './options';
import { find, findId, list, network, orMissingExtension, rows, update, view, type Wire } from './sdk';
import { EXTENSION, PORT } from './shapes';
import { fixedIps, same } from './subnet';

const words = (name: string) => ({ thing: 'port', upstream: upstream('port', name) });
const PAIR = 'ip-address=<ip-address>[,mac-address=<mac-address>]';
const FIXED = 'subnet=<subnet>,ip-address=<ip-address>';
const VNICS = [
  'direct', 'direct-physical', 'macvtap', 'normal', 'baremetal', 'virtio-forwarder', 'vdpa', 'remote-managed',
]; // prettier-ignore
const NUMA = ['required', 'preferred', 'socket', 'legacy'];

const fixedIp = (help: string, metavar = FIXED, more: Partial<ArgumentSpec> = {}): ArgumentSpec =>
  keyed(
    'fixed-ip',
    help,
    metavar,
    [],
    ['subnet', 'ip-address', 'ip-substring'].slice(0, metavar === FIXED ? 2 : 3),
    more,
  );
const allowedAddress = (help: string): ArgumentSpec =>
  keyed('allowed-address', help, PAIR, ['ip-address'], ['mac-address'], { dest: 'allowed_address_pairs' });
const dhcpOption: ArgumentSpec = {
  names: ['--extra-dhcp-option'], metavar: 'name=<name>[,value=<value>,ip-version={4,6}]', dest: 'extra_dhcp_options',
  default: [], action: 'fold', fold: commaValues(['name'], ['value', 'ip-version']),
  help: 'DHCP option that the port is told of; repeat it for several',
}; // prettier-ignore
const bindingProfile: ArgumentSpec = {
  names: ['--binding-profile'], metavar: '<binding-profile>', action: 'fold', fold: jsonOrPair,
  help: 'Notes for who binds the port, as key=value or JSON; repeat it for several',
}; // prettier-ignore
const groups = (help: string, more: Partial<ArgumentSpec> = {}): ArgumentSpec =>
  opt('security-group', `${help} (name or ID); repeat it for several`, undefined, {
    action: 'append',
    dest: 'security_groups',
    ...more,
  });
const portSecurity = either(
  ['enable-port-security', 'Filter what the port sends and gets (default)'],
  ['disable-port-security', 'Let the port send and get anything'],
);
const uplink = either(
  ['enable-uplink-status-propagation', 'Tell the server when the link is down'],
  ['disable-uplink-status-propagation', 'Do not tell the server when the link is down'],
);
const qosPolicy = opt('qos-policy', 'QoS policy of the port (name or ID)');

/** `_add_updatable_args` */
const updatable: readonly ArgumentSpec[] = [
  opt('description', 'What it is for'),
  opt('device', 'What the port belongs to (ID)', 'device-id'),
  opt('mac-address', 'MAC address of the port'),
  opt('device-owner', 'What kind of thing it belongs to, such as network:dhcp'),
  opt('vnic-type', `What kind of card it is: ${VNICS.join(', ')} (default: normal)`, undefined, { choices: VNICS }),
  opt('host', 'Host to bind it on', 'host-id'),
  { names: ['--dns-domain'], metavar: 'dns-domain', help: 'DNS domain of the port' },
  opt('dns-name', 'DNS name of the port'),
  ...NUMA.map((policy) => flag(`numa-policy-${policy}`, `NUMA policy of the port: ${policy}`, { exclusive: 'numa' })),
  {
    names: ['--hint'], metavar: '<alias=value>', action: 'fold', fold: jsonOrPair, default: {},
    help: 'Hint for the back end, such as ovs-tx-steering=thread; repeat it for several',
  },
  ...either(['trusted', 'Trust the port'], ['not-trusted', 'Do not trust the port']),
]; // prettier-ignore

/** `_get_attrs` */
async function attributesOf(app: App, args: ParsedArgs): Promise<Fields> {
  const wanted = attributes(args, {
    description: 'description', device: 'device_id?', device_owner: 'device_owner', enable: ['admin_state_up', true],
    disable: ['admin_state_up', false], vnic_type: 'binding:vnic_type', host: 'binding:host_id?',
    mac_address: 'mac_address', dns_domain: 'dns_domain', dns_name: 'dns_name', name: 'name',
  }); // prettier-ignore
  Object.assign(
    wanted,
    await projectOf(app, args),
    attributes(args, {
      disable_port_security: ['port_security_enabled', false], enable_port_security: ['port_security_enabled', true],
    }),
  ); // prettier-ignore
  const policy = args.string('qos_policy');
  if (policy) wanted.qos_policy_id = await findId(app, 'QoSPolicy', policy);
  return {
    ...wanted,
    ...attributes(args, {
      enable_uplink_status_propagation: ['propagate_uplink_status', true],
      disable_uplink_status_propagation: ['propagate_uplink_status', false],
      ...Object.fromEntries(NUMA.map((one) => [`numa_policy_${one}`, ['numa_affinity_policy', one] as const])),
      device_profile: 'device_profile?', hardware_offload_type: 'hardware_offload_type?',
      not_trusted: ['trusted', false], trusted: ['trusted', true],
    }),
  }; // prettier-ignore
}

function addressPairs(args: ParsedArgs): Fields[] {
  return (pairsOf(args, 'allowed_address_pairs') ?? []).map((pair) => ({
    ip_address: pair['ip-address'] ?? '',
    ...(pair['mac-address'] !== undefined && { mac_address: pair['mac-address'] }),
  }));
}

function dhcpOptions(args: ParsedArgs): Fields {
  const options = pairsOf(args, 'extra_dhcp_options') ?? [];
  if (options.length === 0) return {};
  return {
    extra_dhcp_opts: options.map((one) => ({
      opt_name: one.name ?? '',
      ...(one.value !== undefined && { opt_value: one.value }),
      ...(one['ip-version'] !== undefined && { ip_version: one['ip-version'] }),
    })),
  };
}

async function groupIds(app: App, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push(await findId(app, 'SecurityGroup', name));
  return ids;
}

/** `--hint`: its short forms and its long one. */
async function hintsOf(app: App, args: ParsedArgs): Promise<Fields> {
  const hint = args.get('hint') as Fields; // the fold makes it
  if (Object.keys(hint).length === 0) return {};
  const long = (steering: string): Fields => ({ openvswitch: { other_config: { 'tx-steering': steering } } });
  const steering = ['thread', 'hash'].find((one) =>
    [{ 'ovs-tx-steering': one }, long(one)].some((valid) => repr(valid) === repr(hint)),
  );
  if (steering === undefined)
    throw new CommandError('Invalid value to --hints, see --help for valid values.');
  for (const extension of ['port-hints', 'port-hint-ovs-tx-steering']) {
    try {
      await findId(app, 'Extension', extension);
    } catch (error) {
      throw new CommandError(
        `Not supported by Network API: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return { hints: long(steering) };
}

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

/** The subports of a trunk. */
class SubPortColumn extends FormattableColumn<Fields | null> {
  #list(): ListDictColumn {
    return new ListDictColumn((this.value?.sub_ports ?? null) as readonly Fields[] | null); // the API's contract
  }

  override humanReadable(): Value {
    return this.#list().humanReadable();
  }

  override machineReadable(): Value {
    return this.#list().machineReadable();
  }
}

const COLUMNS = [
  ['ID', 'id'], ['Name', 'name'], ['MAC Address', 'mac_address'], ['Fixed IP Addresses', 'fixed_ips'],
  ['Status', 'status'],
] as const; // prettier-ignore
const LONG = [
  ['Security Groups', 'security_groups'], ['Device Owner', 'device_owner'], ['Tags', 'tags'],
  ['Trunk subports', 'trunk_details'],
] as const; // prettier-ignore
const STATUSES = ['ACTIVE', 'BUILD', 'DOWN', 'ERROR'];

/** `_prepare_filter_fixed_ips` */
async function addressFilters(app: App, args: ParsedArgs): Promise<string[]> {
  const found: string[] = [];
  for (const one of pairsOf(args, 'fixed_ip') ?? []) {
    if (one.subnet) found.push(`subnet_id=${await findId(app, 'Subnet', one.subnet)}`);
    if (one['ip-address'] !== undefined) found.push(`ip_address=${one['ip-address']}`);
    if (one['ip-substring'] !== undefined) found.push(`ip_address_substr=${one['ip-substring']}`);
  }
  return found;
}

const listPort: ListerCommand = {
  name: 'port list',
  upstream: upstream('port', 'ListPort'),
  kind: 'lister',
  description: 'List ports',
  arguments: [
    opt('device-owner', 'Ports only that belong to this kind of thing, such as network:dhcp'),
    opt('host', 'Ports bound on this host only', 'host-id'),
    opt('network', 'Ports on this network only (name or ID)'),
    opt('router', 'Ports of this router only (name or ID)', 'router', { exclusive: 'device' }),
    opt('server', 'Ports of this server only (name or ID)', 'server', { exclusive: 'device' }),
    opt('device-id', 'Ports of the thing with this ID only', 'device-id', { exclusive: 'device' }),
    opt('mac-address', 'Ports with this MAC address only'),
    long,
    project('Ports of this project only (name or ID)'),
    opt('name', 'Ports of this name only'),
    groups('Ports in this security group only'),
    opt('status', `Ports of this status only: ${STATUSES.join(', ')}`, undefined, { choices: STATUSES }),
    projectDomain,
    fixedIp('Ports only with an address of this subnet (name or ID), with this address, or with one that has this in it', `${FIXED},ip-substring=<ip-substring>`),
    ...tagFilters('ports'),
  ], // prettier-ignore
  async run(app, args) {
    const all = args.flag('long') ? [...COLUMNS, ...LONG] : COLUMNS;
    const filters = attributes(args, { device_owner: 'device_owner', device_id: 'device_id' });
    const router = args.string('router');
    if (router) filters.device_id = await findId(app, 'Router', router);
    const server = args.string('server');
    if (server)
      filters.device_id = (await app.connection.compute.findServer(server, { ignoreMissing: false })).id;
    Object.assign(filters, attributes(args, { host: 'binding:host_id?' }), await networkFilter(app, args));
    Object.assign(filters, attributes(args, { mac_address: 'mac_address?', status: 'status?' }));
    Object.assign(filters, await projectOf(app, args, false), attributes(args, { name: 'name?' }));
    const addresses = await addressFilters(app, args);
    if (pairsOf(args, 'fixed_ip')) filters.fixed_ips = addresses;
    if (args.list('security_groups').length > 0) filters.security_groups = args.list('security_groups');
    const fields = all.map(([, field]) => field);
    const ports = await list(app, PORT, { ...filters, ...tagFiltersOf(args), fields });
    // columns can be asked for by both of their names, and come in the order asked for
    const asked = args.list('columns');
    const columns = asked.map(
      (name) => all.find(([header, field]) => header === name || field === name) ?? ([name, name] as const),
    );
    const shown = asked.length > 0 ? columns : all;
    const headers = shown.map(([header]) => header);
    const formatters = {
      ...PORT.formatters,
      trunk_details: (value: Fields | null) => new SubPortColumn(value),
    };
    const names = shown.map(([, field]) => (field === 'security_groups' ? 'security_group_ids' : field));
    return { columns: headers, rows: rows(PORT, ports, names, formatters), selected: headers };
  },
};

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
  if (profile && Object.keys(profile).length > 0)
    wanted['binding:profile'] = {
      ...((wanted['binding:profile'] ?? before['binding:profile']) as Fields),
      ...profile,
    };
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
