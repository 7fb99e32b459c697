import type { Context, Hono } from 'hono';
import { json, noContent, type Identity } from './app';
import { forbiddenAction, KeystoneError, notFound } from './errors';
import { listLinks } from './resources';
import type { RoleAssignment } from './state';

type Place = Pick<RoleAssignment, 'project_id' | 'domain_id'>;

/** Roles of users on projects, on domains and on the system. Modelled on `keystone/api/{projects,domains,system}.py`. */
export function mountGrants(app: Hono, identity: Identity): void {
  const { state, ids, views } = identity;
  for (const kind of ['projects', 'domains', 'system'] as const) {
    const path = kind === 'system' ? '/v3/system/users/:user/roles' : `/v3/${kind}/:target/users/:user/roles`;
    const action = kind === 'system' ? 'system_grant' : 'grant';

    app.get(path, (c) => {
      authorize(c, kind === 'system' ? 'list_system_grants_for_user' : 'list_grants');
      const { user, place, targetId } = lookup(c, kind);
      const held = state.role_assignments.filter((a) => isAt(a, user, place)).map((a) => a.role_id);
      const self =
        kind === 'system' ? `system/users/${user}/roles` : `${kind}/${targetId}/users/${user}/roles`;
      return json(ids, {
        roles: state.roles.filter(({ id }) => held.includes(id)).map((role) => views.role(role)),
        links: listLinks(c, views.root, self),
      });
    });

    // Hono answers HEAD from here too
    app.get(`${path}/:role`, (c) => {
      authorize(c, kind === 'system' ? 'check_system_grant_for_user' : `check_${action}`);
      const { user, role, place, targetId } = lookup(c, kind);
      if (!state.role_assignments.some((a) => isAt(a, user, place) && a.role_id === role))
        throw missing(role, user, targetId);
      return noContent(ids);
    });

    app.put(`${path}/:role`, (c) => {
      authorize(c, kind === 'system' ? 'create_system_grant_for_user' : `create_${action}`);
      const { user, role, place } = lookup(c, kind);
      if (!state.role_assignments.some((a) => isAt(a, user, place) && a.role_id === role))
        state.role_assignments.push({ role_id: role, user_id: user, ...place });
      return noContent(ids);
    });

    app.delete(`${path}/:role`, (c) => {
      authorize(c, kind === 'system' ? 'revoke_system_grant_for_user' : `revoke_${action}`);
      const { user, role, place, targetId } = lookup(c, kind);
      const found = state.role_assignments.find((a) => isAt(a, user, place) && a.role_id === role);
      if (found === undefined) throw missing(role, user, targetId);
      state.role_assignments = state.role_assignments.filter((a) => a !== found);
      return noContent(ids);
    });
  }

  function authorize(c: Context, action: string): void {
    const caller = identity.authenticated(c);
    const { target } = c.req.param();
    // a place that does not exist is told to everybody
    const kind = c.req.path.includes('/v3/domains/') ? 'domain' : 'project';
    const known = (kind === 'domain' ? state.domains : state.projects).some(({ id }) => id === target);
    if (target !== undefined && !known && (kind === 'domain' || !caller.isAdmin))
      throw notFound(kind, target);
    if (!caller.isAdmin) throw forbiddenAction(`identity:${action}`);
  }

  /** What the path names; a 404 for the first that does not exist: role, user, then project or domain. */
  function lookup(c: Context, kind: 'projects' | 'domains' | 'system') {
    const { user = '', role = '', target = '' } = c.req.param();
    if (role !== '' && !state.roles.some(({ id }) => id === role)) throw notFound('role', role);
    if (!state.users.some(({ id }) => id === user)) throw notFound('user', user);
    if (kind !== 'system' && !state[kind].some(({ id }) => id === target))
      throw notFound(kind.slice(0, -1), target);
    const place: Place = {
      project_id: kind === 'projects' ? target : null,
      ...(kind === 'domains' ? { domain_id: target } : {}),
    };
    return { user, role, place, targetId: kind === 'system' ? 'system' : target };
  }
}

function isAt(assignment: RoleAssignment, user: string, place: Place): boolean {
  return (
    assignment.user_id === user &&
    assignment.project_id === place.project_id &&
    (assignment.domain_id ?? null) === (place.domain_id ?? null)
  );
}

function missing(role: string, user: string, target: string): KeystoneError {
  return new KeystoneError(
    404,
    'Not Found',
    `Could not find role assignment with role: ${role}, user or group: ${user}, project, domain, or system: ${target}.`,
  );
}
