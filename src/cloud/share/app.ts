import { Hono, type MiddlewareHandler } from 'hono';
import type { Clock } from '../clock';
import { dumps } from '../http/python-json';
import { newRequestId } from '../http/request-id';
import { HTTPError, textResponse } from '../http/webob';
import type { TokenProvider } from '../identity/token-provider';
import type { IdSource } from '../ids';
import { SHARE_PATH } from '../paths';
import { mountAccess } from './access';
import { isObject, type Handler, type ShareApi } from './call';
import { badRequest, ManilaError, notFound } from './errors';
import { mountExportLocations } from './export-locations';
import { mountInstances } from './instances';
import { mountLocks } from './locks';
import { mountManage } from './manage';
import { ShareManager } from './manager';
import { mountMessages } from './messages';
import { mountShareMetadata } from './metadata';
import { mountNetworks } from './networks';
import type { RequestContext } from './policy';
import { mountQuotas } from './quota-sets';
import { ShareRepository } from './repository';
import { mountSecurityServices } from './security-services';
import { mountServices } from './services';
import { mountShareActions } from './share-actions';
import { mountShareGroupTypes } from './share-group-types';
import { mountShares } from './shares';
import { mountSnapshotInstances } from './snapshot-instances';
import { mountSnapshots } from './snapshots';
import type { ShareState } from './state';
import { mountTypes } from './types';
import { strictBool } from './validation';
import { Views } from './views';

const MAX_VERSION = 89;
const VERSION_HEADER = 'X-OpenStack-Manila-API-Version';
const EXPERIMENTAL_HEADER = 'X-OpenStack-Manila-API-Experimental';
const PROJECT_ID = /^[0-9a-f]{32}$/;

interface Env {
  Variables: { context: RequestContext; body: unknown };
}

export interface ShareServices {
  state: ShareState;
  tokens: TokenProvider;
  clock: Clock;
  ids: IdSource;
  baseUrl: string;
  identityUrl: string;
}

/** The Shared File Systems service: its API, and what it does by itself when a request comes. */
export interface ShareApp {
  fetch(request: Request): Response | Promise<Response>;
  /** Ends what is due by now. */
  settle(): void;
}

/** Manila's HTTP API v2. Modelled on manila/api/v2/router.py and the pipeline of its api-paste.ini. */
export function shareApp(services: ShareServices): ShareApp {
  const { state, clock, ids, baseUrl } = services;
  const repository = new ShareRepository(state, clock, ids);
  const manager = new ShareManager(repository);
  const app = new Hono<Env>({
    // a project in the URL is optional, and told apart by its digits; a slash after the version does not count
    getPath: (request) => pathOf(request).path,
  }).basePath(SHARE_PATH);

  app.onError((error, c) => {
    const headers = answerHeaders(c.get('context') as RequestContext | undefined); // unset before authentication
    if (error instanceof ManilaError) return error.toResponse(headers);
    // anything else is a bug of ours, and must be seen as one
    if (!(error instanceof HTTPError)) throw error;
    return error.toResponse(c.req.raw);
  });

  const url = `${baseUrl}${SHARE_PATH}`;
  const jsonHeaders = (headers = new Headers()): Headers => {
    headers.set('Content-Type', 'application/json');
    return headers;
  };
  app.get('/', () => textResponse(versionDocument(url, VERSIONS), 300, jsonHeaders()));

  const authenticate: MiddlewareHandler<Env> = async (c, next) => {
    // Hono runs it twice for a path that ends with an asterisk
    if ((c.get('context') as RequestContext | undefined) !== undefined) return next();
    const requestId = newRequestId(ids);
    const found = services.tokens.validate(c.req.header('X-Auth-Token') ?? '');
    if (found === undefined) return unauthorized(services.identityUrl, requestId);
    const context: RequestContext = {
      userId: found.user.id,
      projectId: found.token.project_id ?? '',
      roles: found.roleNames,
      isAdmin: found.isAdmin,
      isService: services.tokens.validate(c.req.header('X-Service-Token') ?? '') !== undefined,
      requestId,
      version: 0,
      isV1: false,
      experimental: strictBool(c.req.header(EXPERIMENTAL_HEADER) ?? '') ?? false,
      projectInUrl: false,
    };
    c.set('context', context);
    context.isV1 = pathOf(c.req.raw).path === `${SHARE_PATH}/v1`;
    if (!context.isV1) context.version = versionOf(c.req.header(VERSION_HEADER));
    const { project } = pathOf(c.req.raw);
    if (project !== undefined && project !== context.projectId) throw badRequest('Malformed request url');
    context.projectInUrl = project !== undefined;
    c.set('body', await bodyOf(c.req.raw));
    await next();
    for (const [name, value] of answerHeaders(context)) c.res.headers.set(name, value);
    return undefined;
  };
  app.use('/v2/*', authenticate);
  app.use('/v1', authenticate);
  for (const { id, path } of VERSIONS) {
    app.get(`/${path}`, (c) => {
      const document = versionDocument(
        url,
        VERSIONS.filter((version) => version.id === id),
      );
      return textResponse(document, 200, jsonHeaders(answerHeaders(c.get('context'))));
    });
  }

  /** What there is on a path with a method, for each range of versions. */
  const handlers = new Map<string, { since: number; until: number; handler: Handler }[]>();
  const api: ShareApi = {
    repository,
    views: new Views(repository, baseUrl),
    ids,
    route(path, methods, [since, until = MAX_VERSION] = [0]) {
      for (const [method, handler] of Object.entries(methods)) {
        const key = `${method} ${path}`;
        const known = handlers.get(key);
        if (known !== undefined) {
          known.push({ since, until, handler });
          continue;
        }
        const ranges = [{ since, until, handler }];
        handlers.set(key, ranges);
        app.on(method, `/v2${path}`, (c) => {
          const context = c.get('context');
          const range = ranges.find((one) => context.version >= one.since && context.version <= one.until);
          if (range === undefined) throw notFound();
          const params = c.req.param() as Record<string, string>; // Hono's type depends on the path
          const { searchParams } = new URL(c.req.url);
          return range.handler({ context, params, query: searchParams, body: c.get('body') });
        });
      }
    },
  };
  mountManage(api);
  mountShares(api);
  mountShareActions(api);
  mountShareMetadata(api);
  mountExportLocations(api);
  mountInstances(api);
  mountAccess(api);
  mountSnapshots(api);
  mountSnapshotInstances(api);
  mountTypes(api);
  mountShareGroupTypes(api);
  mountNetworks(api);
  mountSecurityServices(api);
  mountQuotas(api);
  mountLocks(api);
  mountMessages(api);
  mountServices(api);
  app.notFound(() => {
    throw new HTTPError(404);
  });
  return { fetch: (request) => app.fetch(request), settle: () => manager.settle() };
}

