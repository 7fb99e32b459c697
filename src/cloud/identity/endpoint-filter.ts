import type { Hono } from 'hono';
import { json, noContent, type Identity } from './app';
import { conflict, forbiddenAction, KeystoneError, notFound } from './errors';
import { listLinks } from './resources';
import type { EndpointProject } from './state';

/** Endpoints that are kept for some projects. Modelled on `keystone/api/os_ep_filter.py`. */
export function mountEndpointFilter(app: Hono, identity: Identity): void {
  const { state, ids, views } = identity;

  app.get('/v3/OS-EP-FILTER/endpoints/:endpoint/projects', (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:list_projects_for_endpoint');
    const { endpoint } = c.req.param();
    findEndpoint(endpoint);
    const kept = state.endpoint_projects.filter(({ endpoint_id }) => endpoint_id === endpoint);
    const projects = state.projects.filter(({ id }) => kept.some(({ project_id }) => project_id === id));
    return json(ids, {
      projects: projects.map((project) => views.project(project)),
      links: listLinks(c, views.root, `OS-EP-FILTER/endpoints/${endpoint}/projects`),
    });
  });

  app.get('/v3/OS-EP-FILTER/projects/:project/endpoints', (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:list_endpoints_for_project');
    const { project } = c.req.param();
    findProject(project);
    const kept = state.endpoint_projects.filter(({ project_id }) => project_id === project);
    const endpoints = state.endpoints.filter(({ id }) => kept.some(({ endpoint_id }) => endpoint_id === id));
    return json(ids, {
      endpoints: endpoints.map((endpoint) => views.endpoint(endpoint)),
      links: listLinks(c, views.root, `OS-EP-FILTER/projects/${project}/endpoints`),
    });
  });

  const path = '/v3/OS-EP-FILTER/projects/:project/endpoints/:endpoint';
  // Hono answers HEAD from here too, without the body
  app.get(path, (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:check_endpoint_in_project');
    const { project, endpoint } = c.req.param();
    findEndpoint(endpoint);
    findProject(project);
    find(project, endpoint);
    return noContent(ids);
  });
  app.put(path, (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:add_endpoint_to_project');
    const { project, endpoint } = c.req.param();
    findEndpoint(endpoint);
    findProject(project);
    if (state.endpoint_projects.some((kept) => kept.project_id === project && kept.endpoint_id === endpoint))
      throw conflict('Conflict occurred attempting to store project_endpoint - Duplicate entry.');
    state.endpoint_projects.push({ project_id: project, endpoint_id: endpoint });
    return noContent(ids);
  });
  app.delete(path, (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:remove_endpoint_from_project');
    const { project, endpoint } = c.req.param();
    const gone = find(project, endpoint);
    state.endpoint_projects = state.endpoint_projects.filter((kept) => kept !== gone);
    return noContent(ids);
  });

  function find(project: string, endpoint: string): EndpointProject {
    const found = state.endpoint_projects.find(
      (kept) => kept.project_id === project && kept.endpoint_id === endpoint,
    );
    if (found === undefined)
      throw new KeystoneError(404, 'Not Found', `Endpoint ${endpoint} not found in project ${project}`);
    return found;
  }

  function findEndpoint(id: string): void {
    if (!state.endpoints.some((endpoint) => endpoint.id === id)) throw notFound('endpoint', id);
  }

  function findProject(id: string): void {
    if (!state.projects.some((project) => project.id === id)) throw notFound('project', id);
  }
}
