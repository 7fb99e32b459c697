import type { ComputeApi, Endpoint, NovaRequest } from './api';
import { NovaError, notFound } from './errors';
import { usages } from './hosts';
import { zoneOfService } from './services';
import type { ServerRecord } from './state';

/** The last microversion that knows hosts: after it, they are hypervisors and services. */
const LAST = 42;

/** Hosts as they once were: nova/api/openstack/compute/hosts.py. */
export function mountHosts(api: ComputeApi): void {
  const { state } = api.nova;
  const admin = (policy: string, handle: Endpoint['handle']): Endpoint => ({
    until: LAST,
    handle(request) {
      request.enforce('admin', `os-hosts:${policy}`);
      return handle(request);
    },
  });
  const known = (request: NovaRequest): string => {
    const host = request.param('id');
    if (!state.nodes.some((node) => node.host === host))
      throw notFound(`Host '${host}' is not mapped to any cell`);
    return host;
  };

  api.route('/os-hosts', {
    GET: admin('list', (request) => {
      const zone = request.query.get('zone') ?? '';
      const hosts = state.services
        .filter(({ disabled }) => !disabled)
        .map((service) => ({
          host_name: service.host,
          service: service.binary.replace('nova-', ''),
          zone: zoneOfService(api, service),
        }));
      return { hosts: hosts.filter((host) => zone === '' || host.zone === zone) };
    }),
  });
  api.route('/os-hosts/{id}', {
    GET: admin('show', (request) => {
      const host = known(request);
      const node = state.nodes.find((each) => each.host === host);
      const used = usages(state).get(host);
      if (node === undefined || used === undefined)
        throw notFound(`Compute host ${host} could not be found.`);
      const servers = state.servers.filter((server) => !server.deleted && server.host === host);
      const projects = [...new Set(servers.map(({ project_id }) => project_id))];
      const total = { cpu: node.vcpus, memory_mb: node.memory_mb, disk_gb: node.local_gb };
      const memory_mb = used.memory_mb + node.reserved_host_memory_mb;
      const now = { cpu: used.vcpus, memory_mb, disk_gb: used.local_gb };
      const rows: [string, object][] = [
        ['(total)', total],
        ['(used_now)', now],
        ['(used_max)', sum(servers)],
        ...projects.map((id): [string, object] => [
          id,
          sum(servers.filter(({ project_id }) => project_id === id)),
        ]),
      ];
      return { host: rows.map(([project, sizes]) => ({ resource: { host, project, ...sizes } })) };
    }),
    PUT: admin('update', (request) => {
      known(request);
      throw new NovaError(501, 'Changing a host is not modelled in this cloud.');
    }),
  });
}

/** What servers were promised, whether or not it lies on the host. */
function sum(servers: readonly ServerRecord[]) {
  const total = { cpu: 0, memory_mb: 0, disk_gb: 0 };
  for (const { flavor } of servers) {
    total.cpu += flavor.vcpus;
    total.memory_mb += flavor.memory_mb;
    total.disk_gb += flavor.root_gb + flavor.ephemeral_gb;
  }
  return total;
}
