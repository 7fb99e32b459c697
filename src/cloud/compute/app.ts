import type { Clock } from '../clock';
import { dumps } from '../http/python-json';
import { newRequestId } from '../http/request-id';
import { HTTPError, textResponse } from '../http/webob';
import type { TokenProvider } from '../identity/token-provider';
import type { IdentityState } from '../identity/state';
import type { IdSource } from '../ids';
import { COMPUTE_PATH } from '../paths';
import { MAX_VERSION, NovaAnswer, NovaRequest, type ComputeApi, type Endpoint, type Method } from './api';
import { refreshNetworkInfo } from './neutron';
import { Nova } from './nova';
import { badRequest, NovaError, notFound } from './errors';
import { negotiate } from './microversion';
import type { RequestContext } from './policy';
import { mountAll } from './routes';
import type { ComputeState, ServerRecord } from './state';
import { settle } from './tasks';
import { validateBody, validateQuery } from './validation';
import { versionAnswer } from './versions';

/** Numbers that are floats in Python, even where they are whole. */
const FLOATS = /("rxtx_factor": \d+)(?=[,}])/g;

const CONTENT_TYPES = ['application/json', 'application/vnd.openstack.compute+json'];

export interface ComputeServices {
  state: ComputeState;
  identity: IdentityState;
  tokens: TokenProvider;
  clock: Clock;
  ids: IdSource;
  baseUrl: string;
  identityUrl: string;
  /** Sends a request to another service of the cloud. */
  send: (request: Request) => Promise<Response>;
}

/** What shows servers whole, with the addresses that they have by now. */
const SHOWS_SERVERS = /\/servers\/(detail|[^/]+|[^/]+\/action)$/;

interface RoutePattern {
  pattern: RegExp;
  methods: Partial<Record<Method, Endpoint[]>>;
  /** The actions of a path that ends in `/action`. */
  actions: Map<string, Endpoint[]> | undefined;
}

/** nova's HTTP API. Modelled on `nova/api/openstack/compute/routes.py` and the pipeline of `api-paste.ini`. */
export class ComputeApp {
  readonly #services: ComputeServices;
  readonly #nova: Nova;
  readonly #routes: RoutePattern[] = [];
  readonly #actions = new Map<string, Map<string, Endpoint[]>>();

  constructor(services: ComputeServices) {
    this.#services = services;
    const { state, clock, ids, baseUrl, send } = services;
    this.#nova = new Nova(state, clock, ids, baseUrl, send, () => services.tokens.serviceToken());
    const api: ComputeApi = {
      nova: this.#nova,
      clock,
      ids,
      url: baseUrl + COMPUTE_PATH,
      route: (path, methods) => {
        const lists = Object.entries(methods).map(([method, endpoint]) => [method, [endpoint].flat()]);
        this.#addRoute(path, Object.fromEntries(lists) as RoutePattern['methods'], undefined); // the same methods
      },
      action: (path, name, endpoint) => {
        let actions = this.#actions.get(path);
        if (actions === undefined) {
          actions = new Map();
          this.#actions.set(path, actions);
          this.#addRoute(path, {}, actions);
        }
        actions.set(name, [endpoint].flat());
      },
    };
    mountAll(api);
  }

