import { badRequest } from './errors';
import type { RequestContext } from './policy';

/** A network that somebody asks for: nova/objects/network_request.py. */
export interface NetworkRequest {
  uuid: string | undefined;
  port: string | undefined;
  fixedIp: string | undefined;
}

/**
 * What `networks` of a new server asks for: `_get_requested_networks` of nova/api/openstack/compute/servers.py.
 *
 * @throws {@link NovaError} 400.
 */
export function requestedNetworks(given: unknown): NetworkRequest[] | 'none' | 'auto' | undefined {
  if (given === undefined || given === 'none' || given === 'auto') return given;
  const requests = (given as Record<string, string | null | undefined>[]).map((network): NetworkRequest => {
    // the schema has said so
    const { fixed_ip: fixedIp = undefined, port, uuid } = network;
    if (typeof port === 'string') {
      if (typeof fixedIp === 'string')
        throw badRequest(
          `Specified Fixed IP '${fixedIp}' cannot be used with port '${port}': the two cannot be specified together.`,
        );
      return { uuid: undefined, port, fixedIp: undefined };
    }
    if (typeof uuid !== 'string') throw badRequest("Bad network format: missing 'uuid'");
    return { uuid, port: undefined, fixedIp: fixedIp ?? undefined };
  });
  const ports = requests.flatMap(({ port }) => port ?? []);
  const twice = ports.find((port, i) => ports.indexOf(port) !== i);
  if (twice !== undefined)
    throw badRequest(`Port ID '${twice}' was specified twice: you cannot attach a port multiple times.`);
  return requests;
}

/**
 * What the Network service says to these networks. There is none yet, so this answers as one that has nothing for the
 * project: nova/network/neutron.py `validate_networks`. The one place where nova asks about networks.
 *
 * @throws {@link NovaError} 400.
 */
export function validateNetworks(
  context: RequestContext,
  networks: NetworkRequest[] | 'none' | 'auto' | undefined,
): void {
  if (networks === 'auto')
    throw badRequest(`Unable to automatically allocate a network for project ${context.projectId}`);
  if (!Array.isArray(networks)) return;
  for (const { port } of networks)
    if (port !== undefined) throw badRequest(`Port id ${port} could not be found.`);
  const missing = networks.flatMap(({ uuid }) => uuid ?? []);
  if (missing.length > 0) throw badRequest(`Network ${[...new Set(missing)].join(', ')} could not be found.`);
}

/**
 * The same for security groups: every project has `default`, and nothing else yet.
 *
 * @throws {@link NovaError} 400.
 */
export function validateSecurityGroups(names: readonly string[]): void {
  const unknown = names.find((name) => name !== 'default');
  if (unknown !== undefined) throw badRequest(`Unable to find security_group with name or id '${unknown}'`);
}
