import type { Context, Hono } from 'hono';
import { json, noContent, type Identity } from './app';
import { forbidden, forbiddenAction, KeystoneError, notFound } from './errors';
import { listLinks } from './resources';
import type { RoleAssignment } from './state';

type Kind = 'projects' | 'domains' | 'system';
type Actors = 'users' | 'groups';
/** Who has it, and where. */
type Holding = Omit<RoleAssignment, 'role_id'>;

/**
 * Roles of users and groups on projects, on domains and on the system, and those that are for the projects below.
 * Modelled on `keystone/api/{projects,domains,system,os_inherit}.py`.
 */
export function mountGrants(app: Hono, identity: Identity): void {
  for (const actors of ['users', 'groups'] as const) {
    for (const kind of ['projects', 'domains', 'system'] as const) {
      const path = kind === 'system' ? `/system/${actors}/:actor/roles` : `/${kind}/:target/${actors}/:actor/roles`;
      mountGrantsAt(app, identity, kind, actors, { list: `/v3${path}`, one: `/v3${path}/:role`, inherited: false });
      if (kind === 'system') continue;
      const below = `/v3/OS-INHERIT${path}`;
      const end = 'inherited_to_projects';
      mountGrantsAt(app, identity, kind, actors, { list: `${below}/${end}`, one: `${below}/:role/${end}`, inherited: true });
    }
  }
} // prettier-ignore

function mountGrantsAt(
  app: Hono,
  identity: Identity,
  kind: Kind,
  actors: Actors,
  routes: { list: string; one: string; inherited: boolean },
): void {
  const { state, ids, views } = identity;
  const actor = actors === 'users' ? 'user' : 'group';
  const policy = (verb: string, plural = false): string =>
    kind === 'system'
      ? `${verb}_system_grant${plural ? 's' : ''}_for_${actor}`
      : `${verb}_grant${plural ? 's' : ''}`;

  app.get(routes.list, (c) => {
    authorize(c, policy('list', true));
    const { holding } = lookup(c);
    const held = state.role_assignments.filter((a) => isSame(a, holding)).map((a) => a.role_id);
    const path = new URL(c.req.url).pathname.replace(/^.*?\/v3\//, '');
    return json(ids, {
      roles: state.roles.filter(({ id }) => held.includes(id)).map((role) => views.role(role)),
      links: listLinks(c, views.root, path),
    });
  });

  // Hono answers HEAD from here too
  app.get(routes.one, (c) => {
    authorize(c, policy('check'));
    const { role, holding } = lookup(c);
    if (find(role, holding) === undefined) throw missing(c, role);
    return noContent(ids);
  });

  app.put(routes.one, (c) => {
    authorize(c, policy('create'));
    const { role, holding } = lookup(c);
    refuseForeignRole(role, holding.project_id);
    if (find(role, holding) === undefined) state.role_assignments.push({ role_id: role, ...holding });
    return noContent(ids);
  });

  app.delete(routes.one, (c) => {
    authorize(c, policy('revoke'));
    const { role, holding } = lookup(c, false);
    const found = find(role, holding);
    if (found === undefined) throw missing(c, role);
    state.role_assignments = state.role_assignments.filter((a) => a !== found);
    // what a user made for programs on this project does not outlive her role there
    if (found.user_id !== undefined && found.project_id !== null)
      state.application_credentials = state.application_credentials.filter(
        ({ user_id, project_id }) => user_id !== found.user_id || project_id !== found.project_id,
      );
    return noContent(ids);
  });

  function find(role: string, holding: Holding): RoleAssignment | undefined {
    return state.role_assignments.find((a) => a.role_id === role && isSame(a, holding));
  }

  function authorize(c: Context, action: string): void {
    const caller = identity.authenticated(c);
    const { target } = c.req.param();
    // a place that does not exist is told to everybody
    const known = (kind === 'domains' ? state.domains : state.projects).some(({ id }) => id === target);
    if (target !== undefined && !known && (kind === 'domains' || !caller.isAdmin))
      throw notFound(kind.slice(0, -1), target);
    if (!caller.isAdmin) throw forbiddenAction(`identity:${action}`);
  }

  /** What the path names; a 404 for the first that does not exist: role, user or group, then project or domain. */
  function lookup(c: Context, actorMustExist = true): { role: string; holding: Holding } {
    const { actor: actorId = '', role = '', target = '' } = c.req.param();
    if (role !== '' && !state.roles.some(({ id }) => id === role)) throw notFound('role', role);
    if (actorMustExist && !state[actors].some(({ id }) => id === actorId)) throw notFound(actor, actorId);
    if (kind !== 'system' && !state[kind].some(({ id }) => id === target))
      throw notFound(kind.slice(0, -1), target);
    const holding: Holding = {
      ...(actors === 'users' ? { user_id: actorId } : { group_id: actorId }),
      project_id: kind === 'projects' ? target : null,
      ...(kind === 'domains' ? { domain_id: target } : {}),
      ...(routes.inherited ? { inherited: true } : {}),
    };
    return { role, holding };
  }

  function refuseForeignRole(roleId: string, projectId: string | null): void {
    const domain = state.roles.find(({ id }) => id === roleId)?.domain_id ?? null;
    const project = state.projects.find(({ id }) => id === projectId);
    if (domain === null || project === undefined || project.domain_id === domain) return;
    throw forbidden(`Project ${project.id} must be in the same domain as the role ${roleId} being assigned.`);
  }

  function missing(c: Context, role: string): KeystoneError {
    const { actor: actorId = '', target = 'system' } = c.req.param();
    return new KeystoneError(
      404,
      'Not Found',
      `Could not find role assignment with role: ${role}, user or group: ${actorId}, project, domain, or system: ${target}.`,
    );
  }
}

function isSame(assignment: RoleAssignment, holding: Holding): boolean {
  return (
    assignment.user_id === holding.user_id &&
    assignment.group_id === holding.group_id &&
    assignment.project_id === holding.project_id &&
    (assignment.domain_id ?? null) === (holding.domain_id ?? null) &&
    (assignment.inherited ?? false) === (holding.inherited ?? false)
  );
}
