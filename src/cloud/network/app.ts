import { dumps } from '../http/python-json';
import { newRequestId } from '../http/request-id';
import { textResponse } from '../http/webob';
import type { TokenProvider } from '../identity/token-provider';
import { NETWORK_PATH } from '../paths';
import type { CloudServices } from '../service';
import { addressGroups, changeAddresses } from './address-groups';
import { addressScopes } from './address-scopes';
import { Controller, parseBody, type Answer, type Call } from './controller';
import { NetworkDb } from './db';
import { methodNotAllowed, networkNotFound, NeutronError, notFound } from './errors';
import extensions from './data/extensions.json';
import { defaultSecurityGroupRules } from './default-security-group-rules';
import { fixedAnswer } from './fixed';
import { FloatingIps } from './floating-ips';
import { networks } from './networks';
import { refuseNotModelled } from './not-modelled';
import { Policy, type RequestContext } from './policy';
import { Ports } from './ports';
import { QuotaController } from './quota-controller';
import { rbacPolicies } from './rbac-policies';
import { RouterInterfaces } from './router-interfaces';
import { Routers } from './routers';
import { SecurityGroups } from './security-groups';
import { securityGroupRules } from './security-group-rules';
import type { NetworkState } from './state';
import { subnetPools } from './subnet-pools';
import { subnets } from './subnets';
import { tagAnswer } from './tags';

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
  const interfaces = new RouterInterfaces(routers);
  const routerController = new Controller(db, policy, routers);
  const addressGroupController = new Controller(db, policy, addressGroups(db));
  const quotas = new QuotaController(db, policy);
  const controllers = [
    new Controller(db, policy, networks(db, groups, floatingIps)),
    new Controller(db, policy, subnets(db)),
    new Controller(db, policy, subnetPools(db)),
    new Controller(db, policy, addressScopes(db)),
    new Controller(db, policy, ports),
    new Controller(db, policy, floatingIps),
    new Controller(db, policy, groups),
    new Controller(db, policy, securityGroupRules(db, groups)),
    new Controller(db, policy, defaultSecurityGroupRules(db, groups)),
    new Controller(db, policy, rbacPolicies(db)),
    routerController,
    addressGroupController,
  ];
  const byPath = new Map(controllers.map((controller) => [controller.resource.path, controller]));

  /** What is no more than one path: adding an interface to a router, and the like. */
  function memberAnswer(method: string, words: readonly string[], call: Call): Answer | undefined {
    const [path = '', id = '', action = '', tag, ...more] = words;
    if (action === 'tags' && more.length === 0) {
      const controller = byPath.get(path);
      if (controller === undefined) throw notFound();
      return tagAnswer(db, controller, method, id, tag, call);
    }
    if (method !== 'PUT' || tag !== undefined) return undefined;
    if (path === 'routers') {
      const given = parseBody(call.body);
      const member = (rule: string) => routerController.member(call, id, rule);
      if (action === 'add_router_interface')
        return { status: 200, body: interfaces.add(call.context, member(action), given) };
      if (action === 'remove_router_interface')
        return { status: 200, body: interfaces.remove(call.context, member(action), given) };
      if (action === 'add_extraroutes' || action === 'remove_extraroutes') {
        routers.changeRoutes(member('update_router'), given, action === 'add_extraroutes');
        return routerController.show(call, id);
      }
    }
    if (path === 'address-groups' && (action === 'add_addresses' || action === 'remove_addresses')) {
      const group = addressGroupController.member(call, id, 'update_address_group');
      const more = action === 'add_addresses';
      const view = changeAddresses(db, group, parseBody(call.body), more, call.context.projectId);
      return { status: 200, body: { address_group: view } };
    }
    return undefined;
  }

  const url = `${baseUrl}${NETWORK_PATH}`;

  function answer(method: string, words: readonly string[], call: Call): Answer & { compact?: boolean } {
    const [path = '', id, ...more] = words;
    refuseNotModelled(method, words.join('/'));
    if (path === 'extensions') return extensionAnswer(method, id);
    if (path === 'quotas') return quotas.answer(method, words.slice(1), call);
    const fixed = fixedAnswer(db, policy, method, words, call);
    if (fixed !== undefined) return { ...fixed, compact: path === 'floatingip_pools' };
    if (more.length > 0) {
      const member = memberAnswer(method, words, call);
      if (member !== undefined) return member;
    }
    const controller = byPath.get(path);
    if (controller === undefined || more.length > 0) throw notFound();
    const core = controller.resource.core === true;
    if (id === undefined) {
      if (method === 'GET') return { ...controller.list(call), compact: core };
      if (method === 'POST') return { ...controller.create(call), compact: core };
      if (core && (method === 'DELETE' || method === 'PUT')) throw networkNotFound('None');
      throw methodNotAllowed();
    }
    if (method === 'GET') return { ...controller.show(call, id), compact: core };
    if (method === 'PUT') return { ...controller.update(call, id), compact: core };
    if (method === 'DELETE') return controller.delete(call, id);
    throw methodNotAllowed();
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
