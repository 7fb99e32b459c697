import { Hono, type Context } from 'hono';
import type { Clock } from '../clock';
import { newRequestId } from '../http/request-id';
import { dumps } from '../http/python-json';
import { textResponse } from '../http/webob';
import type { IdSource } from '../ids';
import { mountAccessRules } from './access-rules';
import { mountApplicationCredentials } from './application-credentials';
import { mountAuth } from './auth';
import { badRequest, KeystoneError, unauthorized, validationError } from './errors';
import { mountCatalogWrites } from './catalog-writes';
import { mountDomains } from './domains';
import { mountEndpointFilter } from './endpoint-filter';
import { mountGrants } from './grants';
import { mountGroups } from './groups';
import { mountImpliedRoles } from './implied-roles';
import { mountProjectTags } from './project-tags';
import { mountProjects } from './projects';
import { mountResources } from './resources';
import { mountRoleAssignments } from './role-assignments';
import { mountRoles } from './roles';
import type { IdentityState } from './state';
import type { TokenContext, TokenProvider } from './token-provider';
import { mountUsers } from './users';
import { IDENTITY_PATH } from '../paths';
import { Views } from './views';

/** What every handler of the Identity API works with. */
export interface Identity {
  state: IdentityState;
  tokens: TokenProvider;
  clock: Clock;
  ids: IdSource;
  views: Views;
  /** The valid token of the request, or a 401. */
  authenticated(c: Context): TokenContext;
}

/** Keystone's HTTP API. Modelled on `keystone/server/flask/application.py`. */
export function identityApp(services: {
  state: IdentityState;
  tokens: TokenProvider;
  clock: Clock;
  ids: IdSource;
  baseUrl: string;
}): Hono {
  const views = new Views(services.state, services.baseUrl);
  const identity: Identity = {
    ...services,
    views,
    authenticated(c) {
      const id = c.req.header('X-Auth-Token');
      const context = id === undefined ? undefined : services.tokens.validate(id);
      if (context === undefined) throw unauthorized();
      return context;
    },
  };
  const app = new Hono({ strict: false }).basePath(IDENTITY_PATH);

  app.onError((error, c) => {
    // anything else is a bug of ours, and must be seen as one
    if (!(error instanceof KeystoneError)) throw error;
    const headers = keystoneHeaders(services.ids, 'application/json');
    if (error.code === 401) headers.set('WWW-Authenticate', `Keystone uri="${views.root}"`);
    return c.req.method === 'HEAD'
      ? new Response(null, { status: error.code, headers })
      : textResponse(error.toJson(), error.code, headers, error.title.toUpperCase());
  });

  mountVersions(app, services, views);
  mountAuth(app, identity);
  mountApplicationCredentials(app, identity);
  mountAccessRules(app, identity);
  mountResources(app, identity);
  mountProjects(app, identity);
  mountUsers(app, identity);
  mountGroups(app, identity);
  mountDomains(app, identity);
  mountRoles(app, identity);
  mountImpliedRoles(app, identity);
  mountGrants(app, identity);
  mountRoleAssignments(app, identity);
  mountCatalogWrites(app, identity);
  mountEndpointFilter(app, identity);
  mountProjectTags(app, identity);
  // what stands here is reached by a known path with an unknown method, or by an unknown path
  app.notFound(() =>
    htmlError(
      services.ids,
      404,
      'Not Found',
      'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
    ),
  );
  return app;
}

function mountVersions(app: Hono, services: { ids: IdSource }, views: Views): void {
  const version = {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${views.root}/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  };
  app.get('/', () => {
    const headers = keystoneHeaders(services.ids, 'application/json');
    headers.set('Location', `${views.root}/`);
    return textResponse(dumps({ versions: { values: [version] } }), 300, headers, 'MULTIPLE CHOICES');
  });
  app.get('/v3', () => json(services.ids, { version }));
  for (const path of ['/', '/v3']) refuseOtherMethods(app, services.ids, path, 'HEAD, GET, OPTIONS', 'html');
}

/** Answers what is left over on a path: OPTIONS with the list of methods, anything else with a 405. */
export function refuseOtherMethods(
  app: Hono,
  ids: IdSource,
  path: string,
  allow: string,
  type: 'html' | 'json' = 'json',
): void {
  app.all(path, (c) => {
    const extra = { Allow: allow };
    if (c.req.method === 'OPTIONS') return text(ids, '', 200, 'OK', 'text/html; charset=utf-8', extra);
    const message = 'The method is not allowed for the requested URL.';
    if (type === 'html') return htmlError(ids, 405, 'Method Not Allowed', message, extra);
    return text(ids, `${dumps({ message })}\n`, 405, 'METHOD NOT ALLOWED', 'application/json', extra);
  });
}

/** A JSON answer with the headers that Keystone adds to everything. */
export function json(
  ids: IdSource,
  body: unknown,
  status = 200,
  extra: Record<string, string> = {},
): Response {
  const headers = keystoneHeaders(ids, 'application/json');
  for (const [name, value] of Object.entries(extra)) headers.set(name, value);
  return textResponse(dumps(body), status, headers, status === 201 ? 'CREATED' : 'OK');
}

/** An answer without a body. */
export function noContent(ids: IdSource, status: 200 | 204 = 204): Response {
  const headers = keystoneHeaders(ids);
  return new Response(null, { status, statusText: status === 204 ? 'NO CONTENT' : 'OK', headers });
}

function htmlError(
  ids: IdSource,
  status: number,
  title: string,
  message: string,
  extra: Record<string, string> = {},
): Response {
  const page = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${message}</p>\n`;
  return text(ids, page, status, title.toUpperCase(), 'text/html; charset=utf-8', extra);
}

function text(
  ids: IdSource,
  body: string,
  status: number,
  statusText: string,
  type: string,
  extra: Record<string, string>,
): Response {
  const headers = keystoneHeaders(ids, type);
  for (const [name, value] of Object.entries(extra)) headers.set(name, value);
  return textResponse(body, status, headers, statusText);
}

function keystoneHeaders(ids: IdSource, contentType?: string): Headers {
  const headers = new Headers();
  if (contentType !== undefined) headers.set('Content-Type', contentType);
  headers.set('Vary', 'X-Auth-Token');
  headers.set('x-openstack-request-id', newRequestId(ids));
  return headers;
}

/** The JSON object in a request's body. Modelled on `keystone/server/flask/request_processing/json_body.py`. */
export async function readJson(c: Context): Promise<Record<string, unknown>> {
  const text = await readText(c.req.raw);
  if (text === '') return {};
  if (!(c.req.header('Content-Type') ?? 'application/json').startsWith('application/json')) {
    throw validationError('application/json', 'Content-Type header');
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw validationError('valid JSON', 'request body');
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw validationError('valid JSON', 'request body');
  }
  // an object that came out of JSON.parse
  return body as Record<string, unknown>;
}

async function readText(request: Request): Promise<string> {
  try {
    return await request.text();
  } catch {
    throw badRequest('The request body could not be read.');
  }
}
