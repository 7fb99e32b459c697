import { Hono, type Context } from 'hono';
import type { BlankSchema } from 'hono/types';
import { getPath } from 'hono/utils/url';
import type { Clock } from '../clock';
import { dumps } from '../http/python-json';
import { newRequestId } from '../http/request-id';
import { HTTPError, textResponse } from '../http/webob';
import type { TokenProvider } from '../identity/token-provider';
import type { IdSource } from '../ids';
import { mountCachedImages } from './cached-images';
import { mountDiscovery } from './discovery';
import { mountImageActions } from './image-actions';
import { mountImageImport } from './image-import';
import { mountImageMembers } from './image-members';
import { mountImageRoutes } from './image-routes';
import { mountImageTags } from './image-tags';
import { Imports, type Download } from './import-task';
import { mountMetadefs } from './metadefs/routes';
import { mountLocations } from './locations';
import type { RequestContext } from './policy';
import type { ImageRepository } from './repository';
import type { AskKeyManager } from './signature';
import { mountStage } from './stage';
import { mountStores } from './stores';
import { mountTasks } from './tasks';
import { mountVersions, plainVersion } from './versions';
import { IMAGE_PATH, KEY_MANAGER_PATH } from '../paths';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'];
const MAX_REQUEST_ID_LENGTH = 64;

/** What the authentication leaves for the handlers. */
interface ImageEnv {
  Variables: { context: RequestContext };
}

/** The router of the Image API. */
export type ImageHono = Hono<ImageEnv, BlankSchema, string>;

type Handler = (c: Context, context: RequestContext) => Response | Promise<Response>;

/** What the parts of the Image API work with. */
export interface ImageApi {
  repository: ImageRepository;
  ids: IdSource;
  baseUrl: string;
  /** Says what each method does on a path; all other methods are refused with `others`, by default a 405. */
  route(
    path: string,
    handlers: Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Handler>>,
    others?: 404 | 405,
  ): void;
}

/** Glance's HTTP API. Modelled on `glance/api/v2/router.py` and the pipeline of `glance-api-paste.ini`. */
export function imageApp(services: {
  repository: ImageRepository;
  tokens: TokenProvider;
  clock: Clock;
  ids: IdSource;
  baseUrl: string;
  identityUrl: string;
  download: Download;
  /** Sends a request to another service of the same cloud. */
  send: (request: Request) => Promise<Response>;
}): ImageHono {
  const imports = new Imports(services.repository, services.clock, services.download);
  const app: ImageHono = new Hono<ImageEnv>({
    getPath: (request) => plainVersion(asLatin1(getPath(request))),
  }).basePath(IMAGE_PATH);

  app.options('/*', () => new Response(null, { headers: { 'Content-Length': '0' } }));
  app.onError((error, c) => {
    // anything else is a bug of ours, and must be seen as one
    if (!(error instanceof HTTPError)) throw error;
    return error.toResponse(c.req.raw);
  });

  mountVersions(app, services.baseUrl + IMAGE_PATH);

  // every answer from here on carries the request's id, except that to a caller whom nobody knows
  app.use('/v2/*', async (c, next) => {
    const context = authenticate(c.req.raw, services.tokens, services.identityUrl);
    const given = c.req.header('X-Openstack-Request-ID');
    if (given !== undefined && given.length > MAX_REQUEST_ID_LENGTH) throw new HTTPError(431);
    const id = given === undefined || given === '' ? newRequestId(services.ids) : given;
    const requestId = id.startsWith('req-') ? id : `req-${id}`;
    const askKeyManager: AskKeyManager = (path, accept) => {
      const headers = { 'X-Auth-Token': c.req.header('X-Auth-Token') ?? '', Accept: accept };
      return services.send(new Request(`${services.baseUrl}${KEY_MANAGER_PATH}/v1${path}`, { headers }));
    };
    c.set('context', { ...context, requestId, askKeyManager });
    await imports.runDue();
    await next();
    c.res.headers.set('x-openstack-request-id', requestId);
  });

  app.all('/v2', () => {
    const headers = {
      Location: `${services.baseUrl}${IMAGE_PATH}/v2/`,
      'Content-Type': 'text/plain; charset=utf8',
      'Content-Length': '0',
    };
    return new Response(null, { status: 302, headers });
  });

  const api: ImageApi = {
    repository: services.repository,
    ids: services.ids,
    baseUrl: services.baseUrl,
    route(path, handlers, others = 405) {
      app.all(path, (c) => {
        const handler = new Map(Object.entries(handlers)).get(c.req.raw.method);
        if (handler === undefined && others === 404) throw new HTTPError(404);
        if (handler === undefined) {
          throw new HTTPError(405, undefined, { headers: { Allow: Object.keys(handlers).join(', ') } });
        }
        // a slash in a name, however it is written, makes it a path that does not exist
        if (Object.values(c.req.param()).some((value) => String(value).includes('/')))
          throw new HTTPError(404);
        const context = c.get('context');
        return handler(c, context);
      });
    },
  };
  mountImageRoutes(api);
  mountImageActions(api);
  mountImageTags(api);
  mountImageMembers(api);
  mountStage(api);
  mountImageImport(api);
  mountTasks(api);
  mountLocations(api);
  mountMetadefs(api);
  mountStores(api);
  mountCachedImages(api);
  mountDiscovery(api);
  app.all('/v2/*', (c) => {
    throw new HTTPError(METHODS.includes(c.req.raw.method) ? 404 : 501);
  });
  return app;
}

/** Who asks; a 401 if that cannot be told. Modelled on keystonemiddleware and `glance/api/middleware/context.py`. */
function authenticate(
  request: Request,
  tokens: TokenProvider,
  identityUrl: string,
): Omit<RequestContext, 'requestId'> {
  const token = tokens.validate(request.headers.get('X-Auth-Token') ?? '');
  if (token === undefined) {
    throw new HTTPError(401, undefined, { headers: { 'WWW-Authenticate': `Keystone uri="${identityUrl}"` } });
  }
  return {
    userId: token.user.id,
    projectId: token.token.project_id,
    roles: token.roleNames,
    isAdmin: token.isAdmin,
    isProjectScoped: !token.token.system && token.token.domain_id == null,
  };
}

/** Glance takes each byte of a path for a character, so a name that is not ASCII is never found under its own. */
function asLatin1(path: string): string {
  return path.replace(/[^\0-\x7f]+/g, (text) =>
    Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''),
  );
}

/** A JSON answer. Glance escapes nothing in what it writes about images, and everything elsewhere. */
export function json(
  body: unknown,
  options: { status?: number; headers?: Record<string, string>; ensureAscii?: boolean } = {},
): Response {
  return jsonText(dumps(body, { ensureAscii: options.ensureAscii ?? false }), options);
}

/** A JSON answer that is written already. */
export function jsonText(
  text: string,
  options: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const headers = new Headers({ 'Content-Type': 'application/json', ...options.headers });
  return textResponse(text, options.status ?? 200, headers);
}

/** The 204 of webob, which still names a type. */
export function noContent(): Response {
  return new Response(null, { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } });
}
