import type { Hono } from 'hono';
import type { Identity } from './app';
import { badRequest, conflict, forbidden } from './errors';
import {
  BOOLEAN,
  extraOf,
  flag,
  NAME,
  NULLABLE_TEXT,
  resourceIn,
  TAGS,
  TEXT,
  textOr,
  type Json,
} from './fields';
import { parentsOf, subtreeOf } from './hierarchy';
import { checkImmutableDelete, checkImmutableUpdate, lock, lockOf } from './immutable';
import type { IdentityState, Project } from './state';
import type { TokenProvider } from './token-provider';
import { mountWrites, refuseMove } from './writes';

const FIELDS = {
  name: NAME(64),
  description: NULLABLE_TEXT,
  domain_id: NULLABLE_TEXT,
  enabled: BOOLEAN,
  parent_id: NULLABLE_TEXT,
  tags: TAGS,
};
const KNOWN = ['id', 'is_domain', 'options', 'links', ...Object.keys(FIELDS)];

/** Modelled on `keystone/api/projects.py`. */
export function mountProjects(app: Hono, identity: Identity): void {
  const { state, ids, views, tokens } = identity;
  mountWrites<Project>(app, identity, {
    plural: 'projects',
    singular: 'project',
    records: () => state.projects,
    view: (project) => views.project(project),
    repeatsExtra: true,
    create: (body) => {
      const given = resourceIn(body, 'project', FIELDS, ['name']);
      const parentId = textOr(given['parent_id'], undefined);
      const parent = state.projects.find(({ id }) => id === parentId);
      const domainId = textOr(given['domain_id'], parent?.domain_id ?? 'default');
      if (!state.domains.some(({ id }) => id === domainId))
        throw badRequest(`Could not find domain: ${domainId}.`);
      if (parentId !== undefined && parent === undefined && parentId !== domainId)
        throw badRequest(`Could not find project: ${parentId}.`);
      const project: Project = {
        id: ids.hex('project'),
        name: textOr(given['name'], ''),
        domain_id: domainId,
        description: given['description'] === null ? null : textOr(given['description'], ''),
        enabled: flag(given['enabled'], true),
        parent_id: parentId ?? domainId,
        ...tagsOf(given),
        ...lockOf(given),
        ...extraOf(given, KNOWN),
      };
      refuseBranch(project, state);
      refuseDuplicate(project, state);
      state.projects.push(project);
      return project;
    },
    update: (project, body) => {
      const given = resourceIn(body, 'project', { ...FIELDS, domain_id: TEXT }, [], true);
      refuseMove(project, given);
      checkImmutableUpdate('project', project, given);
      const changed: Project = {
        ...project,
        name: textOr(given['name'], project.name),
        description: given['description'] === null ? null : textOr(given['description'], project.description),
        enabled: flag(given['enabled'], project.enabled),
        ...tagsOf(given),
      };
      refuseSwitch(project, changed.enabled, state);
      refuseDuplicate(changed, state);
      const { extra } = extraOf(given, KNOWN);
      Object.assign(project, changed, extra === undefined ? {} : { extra: { ...project.extra, ...extra } });
      lock(project, given);
    },
    remove: (project) => {
      checkImmutableDelete('project', project);
      if (subtreeOf(state, project).length > 0)
        throw forbidden(
          `Cannot delete the project ${project.id} since it is not a leaf in the hierarchy. Use the cascade option if you want to delete a whole subtree.`,
        );
      removeProject(project, state, tokens);
    },
  });
}

/** Takes everything along that belongs to the project. */
export function removeProject(project: Project, state: IdentityState, tokens: TokenProvider): void {
  const elsewhere = (record: { project_id: string | null }) => record.project_id !== project.id;
  state.projects = state.projects.filter((other) => other !== project);
  state.role_assignments = state.role_assignments.filter(elsewhere);
  state.application_credentials = state.application_credentials.filter(elsewhere);
  state.endpoint_projects = state.endpoint_projects.filter(elsewhere);
  tokens.revokeAll((token) => !elsewhere(token));
}

/** Keystone's default `max_project_tree_depth`. */
const MAX_DEPTH = 5;

/** Where a new project cannot be. */
function refuseBranch(project: Project, state: IdentityState): void {
  const parents = parentsOf(state, project);
  const disabled = parents.findLast(({ enabled }) => !enabled);
  if (disabled !== undefined)
    throw badRequest(`cannot create a project in a branch containing a disabled project: ${disabled.id}`);
  if (parents.length + 1 > MAX_DEPTH)
    throw forbidden(`Max hierarchy depth reached for ${project.parent_id} branch.`);
}

/** A project is not disabled over others, nor enabled under a disabled one. */
function refuseSwitch(project: Project, enabled: boolean, state: IdentityState): void {
  if (!project.enabled && enabled && parentsOf(state, project).some((parent) => !parent.enabled))
    throw forbidden(`Cannot enable project ${project.id} since it has disabled parents`);
  if (project.enabled && !enabled && subtreeOf(state, project).some((child) => child.enabled))
    throw forbidden(`Cannot disable project ${project.id} since its subtree contains enabled projects.`);
}

function tagsOf(given: Json): { tags?: string[] } {
  const tags = given['tags'];
  return Array.isArray(tags) ? { tags: tags.map(String) } : {};
}

function refuseDuplicate(project: Project, state: IdentityState): void {
  const taken = state.projects.find(
    (other) =>
      other.id !== project.id &&
      other.domain_id === project.domain_id &&
      other.name.toLowerCase() === project.name.toLowerCase(),
  );
  if (taken === undefined) return;
  throw conflict(
    'Conflict occurred attempting to store project - it is not permitted to have two projects with either the same ' +
      `name or same id in the same domain: name is ${project.name}, project id ${project.id}.`,
  );
}
