/** openstackclient/network/v2/ip_availability.py, network_agent.py, network_service_provider.py and network_auto_allocated_topology.py */
import { NETWORK_KINDS as KINDS } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import type { App } from '../app';
import type { Command, ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { arg, flag, opt } from '../compute/options';
import { listCommand, long, table, upstream, type Column } from './common';
import { attributes, ipVersion, projectOf, projectOptions } from './options';
import { find, findId, list, network, show, type Wire } from './sdk';
import { AGENT, AUTO_ALLOCATED_TOPOLOGY, IP_AVAILABILITY, SERVICE_PROVIDER } from './shapes';

const availability = {
  thing: 'ip availability',
  upstream: upstream('ip_availability', 'ListIPAvailability'),
};

/** `openstack ip availability list` */
const listAvailability = listCommand(
  IP_AVAILABILITY,
  { ...availability, description: 'List how many addresses networks have, and how many are taken' },
  [
    ipVersion('Version of IP (default: 4)', { metavar: '<ip-version>', default: 4 }),
    ...projectOptions('Networks of this project only (name or ID)'),
  ],
  [
    ['Network ID', 'network_id'],
    ['Network Name', 'network_name'],
    ['Total IPs', 'total_ips'],
    ['Used IPs', 'used_ips'],
  ],
  {
    filters: async (app, args) => ({
      ...attributes(args, { ip_version: 'ip_version' }),
      ...(await projectOf(app, args, false)),
    }),
  },
);

const showAvailability: ShowOneCommand = {
  name: 'ip availability show',
  upstream: upstream('ip_availability', 'ShowIPAvailability'),
  kind: 'show',
  description: 'Show how many addresses a network has, and how many are taken',
  arguments: [arg('network', 'Network (name or ID)')],
  async run(app, args) {
    const id = await findId(app, 'Network', args.string('network') ?? '');
    return show(IP_AVAILABILITY, await find(app, IP_AVAILABILITY, id));
  },
};

const AGENT_TYPES: Readonly<Record<string, string>> = {
  bgp: 'BGP dynamic routing agent', dhcp: 'DHCP agent', 'open-vswitch': 'Open vSwitch agent',
  'linux-bridge': 'Linux bridge agent', ofa: 'OFA driver agent', l3: 'L3 agent', loadbalancer: 'Loadbalancer agent',
  metering: 'Metering agent', metadata: 'Metadata agent', macvtap: 'Macvtap agent', nic: 'NIC Switch agent',
  baremetal: 'Baremetal Node',
}; // prettier-ignore
const AGENT_COLUMNS: readonly Column[] = [
  ['ID', 'id'], ['Agent Type', 'agent_type'], ['Host', 'host'], ['Availability Zone', 'availability_zone'],
  ['Alive', 'is_alive'], ['State', 'is_admin_state_up'], ['Binary', 'binary'],
]; // prettier-ignore
const types = Object.keys(AGENT_TYPES);

const listAgent: ListerCommand = {
  name: 'network agent list',
  upstream: upstream('network_agent', 'ListNetworkAgent'),
  kind: 'lister',
  description: 'List the programs that make networks work on hosts (administrators only)',
  arguments: [
    opt('agent-type', `Agents of this type only: ${types.join(', ')}`, undefined, { choices: types }),
    opt('host', 'Agents on this host only'),
    opt('network', 'Agents that serve this network only (name or ID)', 'network', { exclusive: 'of' }),
    opt('router', 'Agents that this router is on only (name or ID)', 'router', { exclusive: 'of' }),
    long,
  ], // prettier-ignore
  async run(app, args) {
    const [of, router] = [args.string('network'), args.string('router')];
    const at = (path: string) => ({ ...AGENT, kind: { ...AGENT.kind, path } });
    if (of !== undefined)
      return table(AGENT, await list(app, at(`/networks/${await findId(app, 'Network', of)}/dhcp-agents`), {}), AGENT_COLUMNS);
    if (router !== undefined) {
      const columns: readonly Column[] = args.flag('long') ? [...AGENT_COLUMNS, ['HA State', 'ha_state']] : AGENT_COLUMNS;
      return table(AGENT, await list(app, at(`/routers/${await findId(app, 'Router', router)}/l3-agents`), {}), columns);
    }
    const type = args.string('agent_type');
    const filters = { ...(type !== undefined && { agent_type: AGENT_TYPES[type] ?? type }), ...attributes(args, { host: 'host' }) };
    return table(AGENT, await list(app, AGENT, filters), AGENT_COLUMNS);
  },
}; // prettier-ignore

const showAgent: ShowOneCommand = {
  name: 'network agent show',
  upstream: upstream('network_agent', 'ShowNetworkAgent'),
  kind: 'show',
  description: 'Show everything about a network agent (administrators only)',
  arguments: [arg('network_agent', 'What to show (ID)')],
  async run(app, args) {
    const id = args.string('network_agent') ?? '';
    return show(AGENT, await network(app).get<Wire>(AGENT.kind, id, `No Agent found for ${id}`));
  },
};

const listProvider = listCommand(
  SERVICE_PROVIDER,
  {
    thing: 'network service provider',
    upstream: upstream('network_service_provider', 'ListNetworkServiceProvider'),
    description: 'List what can make routers and the like work',
  },
  [],
  [
    ['Service Type', 'service_type'],
    ['Name', 'name'],
    ['Default', 'is_default'],
  ],
  { filters: () => ({}) },
);

/** The project that an option names, as it was typed; one's own unless given. */
async function topologyOf(app: App, args: ParsedArgs): Promise<string> {
  return args.string('project') ?? (await app.connection.session.getAccess()).projectId ?? '';
}

const topology = (verb: 'Create' | 'Delete') =>
  upstream('network_auto_allocated_topology', `${verb}AutoAllocatedTopology`);

const createTopology: ShowOneCommand = {
  name: 'network auto allocated topology create',
  upstream: topology('Create'),
  kind: 'show',
  description: 'Make a network with a subnet, and a router that leads outside, all at once',
  arguments: [
    ...projectOptions('Project to make it for (ID; default: your own)'),
    flag('check-resources', 'Only look whether it can be made'),
    flag('or-show', 'Show it if it is there (default)', { default: true }),
  ],
  async run(app, args) {
    const project = await topologyOf(app, args);
    if (args.flag('check_resources')) {
      const path = `${KINDS.AutoAllocatedTopology.path}/${project}?fields=dry-run`;
      // what is asked for has no id, which is what the SDK would name
      const errorMessage = 'No ValidateTopology found for None';
      const response = await network(app).request(path, { errorMessage });
      const body = (await response.json()) as Record<string, { dry_run?: string }>; // the API's contract
      return { columns: ['dry_run'], values: [body.auto_allocated_topology?.dry_run ?? null] };
    }
    const missing = `No AutoAllocatedTopology found for ${project}`;
    const made = await network(app).get<Wire>(AUTO_ALLOCATED_TOPOLOGY.kind, project, missing);
    return show(AUTO_ALLOCATED_TOPOLOGY, made);
  },
};

const deleteTopology: PlainCommand = {
  name: 'network auto allocated topology delete',
  upstream: topology('Delete'),
  kind: 'command',
  description: 'Delete what `network auto allocated topology create` made',
  arguments: projectOptions('Project that it was made for (ID; default: your own)'),
  async run(app, args) {
    await network(app).remove(AUTO_ALLOCATED_TOPOLOGY.kind, await topologyOf(app, args));
  },
};

/** Commands about what the Network service is made of. */
export const variousCommands: readonly Command[] = [
  listAvailability,
  showAvailability,
  listAgent,
  showAgent,
  listProvider,
  createTopology,
  deleteTopology,
];
