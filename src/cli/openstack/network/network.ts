/** openstackclient/network/v2/network.py */
import { NETWORK_KINDS } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { Command, ListerCommand, ShowOneCommand } from '../command';
import { arg, flag, opt } from '../compute/options';
import type { Fields } from '../compute/sdk';
import {
  deleteCommand,
  long,
  setCommand,
  showCommand,
  table,
  toldBriefly,
  upstream,
  type Column,
} from './common';
import {
  attributes,
  either,
  extraProperties,
  extraProperty,
  projectOf,
  tagFilters,
  tagFiltersOf,
  tagsForCreate,
  tagsForSet,
  tagsForUnset,
  updateTags,
} from './options';
import { find, findId, list, network, orMissingExtension, show, type Wire } from './sdk';
import { NETWORK } from './shapes';
import { failedToDelete } from '../identity/common';
import { projectDomain } from '../compute/options';

const words = (name: string) => ({ thing: 'network', upstream: upstream('network', name) });

const portSecurity = either(
  ['enable-port-security', 'Filter what its ports send and get (default)'],
  ['disable-port-security', 'Let its ports send and get anything'],
);
const external = either(
  ['external', 'Routers may have their gateways on it, and projects floating addresses from it'],
  ['internal', 'For ports of servers (default)'],
);
const isDefault = either(
  ['default', 'The external network that is taken when none is named'],
  ['no-default', 'Not that one (default)'],
);
const provider: readonly ArgumentSpec[] = [
  opt('provider-network-type', 'How it is made: flat, geneve, gre, local, vlan or vxlan'),
  opt('provider-physical-network', 'Physical network that it is on', undefined, { dest: 'physical_network' }),
  opt('provider-segment', 'VLAN ID or tunnel ID', undefined, { dest: 'segmentation_id' }),
  opt('dns-domain', 'DNS domain of its ports'),
];

/** What create and set have in common. */
async function attributesOf(app: App, args: ParsedArgs): Promise<Fields> {
  const found = attributes(args, {
    name: 'name', enable: ['admin_state_up', true], disable: ['admin_state_up', false], share: ['shared', true],
    no_share: ['shared', false], enable_port_security: ['port_security_enabled', true],
    disable_port_security: ['port_security_enabled', false], availability_zone_hints: 'availability_zone_hints',
    description: 'description', mtu: 'mtu?', internal: ['router:external', false], external: ['router:external', true],
    no_default: ['is_default', false], default: ['is_default', true],
    provider_network_type: 'provider:network_type?', physical_network: 'provider:physical_network?',
    segmentation_id: 'provider:segmentation_id?', no_qos_policy: ['qos_policy_id', null], dns_domain: 'dns_domain',
    transparent_vlan: ['vlan_transparent', true], no_transparent_vlan: ['vlan_transparent', false],
    qinq_vlan: ['vlan_qinq', true], no_qinq_vlan: ['vlan_qinq', false],
  }); // prettier-ignore
  const policy = args.string('qos_policy');
  return {
    ...found,
    ...(await projectOf(app, args)),
    ...(policy !== undefined && { qos_policy_id: await findId(app, 'QoSPolicy', policy) }),
  };
}

const createNetwork: ShowOneCommand = {
  name: 'network create',
  upstream: upstream('network', 'CreateNetwork'),
  kind: 'show',
  description: 'Make a network; it has addresses as soon as it has a subnet',
  arguments: [
    extraProperty,
    arg('name', 'Name of the new network'),
    ...either(['share', 'Let every project use it'], ['no-share', 'Only the project that it belongs to uses it']),
    ...either(['enable', 'Switch it on (default)', { default: true }], ['disable', 'Switch it off']),
    opt('project', 'Project that it belongs to (name or ID)'),
    opt('description', 'What it is for'),
    opt('mtu', 'The largest packet that fits, in bytes'),
    projectDomain,
    opt('availability-zone-hint', 'Zone to make it in; repeat it for several', 'availability-zone', { action: 'append', dest: 'availability_zone_hints' }),
    ...portSecurity,
    ...external,
    ...isDefault,
    opt('qos-policy', 'QoS policy of its ports (name or ID)'),
    ...either(['transparent-vlan', 'Let VLAN tags through'], ['no-transparent-vlan', 'Let no VLAN tags through']),
    ...either(['qinq-vlan', 'Let VLANs within VLANs through'], ['no-qinq-vlan', 'Let no VLANs within VLANs through']),
    ...provider,
    ...tagsForCreate('network'),
  ], // prettier-ignore
  run: (app, args) =>
    toldBriefly(async () => {
      const wanted = await attributesOf(app, args);
      if (wanted.vlan_transparent && wanted.vlan_qinq)
        throw new CommandError('--transparent-vlan and --qinq-vlan can not be both enabled for the network.');
      Object.assign(wanted, extraProperties(args));
      const made = await orMissingExtension(app, wanted, () =>
        network(app).create<Wire>(NETWORK.kind, wanted),
      );
      return show(NETWORK, await updateTags(app, NETWORK, made, args));
    }),
};

