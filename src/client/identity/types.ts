/** What Identity v3 sends and takes, field for field. */
import type { Reference } from '../access';

/** Switches of a resource; `immutable` refuses every other change and deletion. */
export interface ResourceOptions {
  immutable?: boolean | null;
}

/** A project, as `GET /v3/projects/{id}` sends it. Fields that the service does not know are kept and sent, too. */
export interface Project extends Reference {
  domain_id: string;
  description: string;
  enabled: boolean;
  is_domain: boolean;
  parent_id: string | null;
  tags: string[];
  options: ResourceOptions;
  /** With `parents_as_ids`: the ids above it, each holding the next. */
  parents?: IdTree | null;
  /** With `subtree_as_ids`. */
  subtree?: IdTree | null;
}

/** Ids of projects, each with those below or above it. */
export interface IdTree {
  [id: string]: IdTree | null;
}

/** What a new project may say. Any other field is kept as it is. */
export interface ProjectCreate {
  name: string;
  /** Default: the domain of the token. */
  domain_id?: string | undefined;
  parent_id?: string | undefined;
  description?: string | undefined;
  enabled?: boolean;
  tags?: readonly string[];
  options?: ResourceOptions;
  [property: string]: unknown;
}

export type ProjectUpdate = Partial<ProjectCreate>;

/** Filters of a list of projects. Tags are separated by commas. */
export interface ProjectQuery {
  domain_id?: string | undefined;
  name?: string | undefined;
  enabled?: boolean | undefined;
  parent_id?: string | undefined;
  tags?: string | undefined;
  'tags-any'?: string | undefined;
  'not-tags'?: string | undefined;
  'not-tags-any'?: string | undefined;
}

/** A user, as `GET /v3/users/{id}` sends it. */
export interface User extends Reference {
  domain_id: string;
  enabled: boolean;
  default_project_id?: string;
  description?: string;
  email?: string;
  password_expires_at: string | null;
  options?: UserOptions;
}

/** Exceptions from the rules about passwords and logins. */
export interface UserOptions {
  ignore_lockout_failure_attempts?: boolean;
  ignore_password_expiry?: boolean;
  ignore_change_password_upon_first_use?: boolean;
  lock_password?: boolean;
  multi_factor_auth_enabled?: boolean;
  /** Each a set of methods that is enough to log in. */
  multi_factor_auth_rules?: readonly (readonly string[])[];
}

/** What a new user may say. */
export interface UserCreate {
  name: string;
  password?: string | null;
  domain_id?: string | undefined;
  default_project_id?: string | undefined;
  description?: string | undefined;
  email?: string | undefined;
  enabled?: boolean;
  options?: UserOptions;
}

export type UserUpdate = Partial<UserCreate>;

/** A group of users. */
export interface Group extends Reference {
  domain_id: string;
  description: string;
}

/** A domain: a name space for projects, users and groups. */
export interface Domain extends Reference {
  description: string;
  enabled: boolean;
  tags: string[];
  options: ResourceOptions;
}

/** What a new domain may say. */
export interface DomainCreate {
  name: string;
  description?: string | undefined;
  enabled?: boolean;
  options?: ResourceOptions;
}

/** A role; one with a `domain_id` is for that domain only. */
export interface Role extends Reference {
  domain_id: string | null;
  description: string | null;
  options: ResourceOptions;
}

/** What a new role may say. */
export interface RoleCreate {
  name: string;
  domain_id?: string | undefined;
  description?: string | undefined;
  options?: ResourceOptions;
}

/** A role that brings others along. */
export interface RoleInference {
  prior_role: Reference;
  implies: Reference[];
}

/** A thing of an assignment; names are there when they were asked for. */
export interface AssignmentReference {
  id: string;
  name?: string;
  domain?: Reference;
}

/** Who has which role where. */
export interface RoleAssignment {
  role: AssignmentReference;
  user?: AssignmentReference;
  group?: AssignmentReference;
  scope: {
    project?: AssignmentReference;
    domain?: AssignmentReference;
    system?: { all: boolean };
    'OS-INHERIT:inherited_to'?: 'projects';
  };
}

/** Filters of a list of assignments. */
export interface RoleAssignmentQuery {
  role_id?: string | undefined;
  user_id?: string | undefined;
  group_id?: string | undefined;
  scope_project_id?: string | undefined;
  scope_domain_id?: string | undefined;
  scope_system?: string | undefined;
  /** What implied roles, groups and inheritance come to. */
  effective?: boolean | undefined;
  include_names?: boolean | undefined;
  inherited_to?: 'projects' | undefined;
}

/** Where a role is given, and to whom. */
export interface Grant {
  role: string;
  to: { user: string } | { group: string };
  on: { project: string } | { domain: string } | { system: string };
  /** For the projects below, and not for the project or domain itself. */
  inherited?: boolean;
}

/** A region of endpoints. */
export interface Region {
  id: string;
  description: string;
  parent_region_id: string | null;
}

/** A service of the catalog, as `GET /v3/services/{id}` sends it. */
export interface Service {
  id: string;
  name?: string;
  type: string;
  description?: string;
  enabled: boolean;
}

/** A URL of a service, as `GET /v3/endpoints/{id}` sends it. */
export interface Endpoint {
  id: string;
  service_id: string;
  interface: 'public' | 'internal' | 'admin';
  url: string;
  region: string | null;
  region_id: string | null;
  enabled: boolean;
}

/** What a new endpoint says; an update may leave anything out. */
export interface EndpointCreate {
  service_id: string;
  interface: string;
  url: string;
  /** Makes the region when it is not there. */
  region?: string | undefined;
  enabled?: boolean | undefined;
}

/** What an application credential may call. */
export interface AccessRule {
  id: string;
  service: string;
  method: string;
  path: string;
}

/** An application credential; `secret` is there only in the answer to its creation. */
export interface ApplicationCredentialInfo extends Reference {
  project_id: string;
  description: string | null;
  roles: Reference[];
  /** ISO 8601 in UTC, or null for never. */
  expires_at: string | null;
  /** Null as long as nobody said so: that is no. */
  unrestricted: boolean | null;
  access_rules?: AccessRule[];
  secret?: string;
}

/** What {@link IdentityClient.createApplicationCredential} takes. */
export interface ApplicationCredentialCreate {
  name: string;
  description?: string | null;
  /** Default: all roles of the token in use. */
  roles?: readonly ({ id: string } | { name: string })[];
  /** ISO 8601 in UTC. */
  expires_at?: string | null;
  /** Chosen by the service when left out. */
  secret?: string | null;
  /** Whether it may create further credentials. Default false. */
  unrestricted?: boolean;
  access_rules?: unknown;
}
