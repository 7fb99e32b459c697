import type { Context, Hono } from 'hono';
import { json, type Identity } from './app';
import { effectiveAssignments, isSystem, type EffectiveAssignment } from './assignments';
import { forbiddenAction, badRequest, notFound } from './errors';
import { subtreeOf } from './hierarchy';
import { isTrueFilter, listLinks, refuseOtherQuery } from './resources';
import type { RoleAssignment } from './state';

const QUERY = [
  'effective',
  'include_names',
  'include_subtree',
  'group.id',
  'role.id',
  'scope.system',
  'scope.domain.id',
  'scope.project.id',
  'scope.OS-INHERIT:inherited_to',
  'user.id',
];

/** An assignment as it was given, or as it works out. */
type Shown = Omit<RoleAssignment, 'domain_id'> & Pick<EffectiveAssignment, 'domain_id' | 'via'>;

/** Who has which role where, all of it. Modelled on `keystone/api/role_assignments.py`. */
export function mountRoleAssignments(app: Hono, identity: Identity): void {
  const { state, views, ids } = identity;
  app.get('/v3/role_assignments', (c) => {
    refuseOtherQuery(c, QUERY);
    const subtree = isTrueFilter(c, 'include_subtree');
    const action = subtree ? 'list_role_assignments_for_tree' : 'list_role_assignments';
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction(`identity:${action}`);
    const names = isTrueFilter(c, 'include_names');
    const role_assignments = wanted(c, subtree).map((assignment) => view(assignment, names));
    return json(ids, { role_assignments, links: listLinks(c, views.root, 'role_assignments') });
  });

  function wanted(c: Context, subtree: boolean): Shown[] {
    const query = (name: string): string | undefined => c.req.query(name) || undefined;
    const [user, group, role] = [query('user.id'), query('group.id'), query('role.id')];
    const [projectId, domain] = [query('scope.project.id'), query('scope.domain.id')];
    const effective = isTrueFilter(c, 'effective');
    const inherited = c.req.query('scope.OS-INHERIT:inherited_to');
    refuseNonsense({ user, group, project: projectId, domain, system: query('scope.system') }, subtree);
    if (effective && group !== undefined)
      throw badRequest('Combining effective and group filter will always result in an empty list.');
    if (effective && inherited === 'projects' && domain !== undefined)
      throw badRequest(
        'Combining effective, domain and inherited filters will always result in an empty list.',
      );
    const project = state.projects.find(({ id }) => id === projectId);
    if (subtree && project === undefined) throw notFound('project', projectId ?? '');
    const projects = new Set([
      projectId,
      ...(subtree && project !== undefined ? subtreeOf(state, project).map(({ id }) => id) : []),
    ]);
    const system = query('scope.system') === 'all';
    const all: Shown[] = effective ? effectiveAssignments(state) : direct();
    return all
      .filter((a) => user === undefined || a.user_id === user)
      .filter((a) => group === undefined || a.group_id === group)
      .filter((a) => role === undefined || a.role_id === role)
      .filter((a) => projectId === undefined || projects.has(a.project_id ?? ''))
      .filter((a) => domain === undefined || a.domain_id === domain)
      .filter((a) => !system || effective || isSystem(a))
      .filter((a) => inherited === undefined || isSystem(a) || isInherited(a) === (inherited === 'projects'));
  }

  function direct(): Shown[] {
    const all = state.role_assignments.map((a) => ({ ...a, domain_id: a.domain_id ?? null, via: {} }));
    // those on the system come last
    return [...all.filter((a) => !isSystem(a)), ...all.filter(isSystem)];
  }

  function view(a: Shown, names: boolean): object {
    const withName = (record: { id: string; name: string; domain_id?: string | null } | undefined) =>
      record === undefined || !names
        ? { id: record?.id }
        : {
            id: record.id,
            name: record.name,
            ...((record.domain_id ?? null) === null
              ? {}
              : { domain: views.domainRef(record.domain_id ?? '') }),
          };
    const find = <T extends { id: string }>(records: T[], id: string | null | undefined) =>
      records.find((record) => record.id === id);
    const scope = isSystem(a)
      ? { system: { all: true } }
      : a.project_id === null
        ? { domain: withName(find(state.domains, a.domain_id)) }
        : { project: withName(find(state.projects, a.project_id)) };
    return {
      links: links(a),
      scope: isInherited(a) ? { ...scope, 'OS-INHERIT:inherited_to': 'projects' } : scope,
      ...(a.user_id === undefined
        ? { group: withName(find(state.groups, a.group_id)) }
        : { user: withName(find(state.users, a.user_id)) }),
      role: withName(find(state.roles, a.role_id)),
    };
  }

  function links(a: Shown): object {
    const { via } = a;
    const place =
      via.domain_id !== undefined
        ? `/domains/${via.domain_id}`
        : via.project_id !== undefined
          ? `/projects/${via.project_id}`
          : isSystem(a)
            ? '/system'
            : a.project_id === null
              ? `/domains/${a.domain_id}`
              : `/projects/${a.project_id}`;
    const group = via.group_id ?? a.group_id;
    const actor = group === undefined ? `/users/${a.user_id}` : `/groups/${group}`;
    const path = `${place}${actor}/roles/${via.role_id ?? a.role_id}`;
    return {
      assignment: views.root + (isInherited(a) ? `/OS-INHERIT${path}/inherited_to_projects` : path),
      ...(via.group_id === undefined
        ? {}
        : { membership: `${views.root}/groups/${via.group_id}/users/${a.user_id}` }),
      ...(via.role_id === undefined
        ? {}
        : { prior_role: `${views.root}/prior_role/${a.role_id}/implies/${via.role_id}` }),
    };
  }
}

function isInherited({ inherited, via }: Shown): boolean {
  return inherited === true || via.project_id !== undefined || via.domain_id !== undefined;
}

function refuseNonsense(
  given: Record<'user' | 'group' | 'project' | 'domain' | 'system', string | undefined>,
  subtree: boolean,
): void {
  const both = (a: keyof typeof given, b: keyof typeof given): boolean =>
    given[a] !== undefined && given[b] !== undefined;
  if (both('domain', 'project')) throw badRequest('Specify a domain or project, not both');
  if (both('domain', 'system')) throw badRequest('Specify system or domain, not both');
  if (both('project', 'system')) throw badRequest('Specify system or project, not both');
  if (both('user', 'group')) throw badRequest('Specify a user or group, not both');
  if (subtree && given.project === undefined)
    throw badRequest('scope.project.id must be specified if include_subtree is also specified');
}
