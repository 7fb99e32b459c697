/** What the Compute API 2.1 to 2.96 sends and takes, field for field. */

export interface Flavor {
  id: string;
  name: string;
  /** MiB. */
  ram: number;
  /** GiB. */
  disk: number;
  vcpus: number;
  /** MiB; an empty string stands for none before 2.75. */
  swap: number | '';
  rxtx_factor: number;
  'OS-FLV-EXT-DATA:ephemeral': number;
  'OS-FLV-DISABLED:disabled': boolean;
  'os-flavor-access:is_public': boolean;
  description?: string | null;
  extra_specs?: Record<string, string>;
}

export interface FlavorCreate {
  name: string;
  ram: number;
  vcpus: number;
  disk: number;
  id?: string | null | undefined;
  swap?: number | undefined;
  rxtx_factor?: number | undefined;
  'OS-FLV-EXT-DATA:ephemeral'?: number | undefined;
  'os-flavor-access:is_public'?: boolean | undefined;
  description?: string | undefined;
}

export type FlavorQuery = Page & {
  /** `None` is for all, public or not. */
  is_public?: boolean | 'None' | undefined;
  minDisk?: number | undefined;
  minRam?: number | undefined;
};

/** Which part of a list. */
export type Page = { limit?: number | undefined; marker?: string | undefined };

export interface Hypervisor {
  id: string;
  hypervisor_hostname: string;
  hypervisor_type: string;
  /** `10.0.2` is 10000002. */
  hypervisor_version: number;
  host_ip: string;
  state: 'up' | 'down';
  status: 'enabled' | 'disabled';
  service: { id: string; host: string; disabled_reason: string | null };
  uptime?: string | null;
  servers?: { name: string; uuid: string }[];
}

export interface ComputeService {
  id: string;
  binary: string;
  host: string;
  zone: string;
  status: 'enabled' | 'disabled';
  state: 'up' | 'down';
  disabled_reason: string | null;
  forced_down: boolean;
  updated_at: string | null;
}

export interface Aggregate {
  id: number;
  uuid: string;
  name: string;
  availability_zone: string | null;
  hosts: string[];
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string | null;
  deleted: boolean;
  deleted_at: string | null;
}

export interface AvailabilityZone {
  zoneName: string;
  zoneState: { available: boolean };
  /** By host, then by service; null for those who may not know. */
  hosts: Record<
    string,
    Record<string, { active: boolean; available: boolean; updated_at: string | null }>
  > | null;
}

export interface Keypair {
  name: string;
  fingerprint: string;
  public_key: string;
  type?: 'ssh' | 'x509';
  user_id?: string;
  /** Only when it was made, by a service older than 2.92. */
  private_key?: string;
  created_at?: string;
}

export interface KeypairCreate {
  name: string;
  public_key?: string | undefined;
  type?: 'ssh' | 'x509' | undefined;
  user_id?: string | undefined;
}

export type ServerGroupPolicy = 'affinity' | 'anti-affinity' | 'soft-affinity' | 'soft-anti-affinity';

export interface ServerGroup {
  id: string;
  name: string;
  /** Since 2.64; `policies` before. */
  policy?: ServerGroupPolicy;
  policies?: ServerGroupPolicy[];
  rules?: { max_server_per_host?: number };
  members: string[];
  project_id: string;
  user_id: string;
}

export type ServerStatus =
  | 'ACTIVE' | 'BUILD' | 'DELETED' | 'ERROR' | 'HARD_REBOOT' | 'MIGRATING' | 'PASSWORD' | 'PAUSED' | 'REBOOT'
  | 'REBUILD' | 'RESCUE' | 'RESIZE' | 'REVERT_RESIZE' | 'SHELVED' | 'SHELVED_OFFLOADED' | 'SHUTOFF' | 'SOFT_DELETED'
  | 'SUSPENDED' | 'UNKNOWN' | 'VERIFY_RESIZE'; // prettier-ignore

/** An address of a server. */
export interface ServerAddress {
  addr: string;
  version: number;
  /** `floating` for one that a router puts in the place of a fixed one: the server does not know it. */
  'OS-EXT-IPS:type'?: 'fixed' | 'floating';
  /** The MAC address of the port. */
  'OS-EXT-IPS-MAC:mac_addr'?: string;
}

