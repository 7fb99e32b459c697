import { SeededIds } from '../ids';
import { SHARE_BACKEND, SHARE_HOST, SHARE_TYPES, SHARE_ZONE } from '../states/share';

/** Manila's records, as plain JSON. Field names are those of its database: manila/db/sqlalchemy/models.py. */

/** Where a share, or a snapshot of one, is to be mounted from. */
export interface ExportLocationRecord {
  id: string;
  path: string;
  is_admin_only: boolean;
  preferred: boolean;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string | null;
}

/** A share and its one instance: without replicas and migration there is never a second one. */
export interface ShareRecord {
  id: string;
  /** The id of its instance. */
  instance_id: string;
  status: string;
  /** GiB. */
  size: number;
  share_proto: string;
  display_name: string | null;
  display_description: string | null;
  user_id: string;
  project_id: string;
  is_public: boolean;
  metadata: Record<string, string>;
  share_type_id: string | null;
  snapshot_id: string | null;
  share_network_id: string | null;
  /** Null until a host makes it. */
  availability_zone: string | null;
  /** Empty until the scheduler has found one. */
  host: string;
  access_rules_status: 'active' | 'syncing' | 'error';
  task_state: string | null;
  snapshot_support: boolean;
  create_share_from_snapshot_support: boolean;
  revert_to_snapshot_support: boolean;
  mount_snapshot_support: boolean;
  mount_point_name: string | null;
  progress: string | null;
  is_soft_deleted: boolean;
  scheduled_to_be_deleted_at: string | null;
  export_locations: ExportLocationRecord[];
  created_at: string;
  updated_at: string | null;
}

/** A rule that says who may mount a share or a snapshot. */
export interface AccessRecord {
  id: string;
  /** The share, or the snapshot. */
  share_id: string;
  access_type: string;
  access_to: string;
  access_level: string;
  state: string;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string | null;
}

export interface SnapshotRecord {
  id: string;
  instance_id: string;
  share_id: string;
  status: string;
  progress: string;
  size: number;
  share_size: number;
  share_proto: string;
  display_name: string | null;
  display_description: string | null;
  user_id: string;
  project_id: string;
  provider_location: string | null;
  metadata: Record<string, string>;
  export_locations: ExportLocationRecord[];
  created_at: string;
  updated_at: string | null;
}

export interface ShareTypeRecord {
  id: string;
  name: string;
  description: string | null;
  is_public: boolean;
  extra_specs: Record<string, string>;
  /** Who may use it when it is not public. */
  projects: string[];
  created_at: string;
}

export interface ShareGroupTypeRecord {
  id: string;
  name: string;
  is_public: boolean;
  group_specs: Record<string, string>;
  /** The ids of the types that shares in such a group may have. */
  share_types: string[];
}

export interface ShareNetworkSubnetRecord {
  id: string;
  availability_zone: string | null;
  neutron_net_id: string | null;
  neutron_subnet_id: string | null;
  /** What a back end finds out of the network, unless it was said when it was made. */
  network_type?: string | null;
  segmentation_id?: number | null;
  cidr?: string | null;
  ip_version?: number | null;
  gateway?: string | null;
  mtu?: number | null;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string | null;
}

export interface ShareNetworkRecord {
  id: string;
  name: string | null;
  description: string | null;
  user_id: string;
  project_id: string;
  status: string;
  subnets: ShareNetworkSubnetRecord[];
  security_services: string[];
  created_at: string;
  updated_at: string | null;
}

export interface SecurityServiceRecord {
  id: string;
  type: string;
  name: string | null;
  description: string | null;
  dns_ip: string | null;
  ou: string | null;
  server: string | null;
  domain: string | null;
  user: string | null;
  password: string | null;
  default_ad_site: string | null;
  project_id: string;
  created_at: string;
  updated_at: string | null;
}

