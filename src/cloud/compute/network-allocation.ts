import { AMBIGUOUS, availableNetworks } from './networks';
import { Neutron, NeutronClientError, refreshNetworkInfo, type Port } from './neutron';
import type { Nova } from './nova';
import type { NetworkRequest, ServerRecord } from './state';

/** A server that gets no network is not built. */
export class NetworkAllocationError extends Error {
  override readonly name = 'NetworkAllocationError';
}

const FAILED = 'Failed to allocate the network(s), not rescheduling.';

/**
 * Gives a server its ports, on the host where it is built: `allocate_for_instance` of nova/network/neutron.py.
 *
 * @throws {@link NetworkAllocationError} with what the server's fault says.
 */
export async function allocateNetworks(nova: Nova, server: ServerRecord, token: string): Promise<void> {
  const asked = server.requested_networks;
  delete server.requested_networks;
  if (asked === 'none') return;
  let requests: NetworkRequest[];
  if (Array.isArray(asked) && asked.length > 0) requests = asked;
  else {
    const found = await availableNetworks(nova, token, server.project_id).catch(() => []);
    if (found.length > 1) throw new NetworkAllocationError(AMBIGUOUS);
    requests = found.map(({ id }) => ({ uuid: id }));
  }
  if (requests.length === 0) return;
  for (const request of requests) {
    try {
      await connect(nova, server, token, request);
    } catch (error) {
      await releaseNetworks(nova, server);
      throw error instanceof NeutronClientError ? new NetworkAllocationError(faultOf(error, request)) : error;
    }
  }
  await refreshNetworkInfo(nova, [server]);
}

function faultOf(error: NeutronClientError, { fixedIp, uuid }: NetworkRequest): string {
  const isWrong = error.type === 'InvalidIpForNetwork' || error.type === 'InvalidIpForSubnet';
  return isWrong && fixedIp !== undefined
    ? `Invalid input received: Fixed IP ${fixedIp} is not a valid ip address for network ${uuid ?? ''}.`
    : FAILED;
}

/**
 * One port more: made, or the one that somebody brought.
 *
 * @throws {@link NeutronClientError}, {@link NetworkAllocationError}
 */
export async function connect(
  nova: Nova,
  server: ServerRecord,
  token: string,
  request: NetworkRequest,
): Promise<string> {
  const neutron = new Neutron(nova);
  const bound = {
    device_id: server.id,
    device_owner: `compute:${nova.zoneOf(server.host)}`,
    'binding:host_id': server.host ?? '',
  };
  let port: Port;
  if (request.port !== undefined) {
    port = await neutron.port(token, request.port);
    if (port.device_id !== '' || port.tenant_id !== server.project_id)
      throw new NetworkAllocationError(FAILED);
  } else {
    const uuid = request.uuid ?? '';
    const [network] = await neutron.networks(token, [['id', uuid]]);
    const isAdmin = (server.system_metadata['boot_roles'] ?? '').split(',').includes('admin');
    if (network === undefined || (network['router:external'] && !network.shared && !isAdmin))
      throw new NetworkAllocationError(FAILED);
    const groups = await securityGroupIds(neutron, token, server);
    port = await neutron.createPort(token, {
      network_id: uuid,
      admin_state_up: true,
      tenant_id: server.project_id,
      device_id: server.id,
      ...(groups.length === 0 ? {} : { security_groups: groups }),
      ...(request.fixedIp === undefined ? {} : { fixed_ips: [{ ip_address: request.fixedIp }] }),
    });
  }
  await neutron.updatePort(port.id, bound);
  server.network_info = [
    ...(server.network_info ?? []),
    {
      port_id: port.id,
      network: '',
      mac_address: port.mac_address,
      addresses: [],
      security_groups: [],
      keep: request.port !== undefined,
      tag: request.tag ?? null,
    },
  ];
  return port.id;
}

async function securityGroupIds(neutron: Neutron, token: string, server: ServerRecord): Promise<string[]> {
  const names = server.security_groups;
  // neutron gives a port `default` by itself
  if (names.length === 0 || names.every((name) => name === 'default')) return [];
  const known = await neutron.securityGroups(token, [['tenant_id', server.project_id]]);
  return names.map((name) => (known.find((group) => group.name === name) ?? { id: name }).id);
}

/** The ports that nova made go; those that somebody brought are free again: `deallocate_for_instance`. */
export async function releaseNetworks(nova: Nova, server: ServerRecord): Promise<void> {
  for (const vif of server.network_info ?? []) await disconnect(nova, server, vif.port_id);
  server.network_info = [];
}

/** One port less. Nothing happens when it is not the server's. */
export async function disconnect(nova: Nova, server: ServerRecord, portId: string): Promise<void> {
  const vif = server.network_info?.find(({ port_id }) => port_id === portId);
  if (vif === undefined) return;
  const neutron = new Neutron(nova);
  if (vif.keep) {
    const free = { device_id: '', device_owner: '', 'binding:host_id': '', 'binding:profile': {} };
    await neutron.updatePort(portId, free).catch((error: unknown) => {
      if (!(error instanceof NeutronClientError && error.status === 404)) throw error;
    });
  } else await neutron.deletePort(portId);
  server.network_info = (server.network_info ?? []).filter((one) => one !== vif);
}
