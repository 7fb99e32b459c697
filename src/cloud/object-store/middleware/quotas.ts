import type { Store } from '../backend/store';
import { isContainer, isObject } from '../common/path';
import { error, SwiftResponse, type Middleware, type SwiftRequest } from '../common/swob';

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
      if (
        container.bytes + (request.contentLength ?? 0) > number(kept['x-container-meta-quota-bytes']) ||
        container.objects.size + 1 > number(kept['x-container-meta-quota-count'])
      ) {
        // whoever may not put anything here does not hear of quotas
        request.acl = kept['x-container-write'];
        return request.env.authorize?.(request) ?? exceeded();
      }
    }
    return next(request);
  };
}

function exceeded(what = 'quota'): SwiftResponse {
  return error(413, `Upload exceeds ${what}.`);
}

const KINDS = ['quota-bytes', 'quota-count'] as const;

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
      for (const kind of KINDS) {
        const value = response.headers.get(`x-account-sysmeta-${kind}`) ?? '';
        if (value !== '') response.headers.set(`X-Account-${kind}`, value);
      }
      return response;
    }
    const account = store.account(name);
    if (request.method !== 'PUT' || !isObject(request) || request.env.reseller || account === undefined)
      return next(request);
    const { headers } = account.record;
    const totals = account.totals();
    const bytes = headers['x-account-sysmeta-quota-bytes'] ?? headers['x-account-meta-quota-bytes'];
    if (
      totals.bytes + (request.contentLength ?? 0) > number(bytes) ||
      totals.objects + 1 > number(headers['x-account-sysmeta-quota-count'])
    ) {
      const { authorize } = request.env;
      if (authorize === undefined) return exceeded();
      request.env.authorize = (asked) => authorize(asked) ?? exceeded();
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
  const wanted = KINDS.map((kind) => {
    const value =
      (headers.get(`x-remove-account-${kind}`) ?? '') === '' ? headers.get(`x-account-${kind}`) : '';
    return [kind, value] as const;
  });
  if (!env.reseller) return wanted.some(([, value]) => value !== null) ? error(403) : undefined;
  for (const [kind, value] of wanted) {
    if (value !== null && value !== '' && !/^\d+$/.test(value)) return error(400);
    if (value !== null) headers.set(`x-account-sysmeta-${kind}`, value);
  }
  return undefined;
}
