/** Keystone's records, as plain JSON. Field names are those of the Identity API v3. */

export interface Domain {
  id: string;
  name: string;
  description: string;
  enabled: boolean;
}

export interface Project {
  id: string;
  name: string;
  domain_id: string;
  description: string;
  enabled: boolean;
  parent_id: string;
}

export interface User {
  id: string;
  name: string;
  domain_id: string;
  enabled: boolean;
  /** In the clear: this cloud is a sandbox and holds nobody's secrets. */
  password: string;
  default_project_id: string | null;
}

export interface Role {
  id: string;
  name: string;
  /** Ids of the roles that come with this one. */
  implies: string[];
}

/** Who has which role where: on a project, or on the whole system when `project_id` is null. */
export interface RoleAssignment {
  role_id: string;
  user_id: string;
  project_id: string | null;
}

export interface Region {
  id: string;
  description: string;
}

export interface Service {
  id: string;
  name: string;
  type: string;
  description: string;
}

export interface Endpoint {
  id: string;
  interface: 'public' | 'internal' | 'admin';
  region_id: string;
  service_id: string;
  /** Below the cloud's base URL, such as `/image`. */
  path: string;
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
}

export interface Token {
  id: string;
  methods: string[];
  user_id: string;
  /** Null for an unscoped or system-scoped token. */
  project_id: string | null;
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
  roles: Role[];
  role_assignments: RoleAssignment[];
  regions: Region[];
  services: Service[];
  endpoints: Endpoint[];
  application_credentials: ApplicationCredential[];
  tokens: Token[];
}
