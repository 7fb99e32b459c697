import { Hono } from 'hono';
import type { Clock } from '../clock';
import { json } from '../http/answers';
import { dumps } from '../http/python-json';
import { newRequestId } from '../http/request-id';
import { textResponse } from '../http/webob';
import type { TokenProvider } from '../identity/token-provider';
import type { IdSource } from '../ids';
import { CONTAINER_INFRA_PATH } from '../paths';
import { ClusterTemplates } from './cluster-templates';
import { badRequest, MagnumError, notModelled } from './errors';
import { enforce, type RequestContext } from './policy';
import { Resources } from './resources';
import type { ContainerInfraState } from './state';
import { MAX_VERSION, Views } from './views';

const VERSION_HEADER = 'OpenStack-API-Version';
const JSON_TYPE = { 'Content-Type': 'application/json' };

interface Env {
  Variables: { context: RequestContext; version: string };
}

export interface ContainerInfraServices {
  state: ContainerInfraState;
  tokens: TokenProvider;
  clock: Clock;
  ids: IdSource;
  baseUrl: string;
  identityUrl: string;
  send: (request: Request) => Promise<Response>;
}

/**
 * Magnum's HTTP API v1, as far as it goes without the conductor that makes clusters: cluster templates. Modelled on
 * magnum/api/controllers and the pipeline of its api-paste.ini.
 */
export function containerInfraApp(services: ContainerInfraServices): Hono<Env> {
  const { state, clock, ids, baseUrl, tokens } = services;
  const views = new Views(baseUrl);
  const templates = new ClusterTemplates(state, clock, ids, views);
  const app = new Hono<Env>({ getPath: pathOf }).basePath(CONTAINER_INFRA_PATH);

  app.onError((error, c) => {
    // anything else is a bug of ours, and must be seen as one
    if (!(error instanceof MagnumError)) throw error;
    const context = c.get('context') as RequestContext | undefined; // unset before authentication
    return error.toResponse(answerHeaders(context?.requestId ?? newRequestId(ids), c.get('version')));
  });
  app.use(async (c, next) => {
    const requestId = newRequestId(ids);
    const path = pathOf(c.req.raw).slice(CONTAINER_INFRA_PATH.length);
    if (path !== '' && path !== '/v1') {
      const token = c.req.header('X-Auth-Token') ?? '';
      const found = tokens.validate(token);
      if (found === undefined) return unauthorized(services.identityUrl, requestId);
      c.set('context', {
        userId: found.user.id,
        projectId: found.token.project_id ?? '',
        roles: found.roleNames,
        isAdmin: found.isAdmin,
        token,
        requestId,
      });
    }
    const version = versionOf(c.req.header(VERSION_HEADER));
    if (version !== undefined && path !== '') c.set('version', version);
    await next();
    for (const [name, value] of answerHeaders(requestId, c.get('version'))) c.res.headers.set(name, value);
    return undefined;
  });

  const resourcesOf = ({ token }: RequestContext): Resources =>
    new Resources((path) =>
      services.send(
        new Request(baseUrl + path, { headers: { 'X-Auth-Token': token, Accept: 'application/json' } }),
      ),
    );
  app.get('/', () => json(views.root()));
  app.get('/v1', () => json(views.v1()));
  app.get('/v1/clustertemplates', (c) =>
    templates.list(c.get('context'), new URL(c.req.url).searchParams, false),
  );
  app.get('/v1/clustertemplates/detail', (c) =>
    templates.list(c.get('context'), new URL(c.req.url).searchParams, true),
  );
  app.post('/v1/clustertemplates', async (c) =>
    templates.create(c.get('context'), await bodyOf(c.req.raw), resourcesOf(c.get('context'))),
  );
  app.on(['PATCH', 'DELETE'], '/v1/clustertemplates', () => {
    throw badRequest('Missing argument: "cluster_template_ident"');
  });
  app.get('/v1/clustertemplates/:ident', (c) => templates.show(c.get('context'), c.req.param('ident')));
  app.patch('/v1/clustertemplates/:ident', async (c) =>
    templates.update(
      c.get('context'),
      c.req.param('ident'),
      await bodyOf(c.req.raw),
      resourcesOf(c.get('context')),
    ),
  );
  app.delete('/v1/clustertemplates/:ident', (c) => templates.delete(c.get('context'), c.req.param('ident')));
  app.on(['PUT', 'POST'], ['/v1/clustertemplates', '/v1/clustertemplates/:ident'], () => {
    throw new MagnumError(405, '', 'Method Not Allowed');
  });
  // without a conductor there never is a cluster
  app.get('/v1/clusters', (c) => {
    enforce(c.get('context'), 'cluster:get_all');
    return json({ clusters: [] });
  });
  app.get('/v1/stats', (c) => {
    enforce(c.get('context'), 'stats:get_all');
    return json({ clusters: 0, nodes: 0 });
  });
  for (const name of ['clusters', 'quotas', 'certificates', 'mservices', 'federations', 'stats']) {
    app.all(`/v1/${name}/*`, (c) => {
      throw notModelled(`${c.req.method} /v1/${name}`);
    });
    app.all(`/v1/${name}`, (c) => {
      throw notModelled(`${c.req.method} /v1/${name}`);
    });
  }
  app.notFound(() => {
    throw new MagnumError(404, '', 'Not Found');
  });
  return app;
}

