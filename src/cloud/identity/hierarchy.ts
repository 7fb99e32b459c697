import type { IdentityState, Project } from './state';

/** The projects above one, the nearest first. Its domain is not among them. */
export function parentsOf(state: IdentityState, project: Project): Project[] {
  const parents: Project[] = [];
  for (let at = project; ;) {
    const parent = state.projects.find(({ id }) => id === at.parent_id);
    if (parent === undefined) return parents;
    parents.push(parent);
    at = parent;
  }
}

/** The projects below one, level by level. */
export function subtreeOf(state: IdentityState, project: Project): Project[] {
  const below: Project[] = [];
  let level = [project.id];
  while (level.length > 0) {
    const next = state.projects.filter(({ parent_id }) => level.includes(parent_id));
    below.push(...next);
    level = next.map(({ id }) => id);
  }
  return below;
}

/** Ids of projects, each with those below or above it. */
type IdTree = { [id: string]: IdTree } | null;

/** The ids above a project, its domain last, each holding the next. */
export function parentsAsIds(state: IdentityState, project: Project): IdTree {
  const ids = [...parentsOf(state, project).map(({ id }) => id), project.domain_id];
  return ids.reduceRight<IdTree>((above, id) => ({ [id]: above }), null);
}

/** The ids below a project, each holding those below it. */
export function subtreeAsIds(state: IdentityState, projectId: string): IdTree {
  const children = state.projects.filter(({ parent_id }) => parent_id === projectId);
  if (children.length === 0) return null;
  return Object.fromEntries(children.map(({ id }) => [id, subtreeAsIds(state, id)]));
}
