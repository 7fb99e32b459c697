import type { Context, Hono } from 'hono';
import { json, type Identity } from './app';
import { projectsOf } from './assignments';
import { badRequest, forbiddenAction, notFound } from './errors';
import { parentsAsIds, parentsOf, subtreeAsIds, subtreeOf } from './hierarchy';
import type { Project } from './state';
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
  /** Query parameters that a list takes beside the filters; any other is refused. Left out where all are taken. */
  only?: readonly string[];
  /** What else a show tells on request. */
  more?(record: T, c: Context, caller: TokenContext): object;
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
    listed: matchesTags,
    view: (project) => views.project(project),
    more: (project, c, caller) => relatives(identity, project, c, caller),
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
    plural: 'groups',
    singular: 'group',
    records: () => state.groups,
    id: (group) => group.id,
    filters: ['name', 'domain_id'],
    only: ['marker', 'limit', 'sort_key', 'sort_dir'],
    view: (group) => views.group(group),
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
    only: [],
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
    only: [],
    view: (endpoint) => views.endpoint(endpoint),
  });
  mountUserProjects(app, identity);
}

function mount<T extends object>(app: Hono, identity: Identity, resource: Resource<T>): void {
  const { ids, views } = identity;

  app.get(`/v3/${resource.plural}`, (c) => {
    if (resource.only !== undefined) refuseOtherQuery(c, [...resource.filters, ...resource.only]);
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
    return json(ids, {
      [resource.singular]: { ...resource.view(record), ...resource.more?.(record, c, caller) },
    });
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
    const projects = projectsOf(state, id).filter((project) =>
      matches(project, c, ['name', 'domain_id', 'enabled']),
    );
    return json(ids, {
      projects: projects.map((project) => views.project(project)),
      links: listLinks(c, views.root, `users/${id}/projects`),
    });
  });
}

/** Whether a query parameter is there and is not 0. */
export function isTrueFilter(c: Context, name: string): boolean {
  const value = c.req.query(name);
  return value !== undefined && value !== '0';
}

/** The projects above and below one, as far as the query asks for them. */
function relatives({ state, views }: Identity, project: Project, c: Context, caller: TokenContext): object {
  const asked = (name: string): boolean => isTrueFilter(c, name);
  for (const word of ['parents', 'subtree']) {
    if (asked(`${word}_as_list`) && asked(`${word}_as_ids`))
      throw badRequest(`Cannot use ${word}_as_list and ${word}_as_ids query params at the same time.`);
  }
  const list = (projects: Project[]): object[] => {
    const mine = new Set(projectsOf(state, caller.user.id).map(({ id }) => id));
    return projects.filter(({ id }) => mine.has(id)).map((one) => ({ project: views.project(one) }));
  };
  return {
    ...(asked('parents_as_list') ? { parents: list(parentsOf(state, project)) } : {}),
    ...(asked('parents_as_ids') ? { parents: parentsAsIds(state, project) } : {}),
    ...(asked('subtree_as_list') ? { subtree: list(subtreeOf(state, project)) } : {}),
    ...(asked('subtree_as_ids') ? { subtree: subtreeAsIds(state, project.id) } : {}),
  };
}

/** The filters `tags`, `tags-any`, `not-tags` and `not-tags-any`, their values separated by commas. */
function matchesTags({ tags = [] }: Project, c: Context): boolean {
  const asked = (name: string): string[] | undefined => c.req.query(name)?.split(',');
  const has = (tag: string): boolean => tags.includes(tag);
  return (
    asked('tags')?.every(has) !== false &&
    asked('tags-any')?.some(has) !== false &&
    asked('not-tags')?.every(has) !== true &&
    asked('not-tags-any')?.some(has) !== true
  );
}

/** Query parameters that a list does not know are refused. */
export function refuseOtherQuery(c: Context, known: readonly string[]): void {
  const unknown = Object.keys(c.req.query()).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const were = unknown.length === 1 ? 'was' : 'were';
  throw badRequest(
    `Additional properties are not allowed (${unknown.map((name) => `'${name}'`).join(', ')} ${were} unexpected)`,
  );
}
