import type { NetworkClient } from '../../client';
import type { CloudCopy } from '../sandbox/use-copy';
import { START, type LabCase, type LabServer } from './case';
import { firstTraffic } from './first-packet';
import { asWritten } from './rule';

/** Networks, groups and servers' ports of the project _demo_, as they are in a page's cloud. */
export async function readSandbox(copy: CloudCopy): Promise<LabCase> {
  const { connect } = await import('../../client');
  const cloud = connect(
    {
      auth: {
        auth_url: `${copy.cloud.baseUrl}/identity/v3`,
        username: 'demo',
        password: 'secret',
        project_name: 'demo',
        user_domain_name: 'Default',
        project_domain_name: 'Default',
      },
    },
    { fetch: (request) => copy.cloud.fetch(request) },
  );
  const names = new Map<string, string>();
  for await (const { id, name } of cloud.compute.servers()) names.set(id, name);
  return caseOf(cloud.network, names);
}

/**
 * The case that a project's network makes: its ports that no router has, each as a server, those of servers first.
 *
 * @param serverNames of servers, by their ids; a port of none of them has a name of its own.
 */
export async function caseOf(
  client: Pick<NetworkClient, 'ports' | 'securityGroups' | 'addressGroups' | 'networks' | 'routers' | 'ips'>,
  serverNames: ReadonlyMap<string, string>,
): Promise<LabCase> {
  const [allPorts, groups, addressGroups, networks, routers, floating] = await Promise.all([
    client.ports(),
    client.securityGroups(),
    client.addressGroups(),
    client.networks(),
    client.routers(),
    client.ips(),
  ]);
  const groupNames = distinct(groups.map(({ id, name }) => [id, name]));
  const listNames = distinct(addressGroups.map(({ id, name }) => [id, name]));
  const networkNames = distinct(networks.map(({ id, name }) => [id, name]));
  const routerNames = distinct(routers.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => groupNames.get(id) ?? listNames.get(id) ?? id;
  const isServers = ({ device_id: id }: { device_id: string }) => serverNames.has(id);
  const ports = allPorts
    .filter(({ device_owner: owner }) => !owner.startsWith('network:'))
    .sort((a, b) => Number(isServers(b)) - Number(isServers(a)));
  const names = distinct(
    ports.map((port) => [
      port.id,
      serverNames.get(port.device_id) ?? (port.name || `port ${port.id.slice(0, 8)}`),
    ]),
  );
  const routerOf = (network: string) =>
    allPorts.find(
      (port) => port.network_id === network && port.device_owner.startsWith('network:router_interface'),
    )?.device_id;
  const servers = ports.map((port): LabServer => ({
    name: names.get(port.id) ?? port.id,
    network: networkNames.get(port.network_id) ?? port.network_id,
    addresses: port.fixed_ips.map(({ ip_address: address }) => address),
    floating: floating.find((each) => each.port_id === port.id)?.floating_ip_address ?? '',
    groups: port.security_groups.map(nameOf),
    portSecurity: port.port_security_enabled,
    pairs: port.allowed_address_pairs.map(({ ip_address: address }) => address),
  }));
  const labCase: Omit<LabCase, 'traffic'> = {
    groups: groups.map(({ id, stateful, security_group_rules: rules }) => ({
      name: nameOf(id),
      stateful,
      rules: rules.map((rule) => asWritten(rule, nameOf)),
    })),
    addressGroups: addressGroups.map(({ id, addresses }) => ({ name: nameOf(id), addresses })),
    servers,
    networks: networks
      .filter((network) => network['router:external'] !== true)
      .map(({ id }) => ({
        name: networkNames.get(id) ?? id,
        router: routerNames.get(routerOf(id) ?? '') ?? '',
      })),
    routers: routers.map(({ id, external_gateway_info: gateway }) => ({
      name: routerNames.get(id) ?? id,
      outside: gateway?.external_fixed_ips?.[0]?.ip_address ?? '',
    })),
    outside: START.outside,
    ofSandbox: true,
  };
  return { ...labCase, traffic: firstTraffic(labCase) };
}

/** Names by ids, no two the same. */
function distinct(pairs: readonly (readonly [id: string, name: string])[]): Map<string, string> {
  const taken = new Map<string, string>();
  for (const [id, name] of pairs)
    taken.set(
      id,
      [...taken.values()].includes(name) || name === '' ? `${name} ${id.slice(0, 8)}`.trim() : name,
    );
  return taken;
}
