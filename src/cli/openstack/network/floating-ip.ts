/** openstackclient/network/v2/floating_ip.py and floating_ip_pool.py */
import { NotFoundException } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { DictColumn } from '../../formatters/columns';
import type { App } from '../app';
import type { Command, ListerCommand, ShowOneCommand } from '../command';
import { arg, flag, opt, project, projectDomain } from '../compute/options';
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
import { networkFilter } from './network';
import {
  attributes,
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
import { findId, list, network, orMissingExtension, show, type Wire } from './sdk';
import { FLOATING_IP } from './shapes';

const words = (name: string) => ({ thing: 'floating ip', upstream: upstream('floating_ip', name) });
const by = { by: 'address or ID' };
const STATUSES = ['ACTIVE', 'DOWN'];

/** The ids of what options name. */
async function idsOf(
  app: App,
  args: ParsedArgs,
  names: Readonly<Record<string, readonly [kind: 'Subnet' | 'Port' | 'Router' | 'QoSPolicy', attribute: string]>>,
): Promise<Fields> {
  const found: Fields = {};
  for (const [dest, [kind, attribute]] of Object.entries(names)) {
    const name = args.string(dest);
    if (name) found[attribute] = await findId(app, kind, name);
  }
  return found;
} // prettier-ignore

const createFloatingIp: ShowOneCommand = {
  name: 'floating ip create',
  upstream: upstream('floating_ip', 'CreateFloatingIP'),
  kind: 'show',
  description: 'Have an address of an external network, which can lead to a port',
  arguments: [
    extraProperty,
    arg('network', 'External network (name or ID)'),
    opt('subnet', 'Subnet of that network to have it from (name or ID)'),
    opt('port', 'Port that it leads to (name or ID)'),
    opt('floating-ip-address', 'The address to have', 'ip-address'),
    opt('fixed-ip-address', 'Which address of the port it leads to', 'ip-address'),
    opt('qos-policy', 'QoS policy of the address (name or ID)'),
    opt('description', 'What it is for'),
    opt('project', 'Project that it belongs to (name or ID)'),
    opt('dns-domain', 'DNS domain of the address'),
    opt('dns-name', 'DNS name of the address'),
    projectDomain,
    ...tagsForCreate('floating ip'),
  ],
  run: (app, args) =>
    toldBriefly(async () => {
      const wanted: Fields = {
        floating_network_id: await findId(app, 'Network', args.string('network') ?? ''),
        ...(await idsOf(app, args, { subnet: ['Subnet', 'subnet_id'], port: ['Port', 'port_id'] })),
        ...attributes(args, {
          floating_ip_address: 'floating_ip_address?',
          fixed_ip_address: 'fixed_ip_address?',
        }),
        ...(await idsOf(app, args, { qos_policy: ['QoSPolicy', 'qos_policy_id'] })),
        ...attributes(args, { description: 'description' }),
        ...(await projectOf(app, args, false)),
        ...attributes(args, { dns_domain: 'dns_domain?', dns_name: 'dns_name?' }),
        ...extraProperties(args),
      };
      const made = await orMissingExtension(app, wanted, () =>
        network(app).create<Wire>(FLOATING_IP.kind, wanted),
      );
      return show(FLOATING_IP, await updateTags(app, FLOATING_IP, made, args));
    }),
};

const COLUMNS: readonly Column[] = [
  ['ID', 'id'], ['Floating IP Address', 'floating_ip_address'], ['Fixed IP Address', 'fixed_ip_address'],
  ['Port', 'port_id'], ['Floating Network', 'floating_network_id'], ['Project', 'project_id'],
]; // prettier-ignore
const LONG: readonly Column[] = [
  ['Router', 'router_id'], ['Status', 'status'], ['Description', 'description'], ['Tags', 'tags'],
  ['DNS Name', 'dns_name'], ['DNS Domain', 'dns_domain'],
]; // prettier-ignore

const listFloatingIp: ListerCommand = {
  name: 'floating ip list',
  upstream: upstream('floating_ip', 'ListFloatingIP'),
  kind: 'lister',
  description: 'List floating addresses, and where they lead',
  arguments: [
    opt('network', 'Addresses of this network only (name or ID)'),
    opt('port', 'Addresses only that lead to this port (name or ID)'),
    opt('fixed-ip-address', 'Addresses only that lead to this one', 'ip-address'),
    opt('floating-ip-address', 'This address only', 'ip-address'),
    long,
    opt('status', `Addresses of this status only: ${STATUSES.join(', ')}`, undefined, { choices: STATUSES }),
    project('Addresses of this project only (name or ID)'),
    projectDomain,
    opt('router', 'Addresses behind this router only (name or ID)'),
    ...tagFilters('floating addresses'),
  ], // prettier-ignore
  async run(app, args) {
    const filters = {
      ...(await networkFilter(app, args, 'floating_network_id')),
      ...(await idsOf(app, args, { port: ['Port', 'port_id'] })),
      ...attributes(args, {
        fixed_ip_address: 'fixed_ip_address',
        floating_ip_address: 'floating_ip_address',
        status: 'status?',
      }),
      ...(await projectOf(app, args)),
      ...(await idsOf(app, args, { router: ['Router', 'router_id'] })),
      ...tagFiltersOf(args),
    };
    let found: Wire[] = [];
    try {
      found = await list(app, FLOATING_IP, filters);
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
    }
    return table(FLOATING_IP, found, args.flag('long') ? [...COLUMNS, ...LONG] : COLUMNS);
  },
};

const listPool: ListerCommand = {
  name: 'floating ip pool list',
  upstream: upstream('floating_ip_pool', 'ListFloatingIPPool'),
  kind: 'lister',
  description: 'List pools of floating addresses: of the network service before Neutron, which has gone',
  arguments: [],
  run: () =>
    Promise.reject(
      new CommandError('Floating ip pool operations are only available for Compute v2 network.'),
    ),
};

/** Commands about floating addresses. */
export const floatingIpCommands: readonly Command[] = [
  createFloatingIp,
  deleteCommand(FLOATING_IP, words('DeleteFloatingIP'), {
    ...by,
    told: {
      failed: (name, why) => `Failed to delete floating_ip with name or ID '${name}': ${why}`,
      total: (failed, all) => `${failed} of ${all} floating_ips failed to delete.`,
    },
  }),
  listFloatingIp,
  listPool,
  setCommand(
    FLOATING_IP,
    words('SetFloatingIP'),
    [
      opt('port', 'Port that it is to lead to (name or ID)'),
      opt('fixed-ip-address', 'Which address of the port, if it has several', 'ip-address'),
      opt('description', 'New description'),
      opt('qos-policy', 'QoS policy of the address (name or ID)', undefined, { exclusive: 'qos' }),
      flag('no-qos-policy', 'Take its QoS policy away', { exclusive: 'qos' }),
      ...tagsForSet('floating ip'),
    ],
    async (app, args) => ({
      ...(await idsOf(app, args, { port: ['Port', 'port_id'] })),
      ...attributes(args, { fixed_ip_address: 'fixed_ip_address?', description: 'description?' }),
      ...(await idsOf(app, args, { qos_policy: ['QoSPolicy', 'qos_policy_id'] })),
      ...attributes(args, { no_qos_policy: ['qos_policy_id', null] }),
    }),
  ),
  showCommand(FLOATING_IP, words('ShowFloatingIP'), {
    ...by,
    brief: true,
    formatters: { port_details: (details: Fields | null) => new DictColumn(details).humanReadable() },
  }),
  setCommand(
    FLOATING_IP,
    words('UnsetFloatingIP'),
    [
      flag('port', 'Let it lead nowhere', { default: false }),
      flag('qos-policy', 'Take its QoS policy away', { default: false }),
      ...tagsForUnset('floating ip'),
    ],
    (_app, args) => attributes(args, { port: ['port_id', null], qos_policy: ['qos_policy_id', null] }),
    { verb: 'unset', typed: true },
  ),
];
