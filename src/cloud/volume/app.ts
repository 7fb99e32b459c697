import { Hono } from 'hono';
import type { Clock } from '../clock';
import { dumps } from '../http/python-json';
import { newRequestId } from '../http/request-id';
import { HTTPError, textResponse } from '../http/webob';
import type { TokenProvider } from '../identity/token-provider';
import type { IdSource } from '../ids';
import { mountActions } from './actions';
import { mountAttachments } from './attachments';
import type { Handler, VolumeApi } from './call';
import { badRequest, CinderError, notFound } from './errors';
import { Glance } from './glance';
import { VolumeManager } from './manager';
import { mountMetadata } from './metadata';
import type { RequestContext } from './policy';
import { mountQuotas } from './quotas';
import { VolumeRepository } from './repository';
import { mountServices } from './services';
import { mountSnapshots } from './snapshots';
import type { VolumeState } from './state';
import { mountTypes } from './types';
import { VOLUME_PATH } from '../paths';
import { Views } from './views';
import { mountVolumes } from './volumes';

const MAX_VERSION = 71;
const PROJECT_ID = /^[0-9a-f-]+$/;

export interface VolumeServices {
  state: VolumeState;
  tokens: TokenProvider;
  clock: Clock;
  ids: IdSource;
  baseUrl: string;
  identityUrl: string;
  imageUrl: string;
  /** Sends a request to another service of the same cloud. */
  send: (request: Request) => Promise<Response>;
}

/** The Volume service: its API, and what it does by itself when a request comes. */
export interface VolumeApp {
  fetch(request: Request): Response | Promise<Response>;
  /** Ends what is due by now, such as an upload that somebody asks the Image service for. */
  settle(): Promise<void>;
}

/** Cinder's HTTP API v3. Modelled on cinder/api/v3/router.py and the pipeline of its api-paste.ini. */
export function volumeApp(services: VolumeServices): VolumeApp {
  const { state, clock, ids, baseUrl } = services;
  const repository = new VolumeRepository(state, clock);
  const glance = new Glance(services.send, services.imageUrl);
  const manager = new VolumeManager(repository, glance);
  const app = new Hono<{ Variables: { context: RequestContext; body: unknown } }>({
    // a project in the URL is optional, and told apart by its digits; a slash at the end does not count
    getPath: (request) => pathOf(request).path,
  }).basePath(VOLUME_PATH);

  app.onError((error, c) => {
    const headers = answerHeaders(c.get('context') as RequestContext | undefined); // unset before authentication
    if (error instanceof CinderError) return error.toResponse(headers);
    // anything else is a bug of ours, and must be seen as one
    if (!(error instanceof HTTPError)) throw error;
    return error.toResponse(c.req.raw);
  });

  const versions = versionDocument(`${baseUrl}${VOLUME_PATH}`);
  const document = (status: number, requestId: string): Response => {
    const headers = answerHeaders({ requestId, version: 0 });
    headers.set('Content-Type', 'application/json');
    return textResponse(versions, status, headers);
  };
  app.get('/', () => document(300, newRequestId(ids)));

  app.use('/v3/*', async (c, next) => {
    const requestId = newRequestId(ids);
    const token = c.req.header('X-Auth-Token') ?? '';
    const found = services.tokens.validate(token);
    if (found === undefined) return unauthorized(services.identityUrl, requestId);
    const context: RequestContext = {
      userId: found.user.id,
      projectId: found.token.project_id ?? '',
      isAdmin: found.isAdmin,
      requestId,
      token,
      version: 0,
      fromService: services.tokens.validate(c.req.header('X-Service-Token') ?? '') !== undefined,
      projectInUrl: false,
    };
    c.set('context', context);
    const { project } = pathOf(c.req.raw);
    context.version = versionOf(c.req.header('OpenStack-API-Version'));
    if (project !== undefined && project !== context.projectId) throw badRequest('Malformed request url');
    context.projectInUrl = project !== undefined;
    c.set('body', await bodyOf(c.req.raw));
    await next();
    for (const [name, value] of answerHeaders(context)) c.res.headers.set(name, value);
  });
  app.get('/v3', (c) => document(200, c.get('context').requestId));

  const api: VolumeApi = {
    repository,
    views: new Views(repository, baseUrl),
    ids,
    glance,
    route(path, handlers, since = 0) {
      for (const [method, handler] of Object.entries(handlers) as [string, Handler][]) {
        app.on(method, `/v3${path}`, (c) => {
          const context = c.get('context');
          if (context.version < since) throw notFound();
          const params = c.req.param() as Record<string, string>; // Hono's type depends on the path
          const { searchParams } = new URL(c.req.url);
          return handler({ context, params, query: searchParams, body: c.get('body') });
        });
      }
    },
  };
  mountVolumes(api);
  mountActions(api);
  mountMetadata(api);
  mountSnapshots(api);
  mountTypes(api);
  mountAttachments(api);
  mountQuotas(api);
  mountServices(api);
  app.notFound(() => {
    throw new HTTPError(404);
  });
  return { fetch: (request) => app.fetch(request), settle: () => manager.settle() };
}

