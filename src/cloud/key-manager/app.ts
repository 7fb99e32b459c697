import type { Clock } from '../clock';
import { dumps } from '../http/python-json';
import { newRequestId } from '../http/request-id';
import { HTTPError as WebobError, textResponse } from '../http/webob';
import type { TokenProvider } from '../identity/token-provider';
import type { IdSource } from '../ids';
import { KEY_MANAGER_PATH } from '../paths';
import type { Call, KeyManagerApi } from './api';
import { respond } from './api';
import { containers } from './containers';
import { HTTPError, notAllowed } from './errors';
import { negotiate } from './microversion';
import { orders } from './orders';
import { Policy } from './policy';
import { allProjectQuotas, quotas } from './quotas';
import { secrets } from './secrets';
import type { KeyManagerState } from './state';
import { versionList, versionOne } from './versions';

export interface KeyManagerServices {
  state: KeyManagerState;
  tokens: TokenProvider;
  clock: Clock;
  ids: IdSource;
  baseUrl: string;
  identityUrl: string;
}

/** Barbican's HTTP API v1. Modelled on barbican/api/controllers/versions.py and the pipelines of barbican-api-paste.ini. */
export function keyManagerApp(services: KeyManagerServices): (request: Request) => Promise<Response> {
  const { state, clock, ids, baseUrl, tokens } = services;
  const root = baseUrl + KEY_MANAGER_PATH;
  const api: KeyManagerApi = { state, clock, ids, url: `${root}/v1` };

  async function v1(request: Request, minor: number, path: readonly string[]): Promise<Response> {
    const found = tokens.validate(request.headers.get('X-Auth-Token') ?? '');
    if (found === undefined) return unauthorized(services.identityUrl);
    const context = {
      userId: found.user.id,
      projectId: found.token.project_id ?? '',
      roles: found.roleNames,
    };
    const query = new URL(request.url).searchParams;
    const call: Call = { api, request, context, policy: new Policy(context), query, minor };
    const [resource, ...rest] = path;
    switch (resource) {
      case undefined:
        return respond(call, {
          GET: () => ({
            operation: 'Version retrieval',
            allowed: true,
            run: () => ({ version: versionOne(root, minor) }),
          }),
        });
      case 'secrets':
        return secrets(call, rest);
      case 'containers':
        return containers(call, rest);
      case 'orders':
        return orders(call, rest);
      case 'quotas':
        return quotas(call);
      case 'project-quotas':
        return allProjectQuotas(call, rest);
      case 'transport_keys':
        return transportKeys(call, rest);
      case 'secret-stores':
        return secretStores(call);
      default:
        throw new HTTPError(404);
    }
  }

  return async (request) => {
    const { pathname } = new URL(request.url);
    const path = pathname.slice(KEY_MANAGER_PATH.length).split('/').filter(Boolean);
    const [version, ...rest] = path.map((part) => decodeURIComponent(part));
    const minor = negotiate(request.headers);
    if (typeof minor === 'object') return minor.toResponse(request);
    let response: Response;
    try {
      if (version === 'v1') response = await v1(request, minor, rest);
      else if (version !== undefined) throw new HTTPError(404);
      else if (request.method !== 'GET') response = notAllowedAtAll(request);
      else response = versionList(root, minor);
    } catch (error) {
      if (!(error instanceof HTTPError)) throw error;
      response = error.toResponse();
    }
    // a request without a token does not come as far as the versions
    if (response.status === 401) return response;
    response.headers.set('openstack-api-version', `key-manager 1.${minor}`);
    response.headers.set('vary', 'openstack-api-version');
    response.headers.set('x-openstack-request-id', newRequestId(ids));
    return response;
  };
}

/** Keys to wrap secrets with on their way: this secret store has none. */
function transportKeys(call: Call, rest: readonly string[]): Promise<Response> {
  if (rest.length > 0) throw new HTTPError(404, 'Not Found. Transport Key not found.');
  return respond(call, {
    GET: () => ({
      operation: 'Transport Key(s) retrieval',
      allowed: call.policy.has('reader'),
      run: () => ({ transport_keys: [], total: 0 }),
    }),
  });
}

/** There is one secret store, and nothing to choose. */
function secretStores(call: Call): never {
  if (!call.policy.has('reader')) throw notAllowed('List available secret stores');
  throw new HTTPError(404, 'Not Found. Multiple backends support is not enabled in service configuration.');
}

function notAllowedAtAll(request: Request): Response {
  const response = new WebobError(405).toResponse(request);
  response.headers.set('Allow', 'GET');
  return response;
}

function unauthorized(identityUrl: string): Response {
  const message = 'The request you have made requires authentication.';
  const headers = new Headers({
    'Content-Type': 'application/json',
    'WWW-Authenticate': `Keystone uri="${identityUrl}"`,
  });
  return textResponse(dumps({ error: { code: 401, title: 'Unauthorized', message } }), 401, headers);
}
