import type { IdSource } from '../ids';
import { FLAVORS, HOSTS, type StartHost } from '../states/compute';
import type { ComputeNodeRecord, ComputeState, FlavorRecord, ServiceRecord } from './state';

/** The traits that every host of nova's fake driver has. */
export const DRIVER_TRAITS = [
  'COMPUTE_ACCELERATORS',
  'COMPUTE_ADDRESS_SPACE_EMULATED',
  'COMPUTE_ADDRESS_SPACE_PASSTHROUGH',
  'COMPUTE_DEVICE_TAGGING',
  'COMPUTE_IMAGE_TYPE_RAW',
  'COMPUTE_MEM_BACKING_FILE',
  'COMPUTE_NET_ATTACH_INTERFACE',
  'COMPUTE_NET_ATTACH_INTERFACE_WITH_TAG',
  'COMPUTE_NODE',
  'COMPUTE_SECURITY_STATELESS_FIRMWARE',
  'COMPUTE_STORAGE_VIRTIO_FS',
  'COMPUTE_TRUSTED_CERTS',
  'COMPUTE_VOLUME_ATTACH_WITH_TAG',
  'COMPUTE_VOLUME_EXTEND',
  'COMPUTE_VOLUME_MULTI_ATTACH',
];

/** What the fake driver says of its CPUs, whatever its hosts support. */
export const CPU_INFO =
  '{"arch": "x86_64", "model": "Nehalem", "vendor": "Intel", "features": ["pge", "clflush"], ' +
  '"topology": {"cores": 1, "threads": 1, "sockets": 4}}';

/** What a host keeps for itself: nova's default. */
export const RESERVED_HOST_MEMORY_MB = 512;

/** The Compute service of a new cloud: the hosts and flavors of `states/compute.ts`, and nothing that runs. */
export function initialComputeState(ids: IdSource): ComputeState {
  const nodes = HOSTS.map((host, i): ComputeNodeRecord => computeNode(host, i + 1, ids.uuid('compute-node')));
  const services = [
    { binary: 'nova-conductor', host: 'cloud' },
    { binary: 'nova-scheduler', host: 'cloud' },
    ...HOSTS.map(({ name }) => ({ binary: 'nova-compute', host: name })),
  ].map(({ binary, host }, i): ServiceRecord => ({
    number: i + 1,
    uuid: ids.uuid('compute-service'),
    binary,
    host,
    disabled: false,
    disabled_reason: null,
    forced_down: false,
  }));
  return {
    conf: {},
    flavors: FLAVORS.map((flavor): FlavorRecord => ({
      id: flavor.id,
      name: flavor.name,
      memory_mb: flavor.ram,
      vcpus: flavor.vcpus,
      root_gb: flavor.disk,
      ephemeral_gb: 0,
      swap: 0,
      rxtx_factor: 1,
      is_public: true,
      disabled: false,
      description: null,
      extra_specs: {},
      projects: [],
    })),
    services,
    nodes,
    aggregates: [],
    keypairs: [],
    server_groups: [],
    servers: [],
    quotas: {},
    custom_traits: [],
    decisions: [],
    numbers: { service: services.length, node: nodes.length },
  };
}

function computeNode(host: StartHost, number: number, uuid: string): ComputeNodeRecord {
  return {
    number,
    uuid,
    host: host.name,
    hypervisor_hostname: host.name,
    supported_instances: host.supported_instances.map(([arch, type, mode]) => [arch, type, mode] as const),
    hypervisor_type: host.hypervisor_type,
    hypervisor_version: versionNumber(host.hypervisor_version),
    host_ip: '127.0.0.1',
    vcpus: host.vcpus,
    memory_mb: host.memory_mb,
    local_gb: host.local_gb,
    reserved_host_memory_mb: RESERVED_HOST_MEMORY_MB,
    cpu_allocation_ratio: 4,
    ram_allocation_ratio: 1,
    disk_allocation_ratio: 1,
    cpu_info: CPU_INFO,
    traits: [...DRIVER_TRAITS, ...host.traits].sort(),
    generation: 2,
  };
}

/** Three digits a part: `8.2.1` is 8002001. oslo.utils `convert_version_to_int`. */
function versionNumber(version: string): number {
  return version.split('.').reduce((number, part) => number * 1000 + Number(part), 0);
}
