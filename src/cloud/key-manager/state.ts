/** Barbican's records, as plain JSON. Field names are those of its database: barbican/model/models.py. */

/** What everything in the database has. Times are as it keeps them: `2026-11-22T09:00:00`, UTC. */
interface ModelBase {
  id: string;
  created_at: string;
  updated_at: string;
}

/** Who may read a secret or container besides those whose roles say so. */
export interface AclRecord extends Omit<ModelBase, 'id'> {
  /** Whether the roles of the project still count; false makes it private. */
  project_access: boolean;
  /** Ids of users of any project. */
  users: string[];
}

export interface SecretConsumerRecord extends ModelBase {
  project_id: string;
  service: string;
  resource_type: string;
  resource_id: string;
}

export interface ContainerConsumerRecord extends ModelBase {
  project_id: string;
  name: string;
  URL: string;
}

export interface SecretRecord extends ModelBase {
  name: string | null;
  secret_type: string;
  expiration: string | null;
  algorithm: string | null;
  bit_length: number | null;
  mode: string | null;
  creator_id: string;
  project_id: string;
  /** Base64; null until somebody gives it. */
  payload: string | null;
  content_type: string | null;
  user_metadata: Record<string, string>;
  consumers: SecretConsumerRecord[];
  acl: AclRecord | null;
}

export interface ContainerRecord extends ModelBase {
  name: string | null;
  type: string;
  creator_id: string;
  project_id: string;
  secrets: { name: string | null; secret_id: string }[];
  consumers: ContainerConsumerRecord[];
  acl: AclRecord | null;
}

export interface OrderRecord extends ModelBase {
  type: string;
  status: 'ACTIVE' | 'ERROR';
  meta: Record<string, unknown>;
  project_id: string;
  creator_id: string;
  secret_id: string | null;
  container_id: string | null;
  error_status_code: string | null;
  error_reason: string | null;
}

/** How many of each a project may have; null stands for the default. */
export type ProjectQuotas = Record<'secrets' | 'orders' | 'containers' | 'consumers' | 'cas', number | null>;

export interface KeyManagerState {
  secrets: SecretRecord[];
  containers: ContainerRecord[];
  orders: OrderRecord[];
  /** Those that differ from the defaults, by project. */
  project_quotas: Record<string, ProjectQuotas>;
}

/** Barbican as it is after its database was made. */
export function newKeyManagerState(): KeyManagerState {
  return { secrets: [], containers: [], orders: [], project_quotas: {} };
}
