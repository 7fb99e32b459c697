/** openstackclient/network/v2/subnet.py */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { dumps, repr, str, type Value } from '../../python';
import type { App } from '../app';
import type { Command, ShowOneCommand } from '../command';
import { arg, flag, opt, project, projectDomain } from '../compute/options';
import type { Fields } from '../compute/sdk';
import { deleteCommand, listCommand, long, setCommand, showCommand, upstream } from './common';
import { networkFilter } from './network';
import {
  attributes,
  either,
  extraProperties,
  extraProperty,
  ipVersion,
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
import { findId, network, show, type Wire } from './sdk';
import { SUBNET } from './shapes';

const words = (name: string) => ({ thing: 'subnet', upstream: upstream('subnet', name) });
const many = (name: string, dest: string, help: string): ArgumentSpec =>
  opt(name, `${help}; repeat it for several`, name, { action: 'append', dest });
const pool = (help: string): ArgumentSpec =>
  keyed('allocation-pool', help, 'start=<ip-address>,end=<ip-address>', ['start', 'end'], [], { dest: 'allocation_pools' }); // prettier-ignore
const route = (help: string): ArgumentSpec =>
  keyed('host-route', help, 'destination=<subnet>,gateway=<ip-address>', ['destination', 'gateway'], [], { dest: 'host_routes' }); // prettier-ignore

const LISTS = ['allocation_pools', 'dns_nameservers', 'host_routes', 'service_types'] as const;

/** `_get_common_parse_arguments` */
const common = (forSet: boolean): ArgumentSpec[] => {
  const clear = (name: string, what: string) => (forSet ? [flag(name, `Take all ${what} away, before new ones come`)] : []); // prettier-ignore
  return [
    pool('Addresses to give to ports'),
    ...clear('no-allocation-pool', 'allocation pools'),
    many('dns-nameserver', 'dns_nameservers', 'Name server that servers are told of'),
    ...clear('no-dns-nameservers', 'name servers'),
    route('Way that servers are told of: to a range (CIDR), by an address'),
    ...clear('no-host-route', 'routes'),
    many('service-type', 'service_types', 'Only ports with this owner get addresses of it, such as network:floatingip_agent_gateway'),
  ]; // prettier-ignore
};

/** Routes as the API has them. */
function hostRoutes(args: ParsedArgs): Fields[] | undefined {
  return pairsOf(args, 'host_routes')?.map(({ destination = '', gateway = '' }) => ({ destination, nexthop: gateway }));
} // prettier-ignore

async function attributesOf(app: App, args: ParsedArgs, forSet: boolean): Promise<Fields> {
  const wanted = attributes(args, { name: 'name' });
  if (!forSet) {
    Object.assign(wanted, await projectOf(app, args));
    wanted.network_id = await findId(app, 'Network', args.string('network') ?? '');
    const subnetPool = args.string('subnet_pool');
    if (subnetPool !== undefined) wanted.subnetpool_id = await findId(app, 'SubnetPool', subnetPool);
    Object.assign(
      wanted,
      attributes(args, {
        use_prefix_delegation: ['subnetpool_id', 'prefix_delegation'],
        use_default_subnet_pool: ['use_default_subnetpool', true], prefix_length: 'prefixlen', subnet_range: 'cidr',
        ip_version: 'ip_version', ipv6_ra_mode: 'ipv6_ra_mode', ipv6_address_mode: 'ipv6_address_mode',
      }),
    ); // prettier-ignore
  }
  const segment = args.string('network_segment');
  if (segment !== undefined) wanted.segment_id = await findId(app, 'Segment', segment);
  const gateway = args.string('gateway')?.toLowerCase();
  if (forSet && gateway === 'auto')
    throw new CommandError(
      'Auto option is not available for Subnet Set. Valid options are <ip-address> or none',
    );
  if (gateway !== undefined && gateway !== 'auto') wanted.gateway_ip = gateway === 'none' ? null : gateway;
  Object.assign(
    wanted,
    attributes(args, {
      allocation_pools: 'allocation_pools', dhcp: ['enable_dhcp', true], no_dhcp: ['enable_dhcp', false],
      dns_publish_fixed_ip: ['dns_publish_fixed_ip', true], no_dns_publish_fixed_ip: ['dns_publish_fixed_ip', false],
      dns_nameservers: 'dns_nameservers', service_types: 'service_types', description: 'description',
    }),
  ); // prettier-ignore
  const routes = hostRoutes(args);
  if (routes) wanted.host_routes = routes;
  return wanted;
}

const MODES = ['dhcpv6-stateful', 'dhcpv6-stateless', 'slaac'];

const createSubnet: ShowOneCommand = {
  name: 'subnet create',
  upstream: upstream('subnet', 'CreateSubnet'),
  kind: 'show',
  description: 'Give a network a range of addresses',
  arguments: [
    extraProperty,
    arg('name', 'Name of the new subnet'),
    ...owner,
    opt('subnet-pool', 'Pool to take the range from (name or ID)', 'subnet-pool', { exclusive: 'pool' }),
    flag('use-prefix-delegation', 'Have an IPv6 range from outside', { exclusive: 'pool' }),
    flag('use-default-subnet-pool', 'Take the range from the default pool', { exclusive: 'pool' }),
    opt('prefix-length', 'How long a prefix to take from the pool'),
    opt('subnet-range', 'The range (CIDR); needed unless there is a pool'),
    ...either(['dhcp', 'Tell servers their addresses by DHCP (default)'], ['no-dhcp', 'Without DHCP']),
    ...either(
      ['dns-publish-fixed-ip', 'Publish addresses in DNS'],
      ['no-dns-publish-fixed-ip', 'Publish no addresses in DNS (default)'],
    ),
    opt('gateway', 'Address of the gateway; auto for the first one (default), none for none', 'gateway', { default: 'auto' }),
    ipVersion('Version of IP (default: 4); with a pool it is the one of the pool', { default: 4 }),
    { names: ['--ipv6-ra-mode'], choices: MODES, help: 'What routers advertise for IPv6' },
    { names: ['--ipv6-address-mode'], choices: MODES, help: 'How servers get their IPv6 addresses' },
    opt('network-segment', 'Segment of the network (name or ID)'),
    opt('network', 'Network that it belongs to (name or ID)', 'network', { required: true }),
    opt('description', 'What it is for'),
    ...common(false),
    ...tagsForCreate('subnet'),
  ], // prettier-ignore
  async run(app, args) {
    const wanted = { ...(await attributesOf(app, args, false)), ...extraProperties(args) };
    const made = await network(app).create<Wire>(SUBNET.kind, wanted);
    return show(SUBNET, await updateTags(app, SUBNET, made, args));
  },
};

/** What set asks for: new ones join the old ones, unless those are to go. */
async function changesOf(app: App, args: ParsedArgs, before: Fields): Promise<Fields> {
  const wanted = await attributesOf(app, args, true);
  const clear = { allocation_pools: 'no_allocation_pool', dns_nameservers: 'no_dns_nameservers', host_routes: 'no_host_route', service_types: '' }; // prettier-ignore
  for (const name of LISTS) {
    const fresh = wanted[name] as Value[] | undefined; // as attributesOf made it
    if (fresh !== undefined && !args.flag(clear[name]))
      wanted[name] = [...fresh, ...(before[name] as Value[])];
    else if (fresh === undefined && args.flag(clear[name])) wanted[name] = [];
  }
  return wanted;
}

/** What unset asks for: the lists without what is named. */
function restOf(_app: App, args: ParsedArgs, before: Fields): Fields {
  const wanted: Fields = args.flag('gateway') ? { gateway_ip: null } : {};
  const named: Readonly<Record<(typeof LISTS)[number], readonly Value[]>> = {
    dns_nameservers: args.list('dns_nameservers'),
    host_routes: hostRoutes(args) ?? [],
    allocation_pools: pairsOf(args, 'allocation_pools') ?? [],
    service_types: args.list('service_types'),
  };
  for (const name of ['dns_nameservers', 'host_routes', 'allocation_pools', 'service_types'] as const) {
    if (named[name].length === 0) continue;
    const rest = [...(before[name] as Value[])];
    for (const one of named[name]) {
      const at = rest.findIndex((other) => same(other, one));
      if (at < 0) throw new CommandError(`Subnet does not contain ${name.replace('_', '-').replace(/s$/, '')} ${typeof one === 'string' ? one : repr(one)}`); // prettier-ignore
      rest.splice(at, 1);
    }
    wanted[name] = rest;
  }
  return wanted;
}

/** Whether two values are equal, whatever the order of their keys. */
export function same(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const text = (value: object): string => Object.entries(value as Fields).map(([key, one]) => `${key}=${dumps(one)}`).sort().join(); // prettier-ignore
  return text(a) === text(b);
}

/** Commands about subnets. */
export const subnetCommands: readonly Command[] = [
  createSubnet,
  deleteCommand(SUBNET, words('DeleteSubnet')),
  listCommand(
    SUBNET,
    words('ListSubnet'),
    [
      long,
      ipVersion('Subnets of this version of IP only', { metavar: '<ip-version>' }),
      ...either(['dhcp', 'Subnets with DHCP only'], ['no-dhcp', 'Subnets without DHCP only']),
      many('service-type', 'service_types', 'Subnets for this owner of ports only'),
      project('Subnets of this project only (name or ID)'),
      projectDomain,
      opt('network', 'Subnets of this network only (name or ID)'),
      opt('gateway', 'Subnets with this gateway only'),
      opt('name', 'Subnets of this name only'),
      opt('subnet-range', 'Subnets of this range only (CIDR)'),
      opt('subnet-pool', 'Subnets from this pool only (name or ID)'),
      ...tagFilters('subnets'),
    ],
    [['ID', 'id'], ['Name', 'name'], ['Network', 'network_id'], ['Subnet', 'cidr']],
    {
      long: [
        ['Project', 'project_id'], ['DHCP', 'is_dhcp_enabled'], ['Name Servers', 'dns_nameservers'],
        ['Allocation Pools', 'allocation_pools'], ['Host Routes', 'host_routes'], ['IP Version', 'ip_version'],
        ['Gateway', 'gateway_ip'], ['Service Types', 'service_types'], ['Tags', 'tags'],
      ],
      async filters(app, args) {
        const filters = {
          ...attributes(args, {
            ip_version: 'ip_version', no_dhcp: ['enable_dhcp', false], dhcp: ['enable_dhcp', true],
            service_types: 'service_types',
          }),
          ...(await projectOf(app, args, false)),
          ...(await networkFilter(app, args)),
          ...attributes(args, { gateway: 'gateway_ip?', name: 'name?', subnet_range: 'cidr?' }),
        };
        const subnetPool = args.string('subnet_pool');
        if (subnetPool) filters.subnetpool_id = await findId(app, 'SubnetPool', subnetPool);
        return { ...filters, ...tagFiltersOf(args) };
      },
    },
  ), // prettier-ignore
  setCommand(
    SUBNET,
    words('SetSubnet'),
    [
      opt('name', 'New name'),
      ...either(['dhcp', 'Tell servers their addresses by DHCP'], ['no-dhcp', 'Without DHCP']),
      ...either(
        ['dns-publish-fixed-ip', 'Publish addresses in DNS'],
        ['no-dns-publish-fixed-ip', 'Publish no addresses in DNS'],
      ),
      opt('gateway', 'Address of the gateway, or none'),
      opt('network-segment', 'Segment of the network (name or ID)'),
      opt('description', 'New description'),
      ...tagsForSet('subnet'),
      ...common(true),
    ],
    changesOf,
  ),
  showCommand(SUBNET, words('ShowSubnet')),
  setCommand(
    SUBNET,
    words('UnsetSubnet'),
    [
      pool('Allocation pool to take away'),
      flag('gateway', 'Take the gateway away'),
      many('dns-nameserver', 'dns_nameservers', 'Name server to take away'),
      route('Route to take away'),
      many('service-type', 'service_types', 'Owner of ports to take away'),
      ...tagsForUnset('subnet'),
      arg('subnet', 'What to change (name or ID)'),
    ],
    restOf,
    { verb: 'unset' },
  ),
];

/** A subnet in an address, by its id. */
export async function fixedIps(app: App, args: ParsedArgs, dest = 'fixed_ip'): Promise<Fields[]> {
  const found: Fields[] = [];
  for (const { subnet, ...rest } of pairsOf(args, dest) ?? []) {
    const { 'ip-address': address, ...others } = rest;
    found.push({
      ...others,
      ...(subnet !== undefined && (subnet === '' ? { subnet } : { subnet_id: await findId(app, 'Subnet', subnet) })),
      ...(address !== undefined && { ip_address: str(address) }),
    });
  }
  return found;
} // prettier-ignore
