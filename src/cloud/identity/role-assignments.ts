import type { Hono } from 'hono';
import { json, type Identity } from './app';
import { forbiddenAction } from './errors';
import { listLinks } from './resources';
import type { RoleAssignment } from './state';

/** Who has which role where, all of it. Modelled on `keystone/api/role_assignments.py`. */
export function mountRoleAssignments(app: Hono, identity: Identity): void {
  const { state, views, ids, tokens } = identity;
  app.get('/v3/role_assignments', (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:list_role_assignments');
    const names = 'include_names' in c.req.query() && c.req.query('include_names') !== '0';
    const wanted = {
      user: c.req.query('user.id'),
      project: c.req.query('scope.project.id'),
      role: c.req.query('role.id'),
      domain: c.req.query('scope.domain.id'),
      system: c.req.query('scope.system'),
      effective: 'effective' in c.req.query() && c.req.query('effective') !== '0',
    };
    const all = wanted.effective
      ? state.role_assignments
          .filter((a) => !isSystem(a))
          .flatMap((a) =>
            tokens.expandImplied([a.role_id]).map((role) => ({ ...a, role_id: role.id, prior: a.role_id })),
          )
      : state.role_assignments.map((a) => ({ ...a, prior: a.role_id }));
    const found = all.filter(
      (a) =>
        (wanted.domain === undefined || a.domain_id === wanted.domain) &&
        (wanted.system === undefined || isSystem(a)) &&
        (wanted.user === undefined || a.user_id === wanted.user) &&
        (wanted.project === undefined || a.project_id === wanted.project) &&
        (wanted.role === undefined || a.role_id === wanted.role),
    );
    const role_assignments = found.map((a) => {
      const place = isSystem(a)
        ? 'system'
        : a.project_id === null
          ? `domains/${a.domain_id}`
          : `projects/${a.project_id}`;
      const domain = state.domains.find(({ id }) => id === a.domain_id);
      const user = state.users.find(({ id }) => id === a.user_id);
      const project = state.projects.find(({ id }) => id === a.project_id);
      const role = state.roles.find(({ id }) => id === a.role_id);
      const withName = (record: { id: string; name: string; domain_id?: string } | undefined) =>
        record === undefined || !names
          ? { id: record?.id }
          : {
              id: record.id,
              name: record.name,
              ...(record.domain_id === undefined ? {} : { domain: views.domainRef(record.domain_id) }),
            };
      return {
        links: {
          assignment: `${views.root}/${place}/users/${a.user_id}/roles/${a.prior}`,
          ...(a.prior === a.role_id
            ? {}
            : { prior_role: `${views.root}/prior_roles/${a.prior}/implies/${a.role_id}` }),
        },
        scope: isSystem(a)
          ? { system: { all: true } }
          : domain === undefined
            ? { project: withName(project) }
            : { domain: withName(domain) },
        user: withName(user),
        role: role === undefined || !names ? { id: a.role_id } : { id: role.id, name: role.name },
      };
    });
    return json(ids, { role_assignments, links: listLinks(c, views.root, 'role_assignments') });
  });
}

function isSystem({ project_id, domain_id }: RoleAssignment): boolean {
  return project_id === null && (domain_id ?? null) === null;
}
