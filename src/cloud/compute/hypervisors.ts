import type { ComputeApi, Endpoint, NovaRequest } from './api';
import { strictBool } from './bool';
import { badRequest, notFound } from './errors';
import { computeService, usages, type Usage } from './hosts';
import { limitAndMarker, listAnswer, page } from './paging';
import { indexHypervisors, showHypervisor } from './schemas/hosts';
import { isUuidLike } from './schemas/formats';
import type { ComputeNodeRecord } from './state';

const NOTHING: Usage = { servers: [], vcpus: 0, memory_mb: 0, local_gb: 0, workload: 0 };

/** Hypervisors: nova/api/openstack/compute/hypervisors.py. */
export function mountHypervisors(api: ComputeApi): void {
  const { state } = api.nova;

  const view = (
    request: NovaRequest,
    node: ComputeNodeRecord,
    detail: boolean,
    withServers?: boolean,
  ): object =>
    hypervisorView(api, request, node, usages(state).get(node.host) ?? NOTHING, detail, withServers);

  const matching = (pattern: string): ComputeNodeRecord[] => {
    const found = state.nodes.filter(({ hypervisor_hostname }) => hypervisor_hostname.includes(pattern));
    if (found.length === 0) throw notFound(`No hypervisor matching '${pattern}' could be found.`);
    return found;
  };

  const list = (detail: boolean): Endpoint => ({
    query: indexHypervisors,
    handle(request) {
      request.enforce('admin', `os-hypervisors:${detail ? 'list-detail' : 'list'}`);
      const paging = request.supports(33) ? limitAndMarker(request) : { limit: 1000, marker: undefined };
      const pattern = request.supports(53) ? request.query.get('hypervisor_hostname_pattern') : null;
      const withServers = request.supports(53)
        ? strictBool(request.query.get('with_servers') ?? false)
        : false;
      if (pattern !== null && (request.query.has('limit') || paging.marker !== undefined))
        throw badRequest(
          'Paging over hypervisors with the hypervisor_hostname_pattern query parameter is not supported.',
        );
      const idOf = (node: ComputeNodeRecord) => (request.supports(53) ? node.uuid : String(node.number));
      const nodes = pattern === null ? page(state.nodes, paging, idOf) : matching(pattern);
      const last = nodes.at(-1);
      const items = nodes.map((node) => view(request, node, detail, withServers));
      const path = detail ? 'os-hypervisors/detail' : 'os-hypervisors';
      if (pattern !== null || !request.supports(33)) return { hypervisors: items };
      return listAnswer(api, request, path, 'hypervisors', items, last && idOf(last));
    },
  });

  const find = (request: NovaRequest): ComputeNodeRecord => {
    const id = request.param('id');
    const missing = notFound(`Hypervisor with ID '${id}' could not be found.`);
    if (request.supports(53)) {
      if (!isUuidLike(id)) throw badRequest(`Invalid uuid ${id}`);
    } else if (!/^\d+$/.test(id)) throw missing;
    const node = state.nodes.find(({ number, uuid }) =>
      request.supports(53) ? uuid === id : number === Number(id),
    );
    if (node === undefined) throw missing;
    return node;
  };

  api.route('/os-hypervisors', { GET: list(false) });
  api.route('/os-hypervisors/detail', { GET: list(true) });
  api.route('/os-hypervisors/statistics', {
    GET: {
      until: 87,
      handle(request) {
        request.enforce('admin', 'os-hypervisors:statistics');
        return { hypervisor_statistics: statistics(api) };
      },
    },
  });
  api.route('/os-hypervisors/{id}', {
    GET: {
      query: showHypervisor,
      handle(request) {
        request.enforce('admin', 'os-hypervisors:show');
        const withServers = request.supports(53)
          ? strictBool(request.query.get('with_servers') ?? false)
          : false;
        return { hypervisor: view(request, find(request), true, withServers) };
      },
    },
  });
  api.route('/os-hypervisors/{id}/search', {
    GET: {
      until: 52,
      handle(request) {
        request.enforce('admin', 'os-hypervisors:search');
        return { hypervisors: matching(request.param('id')).map((node) => view(request, node, false)) };
      },
    },
  });
  api.route('/os-hypervisors/{id}/servers', {
    GET: {
      until: 52,
      handle(request) {
        request.enforce('admin', 'os-hypervisors:servers');
        return { hypervisors: matching(request.param('id')).map((node) => view(request, node, false, true)) };
      },
    },
  });
  api.route('/os-hypervisors/{id}/uptime', {
    GET: {
      until: 87,
      handle(request) {
        request.enforce('admin', 'os-hypervisors:uptime');
        find(request);
        throw badRequest('The requested functionality is not supported.');
      },
    },
  });
}

function hypervisorView(
  api: ComputeApi,
  request: NovaRequest,
  node: ComputeNodeRecord,
  usage: Usage,
  detail: boolean,
  withServers = false,
): object {
  const service = computeService(api.nova.state, node.host);
  const byUuid = request.supports(53);
  const servers = usage.servers
    .filter(({ host }) => host === node.host)
    .map(({ name, id }) => ({ name, uuid: id }));
  return {
    id: byUuid ? node.uuid : node.number,
    hypervisor_hostname: node.hypervisor_hostname,
    state: service?.forced_down === true ? 'down' : 'up',
    status: service?.disabled === true ? 'disabled' : 'enabled',
    ...(detail
      ? {
          hypervisor_type: node.hypervisor_type,
          hypervisor_version: node.hypervisor_version,
          host_ip: node.host_ip,
          service: {
            id: byUuid ? service?.uuid : service?.number,
            host: node.host,
            disabled_reason: service?.disabled_reason ?? null,
          },
        }
      : {}),
    ...(detail && !request.supports(88)
      ? {
          ...numbers(node, usage),
          cpu_info: request.supports(28) ? (JSON.parse(node.cpu_info) as object) : node.cpu_info, // our own JSON
        }
      : {}),
    ...(detail && request.supports(88) ? { uptime: null } : {}),
    ...(withServers && (servers.length > 0 || request.supports(75)) ? { servers } : {}),
  };
}

function numbers(node: ComputeNodeRecord, usage: Usage): Record<string, number> {
  const memory_mb_used = node.reserved_host_memory_mb + usage.memory_mb;
  return {
    vcpus: node.vcpus,
    memory_mb: node.memory_mb,
    local_gb: node.local_gb,
    vcpus_used: usage.vcpus,
    memory_mb_used,
    local_gb_used: usage.local_gb,
    free_ram_mb: node.memory_mb - memory_mb_used,
    free_disk_gb: node.local_gb - usage.local_gb,
    current_workload: usage.workload,
    running_vms: usage.servers.length,
    disk_available_least: 0,
  };
}

function statistics(api: ComputeApi): Record<string, number> {
  const { state } = api.nova;
  const used = usages(state);
  const sum: Record<string, number> = { count: 0 };
  for (const node of state.nodes) {
    if (computeService(state, node.host)?.disabled === true) continue;
    sum['count'] = (sum['count'] ?? 0) + 1;
    for (const [name, value] of Object.entries(numbers(node, used.get(node.host) ?? NOTHING)))
      sum[name] = (sum[name] ?? 0) + value;
  }
  return sum;
}
