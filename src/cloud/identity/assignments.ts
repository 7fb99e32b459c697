import { parentsOf, subtreeOf } from './hierarchy';
import type { IdentityState, Project, RoleAssignment } from './state';

/** A role that somebody has somewhere, after groups, inheritance and implied roles are worked out. */
export interface EffectiveAssignment {
  role_id: string;
  user_id: string;
  project_id: string | null;
  domain_id: string | null;
  /** Where it comes from, when it was not given just so. */
  via: { group_id?: string; project_id?: string; domain_id?: string; role_id?: string };
}

/** What a role can be on. */
export interface Place {
  project_id?: string | null | undefined;
  domain_id?: string | null | undefined;
}

/** The ids of the groups a user is in. */
export function groupIdsOf(state: IdentityState, userId: string): string[] {
  return state.group_members.filter(({ user_id }) => user_id === userId).map(({ group_id }) => group_id);
}

export function isSystem({ project_id, domain_id }: RoleAssignment): boolean {
  return project_id === null && (domain_id ?? null) === null;
}

/** The roles a user was given on a place, in person, through a group or from above; implied ones are not among them. */
export function roleIdsAt(
  state: IdentityState,
  userId: string,
  place: Place & { system?: boolean },
): string[] {
  const groups = new Set(groupIdsOf(state, userId));
  const project = state.projects.find(({ id }) => id === place.project_id);
  const above = new Set(project === undefined ? [] : parentsOf(state, project).map(({ id }) => id));
  return state.role_assignments
    .filter((a) => a.user_id === userId || (a.group_id !== undefined && groups.has(a.group_id)))
    .filter((a) => {
      if (project !== undefined)
        return a.inherited === true
          ? above.has(a.project_id ?? '') || a.domain_id === project.domain_id
          : a.project_id === project.id;
      if (a.inherited === true) return false;
      return place.system === true ? isSystem(a) : !isSystem(a) && a.domain_id === place.domain_id;
    })
    .map(({ role_id }) => role_id);
}

/** Every role everybody has on projects and domains. Modelled on `keystone/assignment/core.py`. */
export function effectiveAssignments(state: IdentityState): EffectiveAssignment[] {
  const found = state.role_assignments.filter((a) => !isSystem(a)).flatMap((a) => expand(state, a));
  const isGlobal = (id: string): boolean =>
    state.roles.some((role) => role.id === id && (role.domain_id ?? null) === null);
  return withImplied(state, found).filter(({ role_id }) => isGlobal(role_id));
}

/** Projects on which a user has any role. */
export function projectsOf(state: IdentityState, userId: string): Project[] {
  const ids = new Set(
    effectiveAssignments(state)
      .filter(({ user_id }) => user_id === userId)
      .map(({ project_id }) => project_id),
  );
  return state.projects.filter(({ id }) => ids.has(id));
}

function expand(state: IdentityState, assignment: RoleAssignment): EffectiveAssignment[] {
  const { role_id, user_id, group_id, project_id, inherited } = assignment;
  const domain_id = assignment.domain_id ?? null;
  const users =
    user_id !== undefined
      ? [{ user_id, via: {} }]
      : state.group_members
          .filter((member) => member.group_id === group_id)
          .map((member) => ({ user_id: member.user_id, via: { group_id: member.group_id } }));
  if (inherited !== true) return users.map((who) => ({ role_id, project_id, domain_id, ...who }));
  const project = state.projects.find(({ id }) => id === project_id);
  const source = project === undefined ? { domain_id: domain_id ?? '' } : { project_id: project.id };
  const targets =
    project === undefined
      ? state.projects.filter((one) => one.domain_id === domain_id)
      : subtreeOf(state, project);
  return users.flatMap(({ user_id: id, via }) =>
    targets.map((target) => ({
      role_id,
      user_id: id,
      project_id: target.id,
      domain_id: null,
      via: { ...via, ...source },
    })),
  );
}

function withImplied(state: IdentityState, assignments: EffectiveAssignment[]): EffectiveAssignment[] {
  const all = [...assignments];
  const seen = new Set(all.map(key));
  const queue = [...assignments];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const prior = next;
    for (const role_id of state.roles.find(({ id }) => id === prior.role_id)?.implies ?? []) {
      const implied = { ...prior, role_id, via: { ...prior.via, role_id: prior.role_id } };
      if (seen.has(key(implied))) continue;
      seen.add(key(implied));
      all.push(implied);
      queue.push(implied);
    }
  }
  return all;
}

function key(assignment: EffectiveAssignment): string {
  return JSON.stringify(assignment);
}