  #addRoute(path: string, methods: RoutePattern['methods'], actions: RoutePattern['actions']): void {
    const pattern = path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    this.#routes.push({ pattern: new RegExp(`^${pattern}$`), methods, actions });
  }

  /** Finishes what is due by now; every request to the cloud begins with it. */
  settle(): Promise<void> {
    return settle(this.#nova);
  }

  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const [, version = '', ...rest] = decodePath(url.pathname.slice(COMPUTE_PATH.length)).split('/');
    const document = versionAnswer(this.#nova.baseUrl + COMPUTE_PATH, version, rest);
    if (document !== undefined && version !== 'v2.1')
      return textResponse(
        dumps(document.body),
        document.status,
        new Headers({ 'Content-Type': 'application/json' }),
      );
    const requestId = newRequestId(this.#services.ids);
    const response =
      document === undefined
        ? await this.#answer(request, url, `/${rest.join('/')}`, version === 'v2', requestId)
        : await this.#versioned(request, false, () => new NovaAnswer(document.body));
    response.headers.set('x-openstack-request-id', requestId);
    response.headers.set('x-compute-request-id', requestId);
    return response;
  }

  async #answer(
    request: Request,
    url: URL,
    path: string,
    legacy: boolean,
    requestId: string,
  ): Promise<Response> {
    const context = this.#authenticate(request, requestId);
    if (context === undefined) return unauthorized(this.#services.identityUrl);
    const project = /^\/([0-9a-f-]+)(?=\/)/.exec(path)?.[1];
    const found =
      this.#find(request.method, path) ?? this.#find(request.method, path.slice((project ?? '').length + 1));
    if (found === undefined) return new HTTPError(404).toResponse(request);
    const { route, params } = found;
    const body = await readBody(request);
    return this.#versioned(request, legacy, async (version) => {
      if (!fits(request)) throw new NovaError(415, 'Unsupported Content-Type');
      const candidates =
        route.actions === undefined
          ? route.methods[asMethod(request.method)]
          : chooseAction(route.actions, body);
      const json = request.method === 'POST' || request.method === 'PUT' ? parse(body) : undefined;
      if (found.path !== path && project !== context.projectId)
        throw badRequest(
          `Malformed request URL: URL's project_id '${project}' doesn't match Context's project_id '${context.projectId}'`,
        );
      const endpoint = candidates?.find(
        ({ since = 1, until = MAX_VERSION }) => version >= since && version <= until,
      );
      if (endpoint === undefined) throw notFound();
      return this.#call(endpoint, new NovaRequest(context, version, url, params, url.searchParams, json));
    });
  }

  /** The servers that somebody may see. */
  #seen({ context }: NovaRequest): ServerRecord[] {
    return this.#nova.state.servers.filter(
      ({ deleted, project_id }) => !deleted && (context.isAdmin || project_id === context.projectId),
    );
  }

  async #call(endpoint: Endpoint, request: NovaRequest): Promise<NovaAnswer> {
    const { version } = request;
    const query = typeof endpoint.query === 'function' ? endpoint.query(version) : endpoint.query;
    if (query !== undefined) validateQuery(request.query, query);
    const body = typeof endpoint.body === 'function' ? endpoint.body(version) : endpoint.body;
    if (body !== undefined) validateBody(request.body, body);
    if (SHOWS_SERVERS.test(request.url.pathname)) await refreshNetworkInfo(this.#nova, this.#seen(request));
    const result = await endpoint.handle(request);
    const answer = result instanceof NovaAnswer ? result : new NovaAnswer(result ?? null);
    const status = typeof endpoint.status === 'function' ? endpoint.status(version) : endpoint.status;
    return new NovaAnswer(answer.body, { status: status ?? 200, ...answer.options });
  }

  /** Answers in the microversion that the request asks for, and says so in the headers. */
  async #versioned(
    request: Request,
    legacy: boolean,
    answer: (version: number) => NovaAnswer | Promise<NovaAnswer>,
  ): Promise<Response> {
    const headers = new Headers();
    try {
      const { text, minor } = legacy ? { text: '2.1', minor: 1 } : negotiate(request.headers);
      if (!legacy) {
        headers.set('OpenStack-API-Version', `compute ${text}`);
        headers.set('X-OpenStack-Nova-API-Version', text);
        headers.append('Vary', 'OpenStack-API-Version');
        headers.append('Vary', 'X-OpenStack-Nova-API-Version');
      }
      if (minor === undefined)
        throw new NovaError(
          406,
          `Version ${text} is not supported by the API. Minimum is 2.1 and maximum is 2.${MAX_VERSION}.`,
        );
      const { body, options } = await answer(minor);
      for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
      headers.set('Content-Type', 'application/json');
      const status = options.status ?? 200;
      if (body === null || status === 204) {
        headers.set('Content-Length', '0');
        return new Response(null, { status, headers });
      }
      return textResponse(dumps(body).replace(FLOATS, '$1.0'), status, headers);
    } catch (error) {
      // anything else is a bug of ours, and must be seen as one
      if (!(error instanceof NovaError)) throw error;
      return error.toResponse(headers);
    }
  }

  #find(
    method: string,
    path: string,
  ): { route: RoutePattern; params: Record<string, string>; path: string } | undefined {
    for (const route of this.#routes) {
      const match = route.pattern.exec(path);
      const known =
        route.actions === undefined ? route.methods[asMethod(method)] !== undefined : method === 'POST';
      if (match !== null && known) return { route, params: { ...match.groups }, path };
    }
    return undefined;
  }

  #authenticate(request: Request, requestId: string): RequestContext | undefined {
    const id = request.headers.get('X-Auth-Token') ?? '';
    const token = this.#services.tokens.validate(id);
    if (token === undefined) return undefined;
    const projectId = token.token.project_id;
    return {
      userId: token.user.id,
      userName: token.user.name,
      projectId,
      projectName: this.#services.identity.projects.find((project) => project.id === projectId)?.name ?? null,
      roles: token.roleNames,
      isAdmin: token.isAdmin,
      requestId,
      token: id,
    };
  }
}

/** HEAD has no routes of its own, and webob answers it as GET. */
function asMethod(method: string): Method {
  return method as Method; // others are in no table
}

/** Which action a body asks for: nova/api/openstack/wsgi.py `action_peek`. */
function chooseAction(actions: ReadonlyMap<string, Endpoint[]>, text: string): Endpoint[] {
  const body = parse(text === '' ? '{' : text);
  if (typeof body === 'string' || Array.isArray(body)) {
    if (body.length !== 1) throw badRequest('Malformed request body');
    throw notFound();
  }
  if (body === null || typeof body !== 'object') throw notFound();
  const names = Object.keys(body);
  const [name = ''] = names;
  if (names.length !== 1) throw badRequest('Malformed request body');
  const endpoint = actions.get(name);
  if (endpoint === undefined) throw badRequest(`There is no such action: ${name}`);
  return endpoint;
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badRequest('Malformed request body');
  }
}

async function readBody(request: Request): Promise<string> {
  try {
    return await request.text();
  } catch {
    throw new HTTPError(400);
  }
}

function fits(request: Request): boolean {
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim() ?? '';
  return type === '' || type === 'text/plain' || CONTENT_TYPES.includes(type);
}

/** keystonemiddleware's answer to a caller whom nobody knows. */
function unauthorized(identityUrl: string): Response {
  const message = 'The request you have made requires authentication.';
  const headers = new Headers({
    'Content-Type': 'application/json',
    'WWW-Authenticate': `Keystone uri="${identityUrl}"`,
  });
  return textResponse(dumps({ error: { code: 401, title: 'Unauthorized', message } }), 401, headers);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
