import type { Lockable } from './immutable';

/** Keystone's records, as plain JSON. Field names are those of the Identity API v3. */

/** What clients said beyond what Keystone knows: it keeps everything. */
export interface Extra {
  extra?: Record<string, unknown>;
}

export interface Domain extends Extra, Lockable {
  id: string;
  name: string;
  description: string | null;
  enabled: boolean;
}

export interface Project extends Extra, Lockable {
  id: string;
  name: string;
  domain_id: string;
  description: string | null;
  enabled: boolean;
  parent_id: string;
  tags?: string[];
}

export interface User extends Extra {
  id: string;
  name: string;
  domain_id: string;
  enabled: boolean;
  /** In the clear: this cloud is a sandbox and holds nobody's secrets. */
  password: string;
  default_project_id: string | null;
  /** Exceptions from the rules about passwords and logins, as they were given. */
  options?: Record<string, unknown>;
}

export interface Group {
  id: string;
  name: string;
  domain_id: string;
  description: string;
}

export interface GroupMember {
  group_id: string;
  user_id: string;
}

export interface Role extends Extra, Lockable {
  id: string;
  name: string;
  /** Ids of the roles that come with this one. */
  implies: string[];
  description?: string | null;
  /** The domain it is for; null for a role of the whole cloud. */
  domain_id?: string | null;
}

/** Which user or group has which role where: on a project, on a domain, or on the whole system when both are null. */
export interface RoleAssignment {
  role_id: string;
  user_id?: string;
  group_id?: string;
  project_id: string | null;
  domain_id?: string | null;
  /** For the projects below, and not for the project or domain itself. */
  inherited?: boolean;
}

export interface Region extends Extra {
  id: string;
  description: string;
  parent_region_id?: string | null;
}

export interface Service extends Extra {
  id: string;
  name: string;
  type: string;
  description: string;
  enabled?: boolean;
}

export interface Endpoint extends Extra {
  id: string;
  interface: 'public' | 'internal' | 'admin';
  region_id: string | null;
  service_id: string;
  /** Below the cloud's base URL, such as `/image`. */
  path: string;
  /** In place of `path`, when an administrator gave a whole URL. */
  url?: string;
  enabled?: boolean;
}

export interface ApplicationCredential {
  id: string;
  name: string;
  description: string | null;
  secret: string;
  user_id: string;
  project_id: string;
  role_ids: string[];
  expires_at: string | null;
  /** Null when nobody said. */
  unrestricted: boolean | null;
  /** Ids of {@link AccessRule}s; left out when it may send anything. */
  access_rule_ids?: string[];
}

/** A request that an application credential may send. Users own it: it outlives the credential. */
export interface AccessRule {
  id: string;
  user_id: string;
  service: string;
  method: string;
  path: string;
}

/** An endpoint that is kept for a project: OS-EP-FILTER. */
export interface EndpointProject {
  endpoint_id: string;
  project_id: string;
}

export interface Token {
  id: string;
  methods: string[];
  user_id: string;
  /** Null for an unscoped or system-scoped token. */
  project_id: string | null;
  /** For a domain-scoped token. */
  domain_id?: string | null;
  system: boolean;
  application_credential_id: string | null;
  audit_ids: string[];
  /** ISO 8601, as `Date.toISOString` writes it. */
  issued_at: string;
  expires_at: string;
}

export interface IdentityState {
  domains: Domain[];
  projects: Project[];
  users: User[];
  groups: Group[];
  group_members: GroupMember[];
  roles: Role[];
  role_assignments: RoleAssignment[];
  regions: Region[];
  services: Service[];
  endpoints: Endpoint[];
  endpoint_projects: EndpointProject[];
  application_credentials: ApplicationCredential[];
  access_rules: AccessRule[];
  tokens: Token[];
}

/** A state that was stored before some kinds of records were there has none of them. */
export function withAllLists(stored: IdentityState): IdentityState {
  return {
    ...structuredClone({ groups: [], group_members: [], endpoint_projects: [], access_rules: [] }),
    ...stored,
  };
}