/** A slash at the end does not count, and what does not name the version means v1. */
function pathOf(request: Request): string {
  const path = new URL(request.url).pathname.slice(CONTAINER_INFRA_PATH.length).replace(/\/+$/, '');
  const versioned = path === '' || path === '/v1' || path.startsWith('/v1/') ? path : `/v1${path}`;
  return CONTAINER_INFRA_PATH + versioned;
}

/** The version 1.N that a request asks for; the oldest unless it does. @throws {@link MagnumError} 406. */
function versionOf(asked = 'container-infra 1.1'): string | undefined {
  const [service, number, ...rest] = asked.trim().split(/\s+/);
  const fail = (why: string): Error => new MagnumError(406, why, 'Not Acceptable');
  if (number === undefined || rest.length > 0)
    throw fail(`Invalid service type for ${VERSION_HEADER} header`);
  if (number.toLowerCase() === 'latest') return `1.${MAX_VERSION}`;
  if (service !== 'container-infra') throw fail(`Invalid service type for ${VERSION_HEADER} header`);
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(number) ?? [];
  if (major === undefined) throw fail(`Invalid value for ${VERSION_HEADER} header`);
  if (major !== '1' || Number(minor) < 1 || Number(minor) > MAX_VERSION) {
    const range = `[container-infra 1.1, container-infra 1.${MAX_VERSION}]`;
    throw fail(
      `Version ${number} was requested but the minor version is not supported by this service. The supported version range is: ${range}.`,
    );
  }
  return number;
}

/** @throws {@link MagnumError} 400. */
async function bodyOf(request: Request): Promise<unknown> {
  try {
    return JSON.parse(await request.text()) as unknown;
  } catch {
    throw badRequest('Request is not in valid JSON format');
  }
}

function answerHeaders(requestId: string, version: string | undefined): Headers {
  const headers = new Headers({ 'x-openstack-request-id': requestId });
  if (version === undefined) return headers;
  headers.set('OpenStack-API-Minimum-Version', 'container-infra 1.1');
  headers.set('OpenStack-API-Maximum-Version', `container-infra 1.${MAX_VERSION}`);
  headers.set(VERSION_HEADER, `container-infra ${version}`);
  headers.set('Vary', VERSION_HEADER);
  return headers;
}

function unauthorized(identityUrl: string, requestId: string): Response {
  const message = 'The request you have made requires authentication.';
  const headers = new Headers({
    ...JSON_TYPE,
    'WWW-Authenticate': `Keystone uri="${identityUrl}"`,
    'x-openstack-request-id': requestId,
  });
  return textResponse(dumps({ error: { code: 401, title: 'Unauthorized', message } }), 401, headers);
}
