import type { Value } from './python/values';
import type { SupportedInstance } from './scheduler/host-state';

/** A flavor: nova/objects/flavor.py. Memory in MiB, disk in GiB, swap in MiB. */
export interface FlavorRecord {
  id: string;
  name: string;
  memory_mb: number;
  vcpus: number;
  root_gb: number;
  ephemeral_gb: number;
  swap: number;
  rxtx_factor: number;
  is_public: boolean;
  disabled: boolean;
  description: string | null;
  extra_specs: Record<string, string>;
  /** The projects that may use it if it is not public. */
  projects: string[];
}

/** A nova service: nova/objects/service.py. */
export interface ServiceRecord {
  number: number;
  uuid: string;
  binary: string;
  host: string;
  disabled: boolean;
  disabled_reason: string | null;
  forced_down: boolean;
}

/** A compute node with its resource provider: nova/objects/compute_node.py. */
export interface ComputeNodeRecord {
  number: number;
  uuid: string;
  /** The host of its nova-compute service. */
  host: string;
  hypervisor_hostname: string;
  supported_instances: SupportedInstance[];
  hypervisor_type: string;
  /** Three digits a part: 8002001 is 8.2.1. */
  hypervisor_version: number;
  host_ip: string;
  vcpus: number;
  memory_mb: number;
  local_gb: number;
  reserved_host_memory_mb: number;
  cpu_allocation_ratio: number;
  ram_allocation_ratio: number;
  disk_allocation_ratio: number;
  /** JSON. */
  cpu_info: string;
  traits: string[];
  /** How often its resource provider was changed. */
  generation: number;
}

/** A host aggregate. Its availability zone is the metadata of that name. */
export interface AggregateRecord {
  number: number;
  uuid: string;
  name: string;
  hosts: string[];
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string | null;
}

export interface KeypairRecord {
  number: number;
  user_id: string;
  name: string;
  type: 'ssh' | 'x509';
  public_key: string;
  fingerprint: string;
  created_at: string;
}

export interface ServerGroupRecord {
  uuid: string;
  name: string;
  policy: string;
  rules: Record<string, string>;
  members: string[];
  project_id: string;
  user_id: string;
  created_at: string;
}

/** A disk of a server that is a volume. */
export interface AttachmentRecord {
  attachment_id: string;
  bdm_uuid: string;
  volume_id: string;
  device: string;
  delete_on_termination: boolean;
  tag: string | null;
  boot_index: number | null;
}

/** One step of an action: nova/objects/instance_action.py `InstanceActionEvent`. */
export interface EventRecord {
  event: string;
  start_time: string;
  finish_time: string | null;
  result: 'Success' | 'Error' | null;
  host: string | null;
  traceback: string | null;
  details: string | null;
}

/** What somebody did to a server. */
export interface ActionRecord {
  action: string;
  request_id: string;
  user_id: string;
  project_id: string | null;
  start_time: string;
  updated_at: string;
  message: string | null;
  events: EventRecord[];
}

export interface FaultRecord {
  code: number;
  message: string;
  details: string;
  created: string;
}

/** What a server still has to go through, and when. */
export interface TaskRecord {
  /** Which of the steps of `tasks.ts` comes next. */
  step: string;
  /** When, ISO 8601. */
  at: string;
  /** The token of who asked for it: nova asks other services in her name. */
  token: string;
  data: Record<string, Value>;
}

/** A server: nova/objects/instance.py. */
/** A network that somebody asks for: nova/objects/network_request.py. */
export interface NetworkRequest {
  uuid?: string | undefined;
  port?: string | undefined;
  fixedIp?: string | undefined;
  tag?: string | undefined;
}

/** What nova remembers of a port: nova/network/model.py `VIF`. */
export interface NetworkInfo {
  port_id: string;
  /** The network's name. */
  network: string;
  mac_address: string;
  addresses: { address: string; floating: string[] }[];
  /** The names of its groups. */
  security_groups: string[];
  /** Somebody brought it along, so that it stays when the server goes. */
  keep: boolean;
  tag: string | null;
}

export interface ServerRecord {
  number: number;
  id: string;
  name: string;
  description: string | null;
  hostname: string;
  project_id: string;
  user_id: string;
  /** Empty for a server that was booted from a volume. */
  image_ref: string;
  /** What nova keeps of the image's properties, as texts. */
  image_properties: Record<string, string>;
  /** Who made it, which its snapshots say again. */
  system_metadata: Record<string, string>;
  flavor: FlavorRecord;
  vm_state: string;
  task_state: string | null;
  power_state: number;
  host: string | null;
  node: string | null;
  /** The host whose resources it holds, from the moment when the scheduler chose it. */
  claimed: string | null;
  created_at: string;
  updated_at: string;
  launched_at: string | null;
  terminated_at: string | null;
  deleted: boolean;
  metadata: Record<string, string>;
  tags: string[];
  key_name: string | null;
  user_data: string | null;
  config_drive: '' | 'True';
  locked_by: 'owner' | 'admin' | null;
  locked_reason: string | null;
  progress: number;
  access_ip_v4: string | null;
  access_ip_v6: string | null;
  auto_disk_config: boolean;
  reservation_id: string;
  launch_index: number;
  kernel_id: string;
  ramdisk_id: string;
  root_device_name: string | null;
  /** The one that was asked for. */
  pinned_availability_zone: string | null;
  /** As the request gave them, each a list; null where the request gave none. */
  scheduler_hints: Record<string, Value> | null;
  /** Those that were asked for, by name or id. */
  security_groups: string[];
  /** What it knows of its ports; absent from states that are older than the Network service. */
  network_info?: NetworkInfo[];
  /** What was asked for, while it waits to be built. */
  requested_networks?: NetworkRequest[] | 'none' | 'auto';
  volumes: AttachmentRecord[];
  fault: FaultRecord | null;
  actions: ActionRecord[];
  task: TaskRecord | null;
  /** The flavor to go back to, while a resize waits for its confirmation. */
  old_flavor: FlavorRecord | null;
  old_host: string | null;
}

/** What the scheduler decided about one server, and why. */
export interface DecisionRecord {
  server_id: string;
  at: string;
  host: string | null;
  message: string | null;
  trace: {
    host: string;
    filter: string;
    passes: boolean;
    property?: string;
    value?: string;
    because: string;
  }[];
  /** The hosts that were left, best first. */
  weighed: { host: string; weight: number }[];
}

/** What the Compute service knows. */
export interface ComputeState {
  /** Settings of nova.conf by `section.option`; the others have nova's defaults. */
  conf: Record<string, Value>;
  flavors: FlavorRecord[];
  services: ServiceRecord[];
  nodes: ComputeNodeRecord[];
  aggregates: AggregateRecord[];
  keypairs: KeypairRecord[];
  server_groups: ServerGroupRecord[];
  servers: ServerRecord[];
  /** Limits that differ from nova's defaults, by project. */
  quotas: Record<string, Record<string, number>>;
  /** Traits that somebody made: `CUSTOM_…`. */
  custom_traits: string[];
  decisions: DecisionRecord[];
  /** The last number of each kind of thing that has one. */
  numbers: Record<string, number>;
}

/** The next number of a kind, from 1. */
export function nextNumber(state: ComputeState, kind: string): number {
  const number = (state.numbers[kind] ?? 0) + 1;
  state.numbers[kind] = number;
  return number;
}

/** What stands in `conf` under this name: nova's own default otherwise. */
export const DEFAULT_AVAILABILITY_ZONE = 'nova';
export const INTERNAL_SERVICE_AVAILABILITY_ZONE = 'internal';
