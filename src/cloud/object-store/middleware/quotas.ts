import type { Container, Store } from '../backend/store';
import { isContainer, isObject } from '../common/path';
import { error, SwiftResponse, type Middleware, type SwiftRequest } from '../common/swob';
import { unquote } from '../common/text';
import { POLICY } from '../proxy/controller';
import { CONTAINER } from './versioned-writes/versioned-container';

const number = (value: string | undefined) =>
  value !== undefined && /^\d+$/.test(value) ? Number(value) : Infinity;

/** So many bytes and objects fit into a container. Modelled on swift/common/middleware/container_quotas.py. */
export function containerQuotas(store: Store): Middleware {
  return async (request, next) => {
    const { method, headers } = request;
    if (isContainer(request) && (method === 'PUT' || method === 'POST')) {
      for (const kind of ['bytes', 'count']) {
        const value = headers.get(`X-Container-Meta-Quota-${kind}`) ?? '';
        if (value !== '' && !/^\d+$/.test(value)) return error(400, `Invalid ${kind} quota.`);
      }
    } else if (isObject(request) && method === 'PUT') {
      const { account, container: name } = request.parts;
      const container = store.container(account, name);
      if (container === undefined) return next(request);
      const kept = container.record.headers;
      const used = container.bytes + versionsOf(store, account, container);
      const bytes = number(kept['x-container-meta-quota-bytes']);
      if (
        used + (request.contentLength ?? 0) > bytes ||
        container.objects.size + 1 > number(kept['x-container-meta-quota-count'])
      ) {
        // whoever may not put anything here does not hear of quotas
        request.acl = kept['x-container-write'];
        return request.env.authorize?.(request) ?? exceeded();
      }
      limit(request, bytes - used);
    }
    return next(request);
  };
}

function exceeded(what = 'quota'): SwiftResponse {
  return error(413, `Upload exceeds ${what}.`);
}

/**
 * In a page no request can say how long its body is: what comes is counted then. Over a network whoever does not say it
 * may send as much as she likes, once.
 */
function limit({ contentLength, headers, env }: SwiftRequest, bytes: number): void {
  if (contentLength === undefined && !headers.has('Transfer-Encoding'))
    env.allowance = Math.min(env.allowance, bytes);
}

/** The bytes of a container's old versions, which are in a container that nobody sees. */
function versionsOf(store: Store, account: string, { record }: Container): number {
  const [name = ''] = (unquote(record.headers[CONTAINER] ?? '') ?? '').split('/');
  return name === '' ? 0 : (store.container(account, name)?.bytes ?? 0);
}

/** What an account's quotas are called in requests, and in the account. There is one policy, with the number 0. */
const QUOTAS = [
  { name: 'quota-bytes', key: 'quota-bytes' },
  { name: 'quota-count', key: 'quota-count' },
  { name: `quota-bytes-policy-${POLICY.toLowerCase()}`, key: 'quota-bytes-policy-0' },
  { name: `quota-count-policy-${POLICY.toLowerCase()}`, key: 'quota-count-policy-0' },
] as const;

/** So many fit into an account, as somebody with the role ResellerAdmin says. swift/common/middleware/account_quotas.py. */
export function accountQuotas(store: Store): Middleware {
  return async (request, next) => {
    const { account: name, container } = request.parts;
    if (name === '') return next(request);
    if (container === '') {
      if (request.method === 'POST' || request.method === 'PUT') {
        const problem = setQuotas(request);
        if (problem !== undefined) return problem;
      }
      const response = await next(request);
      for (const quota of QUOTAS) {
        const value = response.headers.get(`x-account-sysmeta-${quota.key}`) ?? '';
        if (value !== '') response.headers.set(`X-Account-${quota.name}`, value);
      }
      return response;
    }
    const account = store.account(name);
    if (request.method !== 'PUT' || !isObject(request) || request.env.reseller || account === undefined)
      return next(request);
    const { headers } = account.record;
    const quota = (key: string) => headers[`x-account-sysmeta-${key}`];
    const { bytes, objects } = account.totals();
    for (const { what, mostBytes, mostObjects } of [
      {
        what: 'quota',
        mostBytes: number(quota('quota-bytes') ?? headers['x-account-meta-quota-bytes']),
        mostObjects: number(quota('quota-count')),
      },
      {
        what: 'policy quota',
        mostBytes: number(quota('quota-bytes-policy-0')),
        mostObjects: number(quota('quota-count-policy-0')),
      },
    ]) {
      if (bytes + (request.contentLength ?? 0) > mostBytes || objects + 1 > mostObjects) {
        const { authorize } = request.env;
        if (authorize === undefined) return exceeded(what);
        request.env.authorize = (asked) => authorize(asked) ?? exceeded(what);
      }
      limit(request, mostBytes - bytes);
    }
    return next(request);
  };
}

function setQuotas({ headers, env }: SwiftRequest): SwiftResponse | undefined {
  const legacy = [
    ['x-account-meta-quota-bytes', 'x-account-quota-bytes'],
    ['x-remove-account-meta-quota-bytes', 'x-remove-account-quota-bytes'],
  ] as const;
  for (const [old, name] of legacy) {
    const value = headers.get(old);
    if (value !== null && (headers.get(name) ?? '') === '') headers.set(name, value);
  }
  const wanted = QUOTAS.map(({ name, key }) => {
    const isRemoved = (headers.get(`x-remove-account-${name}`) ?? '') !== '';
    return [key, isRemoved ? '' : headers.get(`x-account-${name}`)] as const;
  });
  if (!env.reseller) return wanted.some(([, value]) => value !== null) ? error(403) : undefined;
  for (const [key, value] of wanted) {
    if (value !== null && value !== '' && !/^\d+$/.test(value)) return error(400);
    if (value !== null) headers.set(`x-account-sysmeta-${key}`, value);
  }
  return undefined;
}
