import type { Hono } from 'hono';
import type { Identity } from './app';
import { badRequest, conflict } from './errors';
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
        ...extraOf(given, KNOWN),
      };
      refuseDuplicate(project, state);
      state.projects.push(project);
      return project;
    },
    update: (project, body) => {
      const given = resourceIn(body, 'project', { ...FIELDS, domain_id: TEXT }, [], true);
      refuseMove(project, given);
      const changed: Project = {
        ...project,
        name: textOr(given['name'], project.name),
        description: given['description'] === null ? null : textOr(given['description'], project.description),
        enabled: flag(given['enabled'], project.enabled),
        ...tagsOf(given),
      };
      refuseDuplicate(changed, state);
      const { extra } = extraOf(given, KNOWN);
      Object.assign(project, changed, extra === undefined ? {} : { extra: { ...project.extra, ...extra } });
    },
    remove: (project) => removeProject(project, state, tokens),
  });
}

/** Takes everything along that belongs to the project. */
export function removeProject(project: Project, state: IdentityState, tokens: TokenProvider): void {
  const elsewhere = (record: { project_id: string | null }) => record.project_id !== project.id;
  state.projects = state.projects.filter((other) => other !== project);
  state.role_assignments = state.role_assignments.filter(elsewhere);
  state.application_credentials = state.application_credentials.filter(elsewhere);
  tokens.revokeAll((token) => !elsewhere(token));
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
