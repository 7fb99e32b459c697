import { optionsOf } from './immutable';
import { IDENTITY_PATH } from '../paths';
import type {
  Domain,
  Endpoint,
  Group,
  IdentityState,
  Project,
  Region,
  Role,
  Service,
  Token,
  User,
} from './state';

/** A time as Keystone prints it: always six digits of the second. */
export function keystoneTime(iso: string): string {
  return iso.replace(/\.(\d{3})Z$/, '.$1000Z');
}

/** What stands for a project's id in an endpoint's URL. */
const PROJECT_IN_URL = /[$%]\((?:project|tenant)_id\)s/;

/** Turns records into the JSON of the Identity API. */
export class Views {
  readonly #state: IdentityState;
  readonly #baseUrl: string;

  constructor(state: IdentityState, baseUrl: string) {
    this.#state = state;
    this.#baseUrl = baseUrl;
  }

  get root(): string {
    return `${this.#baseUrl}${IDENTITY_PATH}/v3`;
  }

  self(path: string): { self: string } {
    return { self: `${this.root}/${path}` };
  }

  domain(domain: Domain): object {
    return {
      ...domain.extra,
      id: domain.id,
      name: domain.name,
      description: domain.description,
      enabled: domain.enabled,
      tags: [],
      options: optionsOf(domain),
      links: this.self(`domains/${domain.id}`),
    };
  }

  project(project: Project): object {
    return {
      ...project.extra,
      id: project.id,
      name: project.name,
      domain_id: project.domain_id,
      description: project.description,
      enabled: project.enabled,
      parent_id: project.parent_id,
      is_domain: false,
      tags: project.tags ?? [],
      options: optionsOf(project),
      links: this.self(`projects/${project.id}`),
    };
  }

  user(user: User): object {
    return {
      ...user.extra,
      id: user.id,
      name: user.name,
      domain_id: user.domain_id,
      enabled: user.enabled,
      ...(user.default_project_id === null ? {} : { default_project_id: user.default_project_id }),
      password_expires_at: null,
      options: user.options ?? {},
      links: this.self(`users/${user.id}`),
    };
  }

  group(group: Group): object {
    return { ...group, links: this.self(`groups/${group.id}`) };
  }

  role(role: Role): object {
    return {
      ...role.extra,
      id: role.id,
      name: role.name,
      domain_id: role.domain_id ?? null,
      description: role.description ?? null,
      options: optionsOf(role),
      links: this.self(`roles/${role.id}`),
    };
  }

  service(service: Service): object {
    return {
      name: service.name,
      ...(service.description === '' ? {} : { description: service.description }),
      ...service.extra,
      id: service.id,
      type: service.type,
      enabled: service.enabled ?? true,
      links: this.self(`services/${service.id}`),
    };
  }

  endpoint(endpoint: Endpoint): object {
    return {
      ...endpoint.extra,
      id: endpoint.id,
      interface: endpoint.interface,
      region_id: endpoint.region_id,
      service_id: endpoint.service_id,
      url: this.url(endpoint),
      enabled: endpoint.enabled ?? true,
      region: endpoint.region_id,
      links: this.self(`endpoints/${endpoint.id}`),
    };
  }

  region(region: Region): object {
    return {
      ...region.extra,
      id: region.id,
      description: region.description,
      parent_region_id: region.parent_region_id ?? null,
      links: this.self(`regions/${region.id}`),
    };
  }

  url(endpoint: Endpoint): string {
    return endpoint.url ?? this.#baseUrl + endpoint.path;
  }

  /** @param projectId whose catalog it is: once any endpoint is kept for that project, it has no others. */
  catalog(projectId: string | null = null): object[] {
    const kept = new Set(
      this.#state.endpoint_projects
        .filter(({ project_id }) => project_id === projectId)
        .map(({ endpoint_id }) => endpoint_id),
    );
    const enabled = this.#state.services.filter((service) => service.enabled ?? true);
    const all = enabled.map((service) => ({
      endpoints: this.#state.endpoints
        .filter((endpoint) => endpoint.service_id === service.id && (endpoint.enabled ?? true))
        .filter(({ id }) => kept.size === 0 || kept.has(id))
        // without a project there is no URL with its id in it
        .filter((endpoint) => projectId !== null || !PROJECT_IN_URL.test(this.url(endpoint)))
        .map((endpoint) => ({
          id: endpoint.id,
          interface: endpoint.interface,
          region_id: endpoint.region_id,
          url: this.url(endpoint).replace(PROJECT_IN_URL, projectId ?? ''),
          region: endpoint.region_id,
        })),
      id: service.id,
      type: service.type,
      name: service.name,
    }));
    // once anything is kept for a project, services without an endpoint are left out
    return kept.size === 0 ? all : all.filter(({ endpoints }) => endpoints.length > 0);
  }

  /** `{id, name}` of a domain, as it stands inside users and projects of a token. */
  domainRef(id: string): { id: string; name: string } {
    return { id, name: this.#state.domains.find((domain) => domain.id === id)?.name ?? id };
  }

  /** What POST and GET /v3/auth/tokens answer. Modelled on `keystone/common/render_token.py`. */
  token(token: Token, user: User, roles: readonly Role[], withCatalog = true): object {
    const project = this.#state.projects.find((candidate) => candidate.id === token.project_id);
    const domain = token.domain_id ?? undefined;
    const credential = this.#state.application_credentials.find(
      ({ id }) => id === token.application_credential_id,
    );
    return {
      token: {
        methods: token.methods,
        user: {
          domain: this.domainRef(user.domain_id),
          id: user.id,
          name: user.name,
          password_expires_at: null,
        },
        audit_ids: token.audit_ids,
        expires_at: keystoneTime(token.expires_at),
        issued_at: keystoneTime(token.issued_at),
        ...(project === undefined
          ? {}
          : {
              project: { domain: this.domainRef(project.domain_id), id: project.id, name: project.name },
              is_domain: false,
            }),
        ...(domain === undefined ? {} : { domain: this.domainRef(domain) }),
        ...(project === undefined && domain === undefined && !token.system
          ? {}
          : {
              roles: roles.map((role) => ({ id: role.id, name: role.name })),
              ...(withCatalog ? { catalog: this.catalog(token.project_id) } : {}),
            }),
        ...(token.system ? { system: { all: true } } : {}),
        ...(credential === undefined
          ? {}
          : {
              application_credential: {
                id: credential.id,
                name: credential.name,
                restricted: credential.unrestricted !== true,
              },
            }),
      },
    };
  }
}
