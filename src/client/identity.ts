/** Identity v3: who you are, and the names of others. Models `openstack/identity/v3/_proxy.py`. */
import type { AccessInfo, CatalogService, Reference, Token } from './access';
import { DuplicateResource, HttpException } from './errors';
import { Adapter, type Query, type Session } from './session';

/** A project, as `GET /v3/projects/{id}` sends it. */
export interface Project extends Reference {
  domain_id: string;
  description: string;
  enabled: boolean;
  is_domain: boolean;
  parent_id: string | null;
  tags: string[];
}

/** A user, as `GET /v3/users/{id}` sends it. */
export interface User extends Reference {
  domain_id: string;
  enabled: boolean;
  default_project_id?: string;
  description?: string;
  email?: string;
  password_expires_at: string | null;
}

/** An application credential; `secret` is there only in the answer to its creation. */
export interface ApplicationCredentialInfo extends Reference {
  project_id: string;
  description: string | null;
  roles: Reference[];
  /** ISO 8601 in UTC, or null for never. */
  expires_at: string | null;
  unrestricted: boolean;
  secret?: string;
}

/** What {@link IdentityClient.createApplicationCredential} takes. */
export interface ApplicationCredentialCreate {
  name: string;
  description?: string;
  /** Default: all roles of the token in use. */
  roles?: ({ id: string } | { name: string })[];
  /** ISO 8601 in UTC. */
  expires_at?: string;
  /** Chosen by the service when left out. */
  secret?: string;
  /** Whether it may create further credentials. Default false. */
  unrestricted?: boolean;
}

/** Calls Identity v3 with a session's token. */
export class IdentityClient {
  readonly #adapter: Adapter;

  constructor(
    readonly session: Session,
    options: {
      regionName?: string | undefined;
      interface?: 'public' | 'internal' | 'admin' | undefined;
      endpointOverride?: string | undefined;
    } = {},
  ) {
    this.#adapter = new Adapter(session, {
      endpointFilter: {
        serviceType: 'identity',
        version: 3,
        regionName: options.regionName,
        ...(options.interface && { interface: options.interface }),
      },
      endpointOverride: options.endpointOverride,
    });
  }

  /** The token in use and what it says; gets one if need be. */
  access(): Promise<AccessInfo> {
    return this.session.getAccess();
  }

  /** The services and URLs this token can reach. */
  async catalog(): Promise<CatalogService[]> {
    return (await this.session.getAccess()).catalog;
  }

  /** What the service knows about a token: `GET /v3/auth/tokens`. Throws {@link NotFoundException} for one that is not valid. */
  async validateToken(token: string): Promise<Token> {
    return (await this.#get<{ token: Token }>('/auth/tokens', undefined, { 'X-Subject-Token': token })).token;
  }

  /** Ends a token before its time: `DELETE /v3/auth/tokens`. */
  async revokeToken(token: string): Promise<void> {
    await this.#adapter.request('/auth/tokens', { method: 'DELETE', headers: { 'X-Subject-Token': token } });
  }

  /** The projects your user may ask a token for: `GET /v3/auth/projects`. */
  async authProjects(): Promise<Project[]> {
    return (await this.#get<{ projects: Project[] }>('/auth/projects')).projects;
  }

  /** All projects (admin only by default). */
  async projects(query: { name?: string; domain_id?: string; enabled?: boolean } = {}): Promise<Project[]> {
    return (await this.#get<{ projects: Project[] }>('/projects', query)).projects;
  }

  async getProject(id: string): Promise<Project> {
    return (await this.#get<{ project: Project }>(`/projects/${encodeURIComponent(id)}`)).project;
  }

  /** A project by id or exact name; undefined when there is none you may see. Throws {@link DuplicateResource}. */
  findProject(nameOrId: string): Promise<Project | undefined> {
    return findOne(
      'Project',
      nameOrId,
      (id) => this.getProject(id),
      (name) => this.projects({ name }),
    );
  }

  /** All users (admin only by default). */
  async users(query: { name?: string; domain_id?: string; enabled?: boolean } = {}): Promise<User[]> {
    return (await this.#get<{ users: User[] }>('/users', query)).users;
  }

  async getUser(id: string): Promise<User> {
    return (await this.#get<{ user: User }>(`/users/${encodeURIComponent(id)}`)).user;
  }

  /** A user by id or exact name; undefined when there is none you may see. Throws {@link DuplicateResource}. */
  findUser(nameOrId: string): Promise<User | undefined> {
    return findOne(
      'User',
      nameOrId,
      (id) => this.getUser(id),
      (name) => this.users({ name }),
    );
  }

  /** Your own application credentials. */
  async applicationCredentials(): Promise<ApplicationCredentialInfo[]> {
    const answer = await this.#get<{ application_credentials: ApplicationCredentialInfo[] }>(
      await this.#credentialsPath(),
    );
    return answer.application_credentials;
  }

  /** Makes one for the project the session is scoped to. Its `secret` cannot be read again. */
  async createApplicationCredential(
    credential: ApplicationCredentialCreate,
  ): Promise<ApplicationCredentialInfo & { secret: string }> {
    const response = await this.#adapter.request(await this.#credentialsPath(), {
      method: 'POST',
      json: { application_credential: credential },
    });
    const answer = (await response.json()) as {
      application_credential: ApplicationCredentialInfo & { secret: string };
    }; // the API's contract
    return answer.application_credential;
  }

  async deleteApplicationCredential(id: string): Promise<void> {
    await this.#adapter.request(`${await this.#credentialsPath()}/${encodeURIComponent(id)}`, {
      method: 'DELETE',
    });
  }

  async #credentialsPath(): Promise<string> {
    return `/users/${(await this.session.getAccess()).userId}/application_credentials`;
  }

  async #get<T>(path: string, query?: Query, headers: Record<string, string> = {}): Promise<T> {
    const response = await this.#adapter.request(path, {
      headers: { Accept: 'application/json', ...headers },
      ...(query && { query }),
    });
    return (await response.json()) as T; // the API's contract
  }
}

/** By id first, then by name, as `openstack.resource.Resource.find` does; refusals count as "not there". */
async function findOne<T extends Reference>(
  kind: string,
  nameOrId: string,
  get: (id: string) => Promise<T>,
  list: (name: string) => Promise<T[]>,
): Promise<T | undefined> {
  try {
    return await get(nameOrId);
  } catch (error) {
    if (!(error instanceof HttpException) || ![400, 403, 404].includes(error.status)) throw error;
  }
  const matches = (await list(nameOrId)).filter(({ name }) => name === nameOrId);
  if (matches.length > 1)
    throw new DuplicateResource(`More than one ${kind} exists with the name '${nameOrId}'.`);
  return matches[0];
}