/** Why something that went on after the answer went wrong, for its owner to read. */
export interface MessageRecord {
  id: string;
  project_id: string;
  request_id: string;
  resource_type: string;
  resource_id: string;
  action_id: string;
  detail_id: string;
  message_level: string;
  created_at: string;
  expires_at: string;
}

export interface LockRecord {
  id: string;
  user_id: string;
  project_id: string;
  lock_context: 'user' | 'admin' | 'service';
  resource_type: string;
  resource_id: string;
  resource_action: string;
  lock_reason: string | null;
  created_at: string;
  updated_at: string | null;
}

export interface ServiceRecord {
  id: number;
  binary: string;
  host: string;
  disabled: boolean;
  disabled_reason: string | null;
}

/** What the share manager is busy with: done as soon as a request comes after its time. */
export interface Job {
  /** ISO 8601, as `Date.toISOString` writes it. */
  at: string;
  kind:
    | 'create'
    | 'manage'
    | 'unmanage'
    | 'delete'
    | 'extend'
    | 'shrink'
    | 'revert'
    | 'access'
    | 'snapshot-create'
    | 'snapshot-delete'
    | 'snapshot-access'
    | 'snapshot-manage'
    | 'snapshot-unmanage';
  /** The share or the snapshot. */
  id: string;
  /** The request that asked for it, which a message names. */
  request: string;
  /** The new size, in GiB. */
  size?: number;
}

/** Limits that differ from the defaults. */
export interface QuotaState {
  /** By class; `default` is everybody's. */
  classes: Record<string, Record<string, number>>;
  projects: Record<string, Record<string, number>>;
  /** By `PROJECT/USER`. */
  users: Record<string, Record<string, number>>;
  /** By `PROJECT/TYPE`. */
  types: Record<string, Record<string, number>>;
  /** By project, the quotas of which nobody knows what is used until more is asked for; absent in older clouds. */
  forgotten?: Record<string, string[]>;
}

export interface ShareState {
  shares: ShareRecord[];
  access_rules: AccessRecord[];
  snapshots: SnapshotRecord[];
  snapshot_access_rules: AccessRecord[];
  types: ShareTypeRecord[];
  /** Absent in clouds that were saved before there were any. */
  group_types?: ShareGroupTypeRecord[];
  networks: ShareNetworkRecord[];
  security_services: SecurityServiceRecord[];
  messages: MessageRecord[];
  locks: LockRecord[];
  services: ServiceRecord[];
  availability_zones: { id: string; name: string; created_at: string }[];
  /** Export paths and provider locations that the driver still knows of what nobody manages any more. */
  unmanaged: string[];
  quotas: QuotaState;
  /** In the order in which they were asked for. */
  jobs: Job[];
}

/** Manila as it is before anybody makes a share. Its ids are the same in every cloud. */
export function newShareState(): ShareState {
  const ids = new SeededIds({ seed: 'learn-openstack', counters: {} });
  const installed = '2026-11-22T08:00:00.000000';
  return {
    shares: [],
    access_rules: [],
    snapshots: [],
    snapshot_access_rules: [],
    types: SHARE_TYPES.map(({ name, extra_specs }) => ({
      id: ids.uuid('share-type'),
      name,
      description: null,
      is_public: true,
      extra_specs: { ...extra_specs },
      projects: [],
      created_at: installed,
    })),
    networks: [],
    security_services: [],
    messages: [],
    locks: [],
    services: [
      { binary: 'manila-scheduler', host: SHARE_HOST },
      { binary: 'manila-share', host: `${SHARE_HOST}@${SHARE_BACKEND.section}` },
    ].map((service, i) => ({ id: i + 1, ...service, disabled: false, disabled_reason: null })),
    availability_zones: [{ id: ids.uuid('share-zone'), name: SHARE_ZONE, created_at: installed }],
    unmanaged: [],
    quotas: { classes: {}, projects: {}, users: {}, types: {} },
    jobs: [],
  };
}
