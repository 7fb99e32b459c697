import type { PortRecord } from '../network/state';
import { NETWORK_PATH } from '../paths';
import type { Nova } from './nova';
import type { NetworkInfo, ServerRecord } from './state';

/** A port as the Network API shows it to an administrator. */
export type Port = Pick<
  PortRecord,
  | 'id'
  | 'name'
  | 'network_id'
  | 'mac_address'
  | 'status'
  | 'device_id'
  | 'device_owner'
  | 'fixed_ips'
  | 'security_groups'
> & { tenant_id: string };

export interface Network {
  id: string;
  name: string;
  tenant_id: string;
  subnets: string[];
  shared: boolean;
  'router:external': boolean;
}

export interface SecurityGroup {
  id: string;
  name: string;
  description: string;
  tenant_id: string;
  security_group_rules: {
    id: string;
    direction: string;
    ethertype: string;
    protocol: string | null;
    port_range_min: number | null;
    port_range_max: number | null;
    remote_ip_prefix: string | null;
    remote_group_id: string | null;
    security_group_id: string;
  }[];
}

/** A refusal of the Network service. */
export class NeutronClientError extends Error {
  override readonly name = 'NeutronClientError';

  constructor(
    readonly status: number,
    /** The class of neutron's exception. */
    readonly type: string,
    message: string,
    readonly requestId: string,
  ) {
    super(message);
  }
}

/**
 * The Network service over HTTP: the client of nova/network/neutron.py. What only services may do, it does with a token
 * of the service's own; the rest in the user's name.
 */
export class Neutron {
  constructor(readonly nova: Nova) {}

  /** @throws {@link NeutronClientError} */
  async #send(token: string, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await this.nova.ask(token, method, `${NETWORK_PATH}/v2.0/${path}`, body);
    const text = await response.text();
    const json = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>); // the Network API's contract
    if (response.status < 400) return json;
    const error = (json['NeutronError'] ?? {}) as { type?: string; message?: string };
    const requestId = response.headers.get('x-openstack-request-id') ?? '';
    throw new NeutronClientError(response.status, error.type ?? '', error.message ?? text, requestId);
  }

  /** In the name of a user, or of the service itself when `token` is undefined. */
  async #list<T>(token: string | undefined, path: string, query: [string, string][]): Promise<T[]> {
    const search = new URLSearchParams(query).toString();
    const found = await this.#send(token ?? this.nova.serviceToken(), 'GET', `${path}?${search}`);
    return found[path.replaceAll('-', '_')] as T[]; // the Network API's contract
  }

  networks(token: string, query: [string, string][]): Promise<Network[]> {
    return this.#list(token, 'networks', query);
  }

  networksById(ids: readonly string[]): Promise<Network[]> {
    return this.#list(
      undefined,
      'networks',
      ids.map((id) => ['id', id]),
    );
  }

  ports(token: string | undefined, query: [string, string][]): Promise<Port[]> {
    return this.#list(token, 'ports', query);
  }

  portsOf(serverIds: readonly string[]): Promise<Port[]> {
    return this.ports(
      undefined,
      serverIds.map((id) => ['device_id', id]),
    );
  }

  securityGroups(token: string | undefined, query: [string, string][]): Promise<SecurityGroup[]> {
    return this.#list(token, 'security-groups', query);
  }

  floatingIps(
    portIds: readonly string[],
  ): Promise<{ port_id: string; fixed_ip_address: string; floating_ip_address: string }[]> {
    return this.#list(
      undefined,
      'floatingips',
      portIds.map((id) => ['port_id', id]),
    );
  }

  /** @throws {@link NeutronClientError} 404. */
  async port(token: string, id: string): Promise<Port> {
    return (await this.#send(token, 'GET', `ports/${encodeURIComponent(id)}`))['port'] as Port; // the Network API's contract
  }

  async portQuota(token: string, projectId: string): Promise<number> {
    const { quota } = await this.#send(token, 'GET', `quotas/${encodeURIComponent(projectId)}`);
    return (quota as { port: number }).port; // the Network API's contract
  }

  /** Whether the service could make a network by itself. */
  async canAutoAllocate(token: string, projectId: string): Promise<boolean> {
    try {
      await this.#send(
        token,
        'GET',
        `auto-allocated-topology/${encodeURIComponent(projectId)}?fields=dry-run`,
      );
      return true;
    } catch (error) {
      if (error instanceof NeutronClientError) return false;
      throw error;
    }
  }

  /** As the user: what she may not, nova does not do for her. @throws {@link NeutronClientError} */
  async createPort(token: string, port: object): Promise<Port> {
    return (await this.#send(token, 'POST', 'ports', { port }))['port'] as Port; // the Network API's contract
  }

  /** As the service. @throws {@link NeutronClientError} */
  async updatePort(id: string, port: object): Promise<Port> {
    return (await this.#send(this.nova.serviceToken(), 'PUT', `ports/${id}`, { port }))['port'] as Port; // contract
  }

  /** As the user. @throws {@link NeutronClientError} */
  async setSecurityGroups(token: string, id: string, security_groups: readonly string[]): Promise<void> {
    await this.#send(token, 'PUT', `ports/${id}`, { port: { security_groups } });
  }

  async deletePort(id: string): Promise<void> {
    try {
      await this.#send(this.nova.serviceToken(), 'DELETE', `ports/${id}`);
    } catch (error) {
      // somebody else was quicker
      if (!(error instanceof NeutronClientError && error.status === 404)) throw error;
    }
  }
}

/**
 * Brings what servers remember of their ports up to date: `get_instance_nw_info` of nova/network/neutron.py, which
 * neutron's notifications have nova call.
 */
export async function refreshNetworkInfo(nova: Nova, servers: readonly ServerRecord[]): Promise<void> {
  const connected = servers.filter(({ network_info }) => (network_info ?? []).length > 0);
  if (connected.length === 0) return;
  const neutron = new Neutron(nova);
  const ports = await neutron.portsOf(connected.map(({ id }) => id));
  if (ports.length === 0) {
    for (const server of connected) server.network_info = [];
    return;
  }
  const [networks, floating, groups] = await Promise.all([
    neutron.networksById([...new Set(ports.map(({ network_id }) => network_id))]),
    neutron.floatingIps(ports.map(({ id }) => id)),
    neutron.securityGroups(undefined, [
      ['id', ''],
      ...ports.flatMap(({ security_groups }) => security_groups.map((id): [string, string] => ['id', id])),
    ]),
  ]);
  for (const server of connected) {
    const known = new Map((server.network_info ?? []).map((vif) => [vif.port_id, vif]));
    const own = ports.filter(({ device_id }) => device_id === server.id);
    // in the order in which they came
    own.sort((a, b) => [...known.keys()].indexOf(a.id) - [...known.keys()].indexOf(b.id));
    server.network_info = own.map((port): NetworkInfo => ({
      port_id: port.id,
      network: networks.find(({ id }) => id === port.network_id)?.name ?? '',
      mac_address: port.mac_address,
      addresses: port.fixed_ips.map(({ ip_address }) => ({
        address: ip_address,
        floating: floating
          .filter((one) => one.port_id === port.id && one.fixed_ip_address === ip_address)
          .map(({ floating_ip_address }) => floating_ip_address),
      })),
      security_groups: port.security_groups.map((id) => groups.find((group) => group.id === id)?.name ?? id),
      keep: known.get(port.id)?.keep ?? false,
      tag: known.get(port.id)?.tag ?? null,
    }));
  }
}
