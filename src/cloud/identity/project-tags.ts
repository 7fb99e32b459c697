import type { Context, Hono } from 'hono';
import { json, noContent, readJson, type Identity } from './app';
import { forbiddenAction, invalidInput, KeystoneError, notFound } from './errors';
import { resourceIn, tagProblem, TAGS } from './fields';
import type { Project } from './state';

/** The tags of a project, one by one. Modelled on `keystone/api/projects.py`. */
export function mountProjectTags(app: Hono, identity: Identity): void {
  const { state, ids, views } = identity;
  const path = '/v3/projects/:id/tags';

  app.get(path, (c) => {
    const project = authorize(c, 'list_project_tags', true);
    return json(ids, { links: views.self(`projects/${project.id}/tags`), tags: project.tags ?? [] });
  });
  app.put(path, async (c) => {
    const project = authorize(c, 'update_project_tags');
    const body = await readJson(c);
    const { tags } = resourceIn({ tags: body }, 'tags', { tags: TAGS }, ['tags']);
    project.tags = (tags as unknown[]).map(String); // TAGS saw that it is a list
    return json(ids, { links: views.self(`projects/${project.id}/tags`), tags: project.tags });
  });
  app.delete(path, (c) => {
    authorize(c, 'delete_project_tags').tags = [];
    return noContent(ids);
  });

  const one = `${path}/:value`;
  // Hono answers HEAD from here too
  app.get(one, (c) => {
    const project = authorize(c, 'get_project_tag', true);
    const { value } = c.req.param();
    if (project.tags?.includes(value) !== true) throw missing(value);
    return noContent(ids);
  });
  app.put(one, (c) => {
    const project = authorize(c, 'create_project_tag');
    const { value } = c.req.param();
    const why = tagProblem(value);
    if (why !== undefined) throw invalidInput('value', value, why);
    project.tags = [...new Set([...(project.tags ?? []), value])];
    const headers = { Location: `${views.root}/projects/${project.id}/tags/${value}` };
    return new Response('', { status: 201, statusText: 'CREATED', headers });
  });
  app.delete(one, (c) => {
    const project = authorize(c, 'delete_project_tag');
    const { value } = c.req.param();
    if (project.tags?.includes(value) !== true) throw missing(value);
    project.tags = project.tags.filter((tag) => tag !== value);
    return noContent(ids);
  });

  /** @param own whether one's own project will do for somebody who is not an admin. */
  function authorize(c: Context, action: string, own = false): Project {
    const caller = identity.authenticated(c);
    const { id = '' } = c.req.param();
    if (!caller.isAdmin && !(own && caller.token.project_id === id))
      throw forbiddenAction(`identity:${action}`);
    const project = state.projects.find((candidate) => candidate.id === id);
    if (project === undefined) throw notFound('project', id);
    return project;
  }
}

function missing(tag: string): KeystoneError {
  return new KeystoneError(404, 'Not Found', `Could not find project tag: ${tag}.`);
}
