/** What the Shared File Systems API (2.80 and later) sends and takes, field for field: manila/api/views. */

/** A folder that many servers can mount at once. */
export interface Share {
  id: string;
  name: string | null;
  description: string | null;
  /** `creating`, `available`, `error`, `extending`, `shrinking`, `reverting`, `deleting`, … */
  status: string;
  /** GiB. */
  size: number;
  /** `NFS`, `CIFS`, … */
  share_proto: string;
  /** A type's id. */
  share_type: string | null;
  share_type_name: string | null;
  availability_zone: string | null;
  project_id: string;
  user_id: string;
  is_public: boolean;
  metadata: Record<string, string>;
  snapshot_id: string | null;
  share_network_id: string | null;
  snapshot_support: boolean;
  create_share_from_snapshot_support: boolean;
  revert_to_snapshot_support: boolean;
  mount_snapshot_support: boolean;
  /** Whether the rules are as asked for: `active`, `syncing` or `error`. */
  access_rules_status: 'active' | 'syncing' | 'error';
  is_soft_deleted: boolean;
  /** In UTC, with microseconds and without a zone. */
  created_at: string;
  /** Administrators only. */
  host?: string;
}

export interface ShareCreate {
  share_proto: string;
  /** GiB. Only a snapshot can do without. */
  size?: number | undefined;
  name?: string | undefined;
  description?: string | undefined;
  /** Name or id; the cloud's default type without. */
  share_type?: string | undefined;
  snapshot_id?: string | undefined;
  /** Only for types whose back end makes share servers: others refuse it. */
  share_network_id?: string | undefined;
  availability_zone?: string | undefined;
  metadata?: Record<string, string> | undefined;
  /** For everybody in the cloud to see; administrators only. */
  is_public?: boolean | undefined;
}

export interface ShareUpdate {
  display_name?: string | null;
  display_description?: string | null;
  is_public?: boolean;
}

export interface ShareQuery {
  name?: string | undefined;
  status?: string | undefined;
  share_type_id?: string | undefined;
  snapshot_id?: string | undefined;
  /** Of every project; for administrators. */
  all_tenants?: boolean | undefined;
  /** Other projects' public shares as well. */
  is_public?: boolean | undefined;
  is_soft_deleted?: boolean | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
}

/** Where a share is mounted from. */
export interface ShareExportLocation {
  id: string;
  /** What `mount` takes, such as `10.0.0.10:/shares/x`. */
  path: string;
  preferred: boolean;
  metadata: Record<string, string>;
}

export type ShareAccessType = 'ip' | 'user' | 'cert' | 'cephx';
export type ShareAccessLevel = 'rw' | 'ro';

/** Who may mount a share. */
export interface ShareAccessRule {
  id: string;
  access_type: ShareAccessType;
  /** An address or network, a name, or stars for a rule that somebody else keeps to herself. */
  access_to: string;
  access_level: ShareAccessLevel;
  /** `queued_to_apply`, `applying`, `active`, `error`, `queued_to_deny`, `denying`. */
  state: string;
  access_key: string | null;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string | null;
}

export interface ShareAccessCreate {
  access_type: ShareAccessType;
  access_to: string;
  /** Default `rw`. */
  access_level?: ShareAccessLevel | undefined;
  metadata?: Record<string, string> | undefined;
  lock_visibility?: boolean | undefined;
  lock_deletion?: boolean | undefined;
  lock_reason?: string | undefined;
}

export interface ShareSnapshot {
  id: string;
  share_id: string;
  name: string | null;
  description: string | null;
  status: string;
  size: number;
  share_size: number;
  share_proto: string;
  project_id: string;
  user_id: string;
  metadata: Record<string, string>;
  created_at: string;
}

export interface ShareType {
  id: string;
  name: string;
  description: string | null;
  is_default: boolean;
  'share_type_access:is_public': boolean;
  /** What the type asks of a back end. Users see those that concern them, with `false` for what is not said. */
  extra_specs: Record<string, string | boolean>;
  required_extra_specs: Record<string, string>;
}

/** Why something that went on after the answer went wrong. */
export interface ShareMessage {
  id: string;
  resource_type: string;
  resource_id: string;
  user_message: string;
  action_id: string;
  detail_id: string;
  message_level: string;
  created_at: string;
}
