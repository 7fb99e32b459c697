/** ListPort of openstackclient/network/v2/port.py. */
import type { ParsedArgs } from '../../arguments';
import { FormattableColumn, ListDictColumn } from '../../formatters/columns';
import type { Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand } from '../command';
import { opt, project, projectDomain } from '../compute/options';
import type { Fields } from '../compute/sdk';
import { long, upstream } from './common';
import { networkFilter } from './network';
import { attributes, pairsOf, projectOf, tagFilters, tagFiltersOf } from './options';
import { FIXED, fixedIp, groups } from './port-options';
import { findId, list, rows } from './sdk';
import { PORT } from './shapes';

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

/** `openstack port list` */
export const listPort: ListerCommand = {
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
