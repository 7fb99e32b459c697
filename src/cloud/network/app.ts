import { dumps } from '../http/python-json';
import { newRequestId } from '../http/request-id';
import { textResponse } from '../http/webob';
import type { TokenProvider } from '../identity/token-provider';
import { NETWORK_PATH } from '../paths';
import type { CloudServices } from '../service';
import { Controller, type Answer, type Call } from './controller';
import { NetworkDb } from './db';
import { methodNotAllowed, networkNotFound, NeutronError, notFound } from './errors';
import extensions from './data/extensions.json';
import { FloatingIps } from './floating-ips';
import { networks } from './networks';
import { Policy, type RequestContext } from './policy';
import { Ports } from './ports';
import { Routers } from './routers';
import { SecurityGroups } from './security-groups';
import { securityGroupRules } from './security-group-rules';
import type { NetworkState } from './state';
import { subnets } from './subnets';

export interface NetworkServices extends Omit<CloudServices, 'identity' | 'send'> {
  state: NetworkState;
}

/** Neutron's HTTP API v2.0. Modelled on neutron/pecan_wsgi and the pipeline of its api-paste.ini. */
export function networkApp(services: NetworkServices): (request: Request) => Promise<Response> {
  const { state, clock, ids, baseUrl } = services;
  const db = new NetworkDb(state, clock, ids);
  const policy = new Policy(db);
  const groups = new SecurityGroups(db);
  const floatingIps: FloatingIps = new FloatingIps(db, () => ports);
  const ports: Ports = new Ports(db, groups, floatingIps);
  const routers = new Routers(db, ports);
  const controllers = [
    new Controller(db, policy, networks(db, groups)),
    new Controller(db, policy, subnets(db)),
    new Controller(db, policy, ports),
    new Controller(db, policy, routers),
    new Controller(db, policy, floatingIps),
    new Controller(db, policy, groups),
    new Controller(db, policy, securityGroupRules(db, groups)),
  ];
  const byPath = new Map(controllers.map((controller) => [controller.resource.path, controller]));
  const url = `${baseUrl}${NETWORK_PATH}`;

  function answer(method: string, words: readonly string[], call: Call): Answer & { compact?: boolean } {
    const [path = '', id, ...more] = words;
    if (path === 'extensions') return extensionAnswer(method, id);
    const controller = byPath.get(path);
    if (controller === undefined || more.length > 0) throw notFound();
    const core = controller.resource.core === true;
    if (id === undefined) {
      if (method === 'GET') return { ...controller.list(call), compact: core };
      if (method === 'POST') return { ...controller.create(call), compact: core };
      if (core && (method === 'DELETE' || method === 'PUT')) throw networkNotFound('None');
      throw core ? methodNotAllowed() : notFound();
    }
    if (method === 'GET') return { ...controller.show(call, id), compact: core };
    if (method === 'PUT') return { ...controller.update(call, id), compact: core };
    if (method === 'DELETE') return controller.delete(call, id);
    throw core ? methodNotAllowed() : notFound();
  }

  return async (request) => {
    const found = new URL(request.url);
    const [, version = '', ...rest] = decode(found.pathname.slice(NETWORK_PATH.length)).split('/');
    if (version === '' && rest.length === 0) return json({ versions: [versionOf(url)] }, 200, new Headers());
    const requestId = newRequestId(ids);
    const headers = new Headers({ 'x-openstack-request-id': requestId });
    const context = authenticate(services.tokens, request, requestId);
    if (context === undefined) return unauthorized(services.identityUrl, headers);
    const body = await bodyOf(request);
    const words = rest.filter((word, i) => word !== '' || i < rest.length - 1);
    const last = words.at(-1);
    if (last !== undefined) words[words.length - 1] = last.replace(/\.json$/, '');
    const call: Call = {
      context,
      query: found.searchParams,
      url: `${url}/${[version, ...words].join('/')}`,
      body,
    };
    try {
      if (version !== 'v2.0' || (rest.length === 0 && words.length === 0)) throw notFound();
      if (words.length === 0) return json({ resources: coreResources(url) }, 200, headers);
      const result = answer(request.method, words, call);
      if (result.status === 204) return new Response(null, { status: 204, headers });
      return json(result.body, result.status, headers, result.compact);
    } catch (error) {
      // anything else is a bug of ours, and must be seen as one
      if (!(error instanceof NeutronError)) throw error;
      return error.toResponse(headers);
    }
  };
}

function authenticate(
  tokens: TokenProvider,
  request: Request,
  requestId: string,
): RequestContext | undefined {
  const found = tokens.validate(request.headers.get('X-Auth-Token') ?? '');
  if (found === undefined) return undefined;
  return {
    userId: found.user.id,
    projectId: found.token.project_id ?? '',
    roles: found.roleNames,
    isAdmin: found.isAdmin,
    requestId,
  };
}

function extensionAnswer(method: string, alias: string | undefined): Answer {
  if (method !== 'GET') throw notFound();
  if (alias === undefined) return { status: 200, body: { extensions } };
  const extension = extensions.find((one) => one.alias === alias);
  if (extension === undefined) throw notFound();
  return { status: 200, body: { extension } };
}

function versionOf(url: string): object {
  return { id: 'v2.0', status: 'CURRENT', links: [{ rel: 'self', href: `${url}/v2.0/` }] };
}

function coreResources(url: string): object[] {
  return ['network', 'subnet', 'subnetpool', 'port'].map((name) => ({
    name,
    collection: `${name}s`,
    links: [{ rel: 'self', href: `${url}/v2.0/${name}s` }],
  }));
}

async function bodyOf(request: Request): Promise<string> {
  try {
    return await request.text();
  } catch {
    throw new NeutronError(
      400,
      'HTTPBadRequest',
      'The server could not comply with the request since it is either malformed or otherwise incorrect.',
    );
  }
}

function json(body: unknown, status: number, headers: Headers, compact = false): Response {
  headers.set('Content-Type', 'application/json');
  return textResponse(dumps(body, { compact }), status, headers);
}

/** keystonemiddleware's answer to a caller whom nobody knows. */
function unauthorized(identityUrl: string, headers: Headers): Response {
  const message = 'The request you have made requires authentication.';
  headers.set('WWW-Authenticate', `Keystone uri="${identityUrl}"`);
  return json({ error: { code: 401, title: 'Unauthorized', message } }, 401, headers);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
