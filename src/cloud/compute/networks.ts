import { badRequest, conflict, forbidden } from './errors';
import { Neutron, NeutronClientError, type Network } from './neutron';
import type { Nova } from './nova';
import type { RequestContext } from './policy';
import type { NetworkRequest } from './state';

export type { NetworkRequest } from './state';

/** What a request says of networks: a list, nothing at all, or one of two words. */
export type RequestedNetworks = NetworkRequest[] | 'none' | 'auto' | undefined;

/**
 * What `networks` of a new server asks for: `_get_requested_networks` of nova/api/openstack/compute/servers.py.
 *
 * @throws {@link NovaError} 400.
 */
export function requestedNetworks(given: unknown): RequestedNetworks {
  if (given === undefined || given === 'none' || given === 'auto') return given;
  const requests = (given as Record<string, string | null | undefined>[]).map((network): NetworkRequest => {
    // the schema has said so
    const { fixed_ip: fixedIp = undefined, port, uuid, tag } = network;
    const tagged = typeof tag === 'string' ? { tag } : {};
    if (typeof port === 'string') {
      if (typeof fixedIp === 'string')
        throw badRequest(
          `Specified Fixed IP '${fixedIp}' cannot be used with port '${port}': the two cannot be specified together.`,
        );
      return { port, ...tagged };
    }
    if (typeof uuid !== 'string') throw badRequest("Bad network format: missing 'uuid'");
    return { uuid, ...(typeof fixedIp === 'string' ? { fixedIp } : {}), ...tagged };
  });
  const ports = requests.flatMap(({ port }) => port ?? []);
  const twice = ports.find((port, i) => ports.indexOf(port) !== i);
  if (twice !== undefined)
    throw badRequest(`Port ID '${twice}' was specified twice: you cannot attach a port multiple times.`);
  return requests;
}

/** `Multiple possible networks found…`, with the status that the API in question has for it. */
export const AMBIGUOUS = 'Multiple possible networks found, use a Network ID to be more specific.';

/** What a project can connect a server to without naming it: its own networks, and those shared with everybody. */
export async function availableNetworks(nova: Nova, token: string, projectId: string): Promise<Network[]> {
  const neutron = new Neutron(nova);
  const own = await neutron.networks(token, [
    ['tenant_id', projectId],
    ['shared', 'False'],
  ]);
  return [...own, ...(await neutron.networks(token, [['shared', 'True']]))];
}

/**
 * Whether a request's networks are there and free, and for how many servers there are ports: `validate_networks` of
 * nova/network/neutron.py.
 *
 * @throws {@link NovaError} 400, 403 or 409.
 */
export async function validateNetworks(
  nova: Nova,
  context: RequestContext,
  networks: RequestedNetworks,
  servers: number,
): Promise<number> {
  if (networks === 'none') return servers;
  const { token } = context;
  const projectId = context.projectId ?? '';
  const neutron = new Neutron(nova);
  let needed = 1;
  if (networks === undefined || networks === 'auto' || networks.length === 0) {
    const found = await availableNetworks(nova, token, projectId);
    if (found.length > 1) throw conflict(AMBIGUOUS);
    if (found.length === 0 && networks === 'auto' && !(await neutron.canAutoAllocate(token, projectId)))
      throw badRequest(`Unable to automatically allocate a network for project ${projectId}`);
  } else {
    const wanted: string[] = [];
    for (const request of networks) {
      if (request.port !== undefined) await checkPort(neutron, token, request.port);
      else {
        wanted.push(request.uuid ?? '');
        if (request.fixedIp !== undefined) await checkFixedIp(neutron, request.uuid ?? '', request.fixedIp);
      }
    }
    if (wanted.length > 0) await checkNetworks(neutron, token, wanted);
    needed = wanted.length;
  }
  if (needed === 0) return servers;
  const limit = await neutron.portQuota(token, projectId);
  if (limit === -1) return servers;
  const used = (
    await neutron.ports(token, [
      ['tenant_id', projectId],
      ['fields', 'id'],
    ])
  ).length;
  const most = Math.floor(Math.max(0, limit - used) / needed);
  if (most === 0) throw forbidden('Maximum number of ports exceeded');
  return Math.min(servers, most);
}

/** The port is there, free, and has an address. */
export async function checkPort(neutron: Neutron, token: string, id: string): Promise<void> {
  const port = await neutron.port(token, id).catch((error: unknown) => {
    if (error instanceof NeutronClientError && error.status === 404)
      throw badRequest(`Port id ${id} could not be found.`);
    throw error;
  });
  if (port.device_id !== '') throw conflict(`Port ${id} is still in use.`);
  if (port.fixed_ips.length === 0) throw badRequest(`Port ${id} requires a FixedIP in order to be used.`);
}

async function checkFixedIp(neutron: Neutron, networkId: string, address: string): Promise<void> {
  const [port] = await neutron.ports(undefined, [
    ['network_id', networkId],
    ['fixed_ips', `ip_address=${address}`],
  ]);
  if (port !== undefined)
    throw badRequest(`Fixed IP address ${address} is already in use on instance ${port.device_id}.`);
}

async function checkNetworks(neutron: Neutron, token: string, wanted: readonly string[]): Promise<void> {
  const found = await neutron.networks(
    token,
    wanted.map((id) => ['id', id]),
  );
  const bare = found.find(({ subnets }) => subnets.length === 0);
  if (bare !== undefined)
    throw badRequest(`Network ${bare.id} requires a subnet in order to boot instances on.`);
  const lost = wanted.filter((id) => !found.some((network) => network.id === id));
  if (lost.length > 0) throw badRequest(`Network ${[...new Set(lost)].join(', ')} could not be found.`);
}

/**
 * Whether a request's security groups are there: `_check_requested_secgroups` of nova/compute/api.py. Every project has
 * `default`.
 *
 * @throws {@link NovaError} 400.
 */
export async function validateSecurityGroups(
  nova: Nova,
  token: string,
  names: readonly string[],
): Promise<void> {
  const neutron = new Neutron(nova);
  for (const name of names) {
    if (name === 'default') continue;
    const named = await neutron.securityGroups(token, [['name', name]]);
    if (named.length > 1)
      throw conflict(
        `Multiple security_group matches found for name '${name}', use an ID to be more specific.`,
      );
    const found = named.length === 1 || (await neutron.securityGroups(token, [['id', name]])).length === 1;
    if (!found) throw badRequest(`Unable to find security_group with name or id '${name}'`);
  }
}
