import { HostState } from './scheduler/host-state';
import type { AggregateRecord, ComputeNodeRecord, ComputeState, ServerRecord, ServiceRecord } from './state';

/** What the servers on a host use: nova/compute/resource_tracker.py. Memory in MiB, disk in GiB. */
export interface Usage {
  servers: ServerRecord[];
  vcpus: number;
  memory_mb: number;
  local_gb: number;
  /** Servers that are being built or moved. */
  workload: number;
}

/** The aggregates of a host. */
export function hostsAggregates(state: ComputeState, host: string): AggregateRecord[] {
  return state.aggregates.filter(({ hosts }) => hosts.includes(host));
}

export function computeService(state: ComputeState, host: string): ServiceRecord | undefined {
  return state.services.find((service) => service.binary === 'nova-compute' && service.host === host);
}

/** The disk of a flavor that lies on the host. */
export function localDiskOf(server: ServerRecord): number {
  const { root_gb, ephemeral_gb, swap } = server.flavor;
  return (server.image_ref === '' ? 0 : root_gb) + ephemeral_gb + Math.ceil(swap / 1024);
}

/** What every host has given away. */
export function usages(state: ComputeState): Map<string, Usage> {
  const found = new Map<string, Usage>();
  for (const { host } of state.nodes)
    found.set(host, { servers: [], vcpus: 0, memory_mb: 0, local_gb: 0, workload: 0 });
  for (const server of state.servers) {
    const usage = server.deleted || server.claimed === null ? undefined : found.get(server.claimed);
    if (usage === undefined) continue;
    usage.servers.push(server);
    usage.vcpus += server.flavor.vcpus;
    usage.memory_mb += server.flavor.memory_mb;
    usage.local_gb += localDiskOf(server);
    if (server.task_state !== null && WORKING.has(server.task_state)) usage.workload += 1;
  }
  return found;
}

const WORKING = new Set([
  'scheduling',
  'block_device_mapping',
  'networking',
  'spawning',
  'resize_prep',
  'image_snapshot',
  'image_backup',
  'rebuilding',
]);

/** A host as the scheduler sees it. */
export function hostState(state: ComputeState, node: ComputeNodeRecord, usage: Usage): HostState {
  const service = computeService(state, node.host);
  return new HostState({
    host: node.host,
    nodename: node.hypervisor_hostname,
    uuid: node.uuid,
    supported_instances: node.supported_instances,
    hypervisor_type: node.hypervisor_type,
    hypervisor_version: node.hypervisor_version,
    hypervisor_hostname: node.hypervisor_hostname,
    host_ip: node.host_ip,
    cpu_info: node.cpu_info,
    stats: {
      failed_builds: '0',
      num_instances: String(usage.servers.length),
      io_workload: String(usage.workload),
    },
    aggregates: hostsAggregates(state, node.host),
    instances: usage.servers.map(({ id }) => id),
    service: service === undefined ? null : { ...service, up: !service.forced_down },
    traits: new Set([...node.traits, ...(service?.disabled === true ? ['COMPUTE_STATUS_DISABLED'] : [])]),
    vcpus: node.vcpus,
    vcpus_used: usage.vcpus,
    memory_mb: node.memory_mb,
    free_ram_mb: node.memory_mb - node.reserved_host_memory_mb - usage.memory_mb,
    local_gb: node.local_gb,
    local_gb_used: usage.local_gb,
    free_disk_gb: node.local_gb - usage.local_gb,
    // the fake driver's own number; it makes all hosts weigh the same by disk
    disk_available_least: 0,
    cpu_allocation_ratio: node.cpu_allocation_ratio,
    ram_allocation_ratio: node.ram_allocation_ratio,
    disk_allocation_ratio: node.disk_allocation_ratio,
  });
}
