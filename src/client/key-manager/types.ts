/** What Key Manager v1 takes and gives, with its own names: barbican/model/models.py. */

export type SecretType = 'symmetric' | 'public' | 'private' | 'certificate' | 'passphrase' | 'opaque';

/** A secret without its payload. */
export interface Secret {
  /** Its URL, which names it everywhere. */
  secret_ref: string;
  name: string | null;
  status: string;
  secret_type: SecretType;
  /** `2026-11-22T09:00:00`, UTC. */
  created: string;
  updated: string;
  expiration: string | null;
  algorithm: string | null;
  bit_length: number | null;
  mode: string | null;
  /** Id of the user. */
  creator_id: string;
  /** Absent as long as there is no payload. */
  content_types?: { default: string };
  consumers?: SecretConsumer[];
}

/** A new secret. With a payload its content type must be there, and base64 for what is no text. */
export interface SecretCreate {
  name?: string | null;
  secret_type?: SecretType;
  payload?: string;
  payload_content_type?: string;
  payload_content_encoding?: 'base64';
  algorithm?: string;
  bit_length?: number;
  mode?: string;
  /** ISO 8601; afterwards nobody sees it any more. */
  expiration?: string;
}

/** Who uses a secret. */
export interface SecretConsumer {
  service: string;
  resource_type: string;
  resource_id: string;
  created?: string;
  updated?: string;
  status?: string;
}

export interface SecretQuery {
  limit?: number;
  offset?: number;
  /** Exact, or with `%` for anything. */
  name?: string;
  alg?: string;
  mode?: string;
  bits?: number;
  secret_type?: string;
  /** Such as `gt:2026-11-22T00:00:00`. */
  created?: string;
  updated?: string;
  expiration?: string;
  /** Such as `created:desc`. */
  sort?: string;
  /** Only those that an access list gives you. */
  acl_only?: boolean;
}

/** Secrets that belong together. */
export interface SecretContainer {
  container_ref: string;
  name: string | null;
  type: 'generic' | 'rsa' | 'dsa' | 'certificate';
  status: string;
  created: string;
  updated: string;
  creator_id: string;
  secret_refs: { name: string | null; secret_ref: string }[];
  consumers: { name: string; URL: string }[];
}

export interface SecretContainerCreate {
  name?: string;
  type: 'generic' | 'rsa' | 'certificate';
  secret_refs?: { name?: string; secret_ref: string }[];
}

/** A key that Barbican makes. */
export interface SecretOrder {
  order_ref: string;
  type: 'key' | 'asymmetric';
  status: string;
  created: string;
  updated: string;
  meta: Record<string, unknown>;
  creator_id?: string;
  /** Of a `key` that is there. */
  secret_ref?: string;
  /** Of a pair that is there. */
  container_ref?: string;
  error_status_code?: string;
  error_reason?: string;
}

export interface SecretOrderCreate {
  type: 'key' | 'asymmetric';
  meta: Omit<SecretCreate, 'payload' | 'payload_content_encoding' | 'secret_type'>;
}

/** Who may read a secret or container. */
export interface SecretAcl {
  'project-access'?: boolean;
  /** Ids of users, of any project. */
  users?: string[];
  created?: string;
  updated?: string;
}