/** The path without the project, and the project. */
function pathOf(request: Request): { path: string; project: string | undefined } {
  const prefix = `${SHARE_PATH}/v2/`;
  const pathname = new URL(request.url).pathname.replace(/^((\/[^/]*){1,2})\/+$/, '$1');
  if (!pathname.startsWith(prefix)) return { path: pathname, project: undefined };
  const [first = '', ...rest] = pathname.slice(prefix.length).split('/');
  if (!PROJECT_ID.test(first)) return { path: pathname, project: undefined };
  return { path: prefix + rest.join('/'), project: first };
}

/** The N of the version 2.N that a request asks for. @throws {@link ManilaError} 400, 406. */
function versionOf(asked: string | undefined): number {
  if (asked === undefined) return 0;
  const [, major, minor] = /^([1-9]\d*)\.([1-9]\d*|0)$/.exec(asked) ?? [];
  if (major === undefined) {
    throw badRequest(
      `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  }
  if (major !== '2' || Number(minor) > MAX_VERSION) {
    throw new ManilaError(
      406,
      `Version ${asked} is not supported by the API. Minimum is 2.0 and maximum is 2.${MAX_VERSION}.`,
    );
  }
  return Number(minor);
}

/** The JSON of a request. @throws {@link ManilaError} 400. */
async function bodyOf(request: Request): Promise<unknown> {
  if (request.method !== 'POST' && request.method !== 'PUT') return undefined;
  const text = await request.text();
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim() ?? '';
  if (text === '' || type === '') return undefined;
  if (type !== 'application/json') throw badRequest('Unsupported Content-Type');
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : undefined;
  } catch {
    throw badRequest('Malformed request body');
  }
}

function answerHeaders(context: RequestContext | undefined): Headers {
  if (context === undefined) return new Headers();
  return new Headers({
    'x-compute-request-id': context.requestId,
    [VERSION_HEADER]: context.isV1 ? '1.0' : `2.${context.version}`,
    Vary: VERSION_HEADER,
    ...(context.experimental && { [EXPERIMENTAL_HEADER]: 'True' }),
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

/** manila/api/versions.py; of version 1 nothing but its name is modelled. */
const VERSIONS = [
  { id: 'v1.0', status: 'DEPRECATED', version: '', min_version: '', path: 'v1' },
  { id: 'v2.0', status: 'CURRENT', version: `2.${MAX_VERSION}`, min_version: '2.0', path: 'v2' },
] as const;

function versionDocument(url: string, known: readonly (typeof VERSIONS)[number][]): string {
  return dumps({
    versions: known.map(({ path, ...version }) => ({
      ...version,
      updated: '2015-08-27T11:33:21Z',
      links: [
        { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' },
        { rel: 'self', href: `${url}/${path}/` },
      ],
      'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.share+json;version=1' }],
    })),
  });
}