/** The path without the project, and the project. */
function pathOf(request: Request): { path: string; project: string | undefined } {
  const pathname = new URL(request.url).pathname.replace(/\/+$/, '');
  const prefix = `${VOLUME_PATH}/v3/`;
  if (!pathname.startsWith(prefix)) return { path: pathname, project: undefined };
  const [first = '', ...rest] = pathname.slice(prefix.length).split('/');
  if (!PROJECT_ID.test(first)) return { path: pathname, project: undefined };
  return { path: prefix + rest.join('/'), project: first };
}

/** The N of the version 3.N that a request asks for; several services may be named in one header. */
function versionOf(header: string | undefined): number {
  const words = (header ?? '').split(',').map((one) => one.trim());
  const asked = words
    .find((word) => word.toLowerCase().startsWith('volume '))
    ?.slice('volume '.length)
    .trim();
  if (asked === undefined || asked === '') return 0;
  if (asked === 'latest') return MAX_VERSION;
  const [, major, minor] = /^([1-9]\d*)\.([1-9]\d*|0)$/.exec(asked) ?? [];
  if (major === undefined) {
    throw badRequest(
      `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  }
  if (major !== '3' || Number(minor) > MAX_VERSION) {
    throw new CinderError(
      406,
      `Version ${asked} is not supported by the API. Minimum is 3.0 and maximum is 3.${MAX_VERSION}.`,
    );
  }
  return Number(minor);
}

/**
 * The JSON of a request. Without any, the real one stumbles and answers 500 where it needs a body; here that is the 400
 * of every other body that is none.
 */
async function bodyOf(request: Request): Promise<unknown> {
  if (request.method !== 'POST' && request.method !== 'PUT') return undefined;
  const text = await request.text();
  if (text === '') return undefined;
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim() ?? '';
  if (type === '') return undefined;
  if (!['application/json', 'application/vnd.openstack.volume+json'].includes(type))
    throw new CinderError(415, 'Unsupported Content-Type');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badRequest('Malformed request body');
  }
}

function answerHeaders(context: Pick<RequestContext, 'requestId' | 'version'> | undefined): Headers {
  if (context === undefined) return new Headers();
  return new Headers({
    'x-compute-request-id': context.requestId,
    'OpenStack-API-Version': `volume 3.${context.version}`,
    Vary: 'OpenStack-API-Version',
    'x-openstack-request-id': context.requestId,
  });
}

function unauthorized(identityUrl: string, requestId: string): Response {
  const message = 'The request you have made requires authentication.';
  const headers = new Headers({
    'Content-Type': 'application/json',
    'WWW-Authenticate': `Keystone uri="${identityUrl}"`,
    'x-openstack-request-id': requestId,
  });
  return textResponse(dumps({ error: { code: 401, title: 'Unauthorized', message } }), 401, headers);
}

/** cinder/api/versions.py. */
function versionDocument(url: string): string {
  return dumps({
    versions: [
      {
        id: 'v3.0',
        status: 'CURRENT',
        version: `3.${MAX_VERSION}`,
        min_version: '3.0',
        updated: '2023-08-31T00:00:00Z',
        links: [
          { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' },
          { rel: 'self', href: `${url}/v3/` },
        ],
        'media-types': [
          { base: 'application/json', type: 'application/vnd.openstack.volume+json;version=3' },
        ],
      },
    ],
  });
}
