import type { Answer, Call } from './controller';
import type { NetworkDb } from './db';
import { conflict, methodNotAllowed, networkNotFound, NeutronError, notFound } from './errors';
import { parseAddress } from './ip';
import type { Policy } from './policy';

/** neutron's own ways to make a router; none of them is more than a name here. */
const SERVICE_PROVIDERS = ['dvrha', 'dvr', 'ha', 'single_node'];

/** Lists that hold nothing in this cloud, with what the service says of an id. */
const EMPTY: Readonly<
  Record<string, { collection: string; missing: (id: string) => NeutronError; policy?: string }>
> = {
  agents: {
    collection: 'agents',
    missing: (id) => notFound('AgentNotFound', `Agent ${id} could not be found.`),
  },
  availability_zones: { collection: 'availability_zones', missing: () => notFound() },
  flavors: {
    collection: 'flavors',
    missing: (id) => notFound('FlavorNotFound', `Flavor ${id} could not be found.`),
  },
};

/** What is only there to be looked at. Undefined for other paths. */
export function fixedAnswer(
  db: NetworkDb,
  policy: Policy,
  method: string,
  words: readonly string[],
  call: Call,
): Answer | undefined {
  const [path = '', id] = words;
  const { context } = call;
  if (Object.hasOwn(EMPTY, path)) {
    const empty = EMPTY[path];
    if (method !== 'GET') throw methodNotAllowed();
    if (words.length > 2 || empty === undefined) throw notFound();
    if (id !== undefined) throw empty.missing(id);
    return { status: 200, body: { [empty.collection]: [] } };
  }
  switch (path) {
    case 'service-providers': {
      if (method !== 'GET') throw methodNotAllowed();
      // the real one stumbles over an id, and says 500
      if (id !== undefined) throw notFound();
      const service_providers = SERVICE_PROVIDERS.map((name) => ({
        service_type: 'L3_ROUTER_NAT',
        name,
        default: false,
      }));
      return { status: 200, body: { service_providers } };
    }
    case 'auto-allocated-topology':
      if (id === undefined) throw notFound();
      if (id !== context.projectId && !context.isAdmin)
        throw new NeutronError(403, 'NotAuthorized', 'Not authorized.');
      // an administrator would have to say which external network is the one for everybody
      throw conflict('AutoAllocationFailure', 'Deployment error: No default router:external network.');
    case 'network-ip-availabilities': {
      if (method !== 'GET') throw methodNotAllowed();
      const all = policy.check(context, 'get_network_ip_availability', 'network_ip_availabilities', {})
        ? db.state.networks.map((network) => availability(db, network.id))
        : [];
      if (id === undefined) return { status: 200, body: { network_ip_availabilities: all.sort(byId) } };
      if (!db.state.networks.some((network) => network.id === id)) throw networkNotFound(id);
      const found = all.find(({ network_id }) => network_id === id);
      if (found === undefined) throw notFound();
      return { status: 200, body: { network_ip_availability: found } };
    }
    case 'floatingip_pools': {
      if (method !== 'GET') throw methodNotAllowed();
      if (id !== undefined) throw notFound();
      const subnets = db.state.subnets.filter(
        ({ network_id, ip_version }) =>
          ip_version === 4 && db.state.networks.some((one) => one.id === network_id && one.external !== null),
      );
      const floatingip_pools = subnets.map((subnet) => ({
        subnet_id: subnet.id,
        subnet_name: subnet.name,
        tenant_id: context.projectId,
        network_id: subnet.network_id,
        cidr: subnet.cidr,
        project_id: context.projectId,
      }));
      return { status: 200, body: { floatingip_pools } };
    }
    default:
      return undefined;
  }
}

const byId = (a: { network_id: string }, b: { network_id: string }) => (a.network_id < b.network_id ? -1 : 1);

/** neutron/db/network_ip_availability_db.py. */
function availability(db: NetworkDb, networkId: string) {
  const network = db.state.networks.find(({ id }) => id === networkId);
  const subnets = db.subnetsOf(networkId).map((subnet) => {
    const total = subnet.allocation_pools.reduce((sum, { start, end }) => {
      const [first, last] = [parseAddress(start)?.value ?? 0n, parseAddress(end)?.value ?? 0n];
      return sum + (last - first + 1n);
    }, 0n);
    const used = db.state.ports
      .flatMap(({ fixed_ips }) => fixed_ips)
      .filter(({ subnet_id }) => subnet_id === subnet.id).length;
    return {
      subnet_id: subnet.id,
      ip_version: subnet.ip_version,
      cidr: subnet.cidr,
      subnet_name: subnet.name,
      used_ips: used,
      total_ips: Number(total),
    };
  });
  const sum = (name: 'used_ips' | 'total_ips') => subnets.reduce((all, one) => all + one[name], 0);
  return {
    network_id: networkId,
    network_name: network?.name ?? '',
    tenant_id: network?.project_id ?? '',
    project_id: network?.project_id ?? '',
    subnet_ip_availability: subnets,
    used_ips: sum('used_ips'),
    total_ips: sum('total_ips'),
  };
}