const COLUMNS: readonly Column[] = [
  ['ID', 'id'],
  ['Name', 'name'],
  ['Subnets', 'subnet_ids'],
];
const LONG: readonly Column[] = [
  ['ID', 'id'], ['Name', 'name'], ['Status', 'status'], ['Project', 'project_id'], ['State', 'is_admin_state_up'],
  ['Shared', 'is_shared'], ['Subnets', 'subnet_ids'], ['Network Type', 'provider_network_type'],
  ['Router Type', 'is_router_external'], ['Availability Zones', 'availability_zones'], ['Tags', 'tags'],
]; // prettier-ignore
const STATUSES = ['ACTIVE', 'BUILD', 'DOWN', 'ERROR'];

const listNetwork: ListerCommand = {
  name: 'network list',
  upstream: upstream('network', 'ListNetwork'),
  kind: 'lister',
  description: 'List networks: your own, those that are shared, and the external ones',
  arguments: [
    ...either(['external', 'External networks only'], ['internal', 'No external networks']),
    long,
    opt('name', 'Networks of this name only'),
    ...either(['enable', 'Networks that are switched on only'], ['disable', 'Networks that are switched off only']),
    opt('project', 'Networks of this project only (name or ID)'),
    projectDomain,
    ...either(['share', 'Networks only that every project uses'], ['no-share', 'Networks only that not every project uses']),
    opt('status', `Networks of this status only: ${STATUSES.join(', ')}`, undefined, { choices: STATUSES }),
    opt('provider-network-type', 'Networks only that are made in this way', undefined, { choices: ['flat', 'geneve', 'gre', 'local', 'vlan', 'vxlan'] }),
    opt('provider-physical-network', 'Networks on this physical network only', undefined, { dest: 'physical_network' }),
    opt('provider-segment', 'Networks of this VLAN ID or tunnel ID only', undefined, { dest: 'segmentation_id' }),
    opt('agent', 'Networks that this DHCP agent serves only (ID)', 'agent-id', { dest: 'agent_id' }),
    ...tagFilters('networks'),
  ], // prettier-ignore
  async run(app, args) {
    const columns = args.flag('long') ? LONG : COLUMNS;
    const agent = args.string('agent_id');
    if (agent && !args.flag('long')) {
      await network(app).get(NETWORK_KINDS.Agent, agent, `No Agent found for ${agent}`);
      const path = `/agents/${agent}/dhcp-networks`;
      return table(NETWORK, await list(app, { ...NETWORK, kind: { ...NETWORK.kind, path } }, {}), columns);
    }
    const filters = {
      ...attributes(args, {
        external: ['router:external', true], internal: ['router:external', false], name: 'name',
        disable: ['admin_state_up', false], enable: ['admin_state_up', true], no_share: ['shared', false],
        share: ['shared', true], status: 'status?', provider_network_type: 'provider:network_type?',
        physical_network: 'provider:physical_network?', segmentation_id: 'provider:segmentation_id?',
      }),
      ...(await projectOf(app, args, false)),
      ...tagFiltersOf(args),
    }; // prettier-ignore
    return table(NETWORK, await list(app, NETWORK, filters), columns);
  },
};

/** Commands about networks. */
export const networkCommands: readonly Command[] = [
  createNetwork,
  deleteCommand(NETWORK, words('DeleteNetwork'), { told: failedToDelete('network', 'networks') }),
  listNetwork,
  setCommand(
    NETWORK,
    words('SetNetwork'),
    [
      opt('name', 'New name'),
      ...either(['enable', 'Switch it on'], ['disable', 'Switch it off']),
      ...either(
        ['share', 'Let every project use it'],
        ['no-share', 'Only the project that it belongs to uses it'],
      ),
      opt('description', 'New description'),
      opt('mtu', 'The largest packet that fits, in bytes'),
      ...portSecurity,
      ...external,
      ...isDefault,
      opt('qos-policy', 'QoS policy of its ports (name or ID)', undefined, { exclusive: 'qos' }),
      flag('no-qos-policy', 'Take its QoS policy away', { exclusive: 'qos' }),
      ...tagsForSet('network'),
      ...provider,
    ],
    attributesOf,
  ),
  showCommand(NETWORK, words('ShowNetwork'), { brief: true }),
  setCommand(NETWORK, words('UnsetNetwork'), tagsForUnset('network'), () => ({}), { verb: 'unset' }),
];

/** The network that an option names, as a filter. */
export async function networkFilter(app: App, args: ParsedArgs, attribute = 'network_id'): Promise<Fields> {
  const name = args.string('network');
  return name ? { [attribute]: (await find(app, NETWORK, name)).id } : {};
}
