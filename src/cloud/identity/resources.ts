import type { Context, Hono } from 'hono';
import { json, type Identity } from './app';
import { forbiddenAction, notFound } from './errors';
import type { TokenContext } from './token-provider';

/** One kind of record that can be listed and shown. */
interface Resource<T> {
  /** As it stands in the URL and in the list's body, such as `projects`. */
  plural: string;
  /** As it stands in a show's body and in policy names, such as `project`. */
  singular: string;
  records(): T[];
  id(record: T): string;
  /** Query parameters that filter a list. */
  filters: readonly string[];
  view(record: T): object;
  /** Whether it stands in a list. */
  listed?(record: T, c: Context): boolean;
  /** Whether somebody who is not an admin may list them, or show this one. */
  mayList?(caller: TokenContext): boolean;
  mayShow?(caller: TokenContext, record: T | undefined, id: string): boolean;
}

/**
 * The read-only resources that clients look things up in. Modelled on `keystone/api/{projects,users,…}.py`, with the
 * default policies of `keystone/common/policies/`.
 */
export function mountResources(app: Hono, identity: Identity): void {
  const { state, views } = identity;

  mount(app, identity, {
    plural: 'projects',
    singular: 'project',
    records: () => state.projects,
    id: (project) => project.id,
    filters: ['name', 'domain_id', 'enabled', 'parent_id'],
    view: (project) => views.project(project),
    mayShow: (caller, _project, id) => caller.token.project_id === id,
  });
  mount(app, identity, {
    plural: 'users',
    singular: 'user',
    records: () => state.users,
    id: (user) => user.id,
    filters: ['name', 'domain_id', 'enabled'],
    view: (user) => views.user(user),
    mayShow: (caller, _user, id) => caller.user.id === id,
  });
  mount(app, identity, {
    plural: 'domains',
    singular: 'domain',
    records: () => state.domains,
    id: (domain) => domain.id,
    filters: ['name', 'enabled'],
    view: (domain) => views.domain(domain),
    mayShow: (caller, domain) =>
      domain !== undefined &&
      state.projects.some((p) => p.id === caller.token.project_id && p.domain_id === domain.id),
  });
  mount(app, identity, {
    plural: 'roles',
    singular: 'role',
    records: () => state.roles,
    id: (role) => role.id,
    listed: (role, c) => c.req.query('domain_id') !== undefined || (role.domain_id ?? null) === null,
    filters: ['name', 'domain_id'],
    view: (role) => views.role(role),
    // a role that does not exist is told to everybody
    mayShow: (_caller, role) => role === undefined,
  });
  mount(app, identity, {
    plural: 'regions',
    singular: 'region',
    records: () => state.regions,
    id: (region) => region.id,
    filters: ['parent_region_id'],
    view: (region) => views.region(region),
    mayList: () => true,
    mayShow: () => true,
  });
  mount(app, identity, {
    plural: 'services',
    singular: 'service',
    records: () => state.services,
    id: (service) => service.id,
    filters: ['name', 'type'],
    view: (service) => views.service(service),
  });
  mount(app, identity, {
    plural: 'endpoints',
    singular: 'endpoint',
    records: () => state.endpoints,
    id: (endpoint) => endpoint.id,
    filters: ['interface', 'service_id', 'region_id'],
    view: (endpoint) => views.endpoint(endpoint),
  });
  mountUserProjects(app, identity);
}

function mount<T extends object>(app: Hono, identity: Identity, resource: Resource<T>): void {
  const { ids, views } = identity;

  app.get(`/v3/${resource.plural}`, (c) => {
    const caller = identity.authenticated(c);
    if (!caller.isAdmin && resource.mayList?.(caller) !== true) {
      throw forbiddenAction(`identity:list_${resource.plural}`);
    }
    const found = resource
      .records()
      .filter((record) => matches(record, c, resource.filters) && resource.listed?.(record, c) !== false);
    return json(ids, {
      [resource.plural]: found.map(resource.view),
      links: listLinks(c, views.root, resource.plural),
    });
  });

  app.get(`/v3/${resource.plural}/:id`, (c) => {
    const caller = identity.authenticated(c);
    const id = c.req.param('id') ?? '';
    const record = resource.records().find((candidate) => resource.id(candidate) === id);
    if (!caller.isAdmin && resource.mayShow?.(caller, record, id) !== true) {
      throw forbiddenAction(`identity:get_${resource.singular}`);
    }
    if (record === undefined) throw notFound(resource.singular, id);
    return json(ids, { [resource.singular]: resource.view(record) });
  });
}

function matches(record: object, c: Context, filters: readonly string[]): boolean {
  return filters.every((name) => {
    const wanted = c.req.query(name);
    if (wanted === undefined) return true;
    const value =
      new Map<string, unknown>(Object.entries(record)).get(name) ?? (name === 'enabled' ? true : undefined);
    if (name === 'enabled') return value === !/^(0|f|false|off|n|no)$/i.test(wanted);
    // the database under Keystone compares names without regard to case
    return String(value).toLowerCase() === wanted.toLowerCase();
  });
}

export function listLinks(c: Context, root: string, path: string): object {
  return { next: null, self: `${root}/${path}${new URL(c.req.url).search}`, previous: null };
}

function mountUserProjects(app: Hono, identity: Identity): void {
  const { state, views, ids } = identity;
  app.get('/v3/users/:id/projects', (c) => {
    const caller = identity.authenticated(c);
    const id = c.req.param('id');
    if (!caller.isAdmin && caller.user.id !== id) throw forbiddenAction('identity:list_user_projects');
    if (!state.users.some((user) => user.id === id)) throw notFound('user', id);
    const mine = new Set(state.role_assignments.filter((a) => a.user_id === id).map((a) => a.project_id));
    const projects = state.projects.filter((project) => mine.has(project.id));
    return json(ids, {
      projects: projects.map((project) => views.project(project)),
      links: listLinks(c, views.root, `users/${id}/projects`),
    });
  });
}