export interface Server {
  id: string;
  name: string;
  status: ServerStatus;
  created: string;
  updated: string;
  tenant_id: string;
  user_id: string;
  description: string | null;
  metadata: Record<string, string>;
  addresses: Record<string, ServerAddress[]>;
  /** An empty string for a server that booted from a volume. */
  image: { id: string } | '';
  /** As the flavor was when the server was made. Before 2.47 it is only the flavor's id. */
  flavor: Partial<ServerFlavor> & { id?: string };
  key_name: string | null;
  config_drive: string;
  locked?: boolean;
  locked_reason?: string | null;
  tags?: string[];
  server_groups?: string[];
  security_groups?: { name: string }[];
  progress?: number;
  hostId: string;
  host_status?: string;
  /** Only while the server's status is ERROR or DELETED. */
  fault?: { code: number; created: string; message: string; details?: string };
  'OS-EXT-AZ:availability_zone': string;
  'OS-EXT-SRV-ATTR:host'?: string | null;
  'OS-EXT-SRV-ATTR:hypervisor_hostname'?: string | null;
  'OS-EXT-SRV-ATTR:instance_name'?: string;
  'OS-EXT-STS:power_state': number;
  'OS-EXT-STS:task_state': string | null;
  'OS-EXT-STS:vm_state': string;
  'OS-SRV-USG:launched_at': string | null;
  'os-extended-volumes:volumes_attached': { id: string; delete_on_termination?: boolean }[];
}

/** What a server was given of its flavor. */
export interface ServerFlavor {
  original_name: string;
  vcpus: number;
  /** MiB. */
  ram: number;
  /** GiB. */
  disk: number;
  /** GiB. */
  ephemeral: number;
  /** MiB. */
  swap: number;
  extra_specs: Record<string, string>;
}

/** What a server is to be like. */
export interface ServerCreate {
  name: string;
  flavorRef: string;
  imageRef?: string | undefined;
  /** Since 2.37 it must be said: `none`, `auto`, or which. */
  networks?:
    'auto' | 'none' | { uuid?: string; port?: string; fixed_ip?: string; tag?: string }[] | undefined;
  min_count?: number | undefined;
  max_count?: number | undefined;
  metadata?: Record<string, string> | undefined;
  description?: string | undefined;
  availability_zone?: string | undefined;
  host?: string | undefined;
  hypervisor_hostname?: string | undefined;
  key_name?: string | undefined;
  /** In base64. */
  user_data?: string | undefined;
  config_drive?: boolean | undefined;
  tags?: string[] | undefined;
  hostname?: string | undefined;
  adminPass?: string | undefined;
  security_groups?: { name: string }[] | undefined;
  block_device_mapping_v2?: Record<string, unknown>[] | undefined;
  trusted_image_certificates?: string[] | undefined;
}

/** Wishes to the scheduler, such as `group` or `same_host`. */
export type SchedulerHints = Readonly<Record<string, string | readonly string[]>>;

export type ServerQuery = Page & Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What one may change of a server without an action. */
export interface ServerUpdate {
  name?: string;
  description?: string;
  hostname?: string;
  accessIPv4?: string;
  accessIPv6?: string;
}

export interface ServerRebuild {
  imageRef: string;
  name?: string;
  adminPass?: string;
  preserve_ephemeral?: boolean;
  metadata?: Record<string, string>;
  user_data?: string | null;
  key_name?: string | null;
  description?: string;
  trusted_image_certificates?: string[] | null;
  hostname?: string;
}

/** Actions without anything to say beside their name. Models `action` of openstack/compute/v2/server.py. */
export type PlainServerAction =
  | 'os-start' | 'os-stop' | 'pause' | 'unpause' | 'suspend' | 'resume' | 'lock' | 'unlock' | 'unrescue' | 'restore'
  | 'shelve' | 'shelveOffload' | 'unshelve' | 'confirmResize' | 'revertResize' | 'forceDelete' | 'migrate'
  | 'trigger_crash_dump'; // prettier-ignore

export interface VolumeAttachment {
  /** Before 2.89, and equal to the volume's. */
  id?: string;
  volumeId: string;
  serverId: string;
  device: string;
  tag?: string | null;
  delete_on_termination?: boolean;
  attachment_id?: string;
  bdm_uuid?: string;
}

export interface ServerInterface {
  port_id: string;
  net_id: string;
  mac_addr: string;
  port_state: string;
  fixed_ips: { subnet_id: string; ip_address: string }[];
  tag?: string | null;
}

/** One thing that was done to a server. */
export interface ServerAction {
  request_id: string;
  action: string;
  instance_uuid: string;
  start_time: string;
  updated_at?: string;
  message: string | null;
  project_id: string;
  user_id: string;
  events?: Record<string, unknown>[];
}

export interface Migration {
  id: number;
  uuid: string;
  instance_uuid?: string;
  status: string;
  migration_type?: string;
  source_compute: string;
  dest_compute: string;
}

/** Numbers that a project may reach. */
export interface Limits {
  absolute: Record<string, number>;
  rate: { uri: string; limit: Record<string, unknown>[] }[];
}

/** Quotas by their names, such as `cores`; with usage, `{ limit, in_use, reserved }` each. */
export type QuotaSet = { id?: string } & Record<
  string,
  number | string | { limit: number; in_use: number; reserved: number } | undefined
>;

export interface Usage {
  tenant_id: string;
  server_usages?: Record<string, unknown>[];
  total_hours: number;
  total_memory_mb_usage: number;
  total_vcpus_usage: number;
  total_local_gb_usage: number;
}

export interface RemoteConsole {
  protocol: string;
  type: string;
  url: string;
}
