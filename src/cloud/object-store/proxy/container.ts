import { list } from '../backend/listing';
import { Container, type Store } from '../backend/store';
import { checkMetadata, MAX_CONTAINER_NAME_LENGTH } from '../common/constraints';
import { syncToProblem } from '../common/sync-to';
import { error, plainError, SwiftResponse, type ListingEntry, type SwiftRequest } from '../common/swob';
import { fromWsgi, toWsgi } from '../common/text';
import { isoformat, normal } from '../common/timestamp';
import { cleanAcl } from '../middleware/acl';
import type { ObjectRecord } from '../state';
import {
  denied,
  listingQuery,
  options,
  OWNER_HEADERS,
  POLICY,
  transferred,
  updateMetadata,
  type Controller,
} from './controller';

/** What one may do to containers and objects. */
export const METHODS = 'DELETE, HEAD, POST, PUT, GET, OPTIONS';
const PASSED = ['x-container-read', 'x-container-write', 'x-container-sync-key', 'x-container-sync-to'];

/** Modelled on swift/proxy/controllers/container.py and swift/container/server.py. */
export function containerController(store: Store): Controller {
  const find = (request: SwiftRequest): Container | undefined => {
    const { account, container } = request.parts;
    return store.container(account, container);
  };

  const getOrHead = (request: SwiftRequest): SwiftResponse => {
    const container = find(request);
    if (container === undefined) return denied(request) ?? new SwiftResponse(404);
    const query = listingQuery(request);
    const no = denied(request, container.record.headers['x-container-read']);
    if (no !== undefined) return no;
    const headers = new Headers(container.record.headers);
    headers.set('X-Container-Object-Count', String(container.objects.size));
    headers.set('X-Container-Bytes-Used', String(container.bytes));
    headers.set('X-Timestamp', normal(container.record.created));
    headers.set('X-Storage-Policy', POLICY);
    headers.set('Accept-Ranges', 'bytes');
    headers.set('Content-Type', 'application/json; charset=utf-8');
    if (!request.env.owner) for (const header of OWNER_HEADERS) headers.delete(header);
    const isHead = request.method === 'HEAD';
    const response = new SwiftResponse(isHead ? 204 : 200, headers, '');
    if (!isHead) response.listing = list(container.objects, query).map(listingEntry);
    response.lastModified = container.record.modified;
    return response;
  };

  /** What PUT and POST look at first. */
  const check = (request: SwiftRequest): SwiftResponse | undefined => {
    for (const header of ['x-container-read', 'x-container-write']) {
      const value = request.headers.get(header);
      if (value === null) continue;
      const cleaned = cleanAcl(header, value);
      if ('problem' in cleaned) return error(400, toWsgi(cleaned.problem));
      request.headers.set(header, cleaned.acl);
    }
    return checkMetadata(request, 'container');
  };
  /** What the container server looks at. */
  const checkSyncTo = ({ headers }: SwiftRequest): SwiftResponse | undefined => {
    const problem = syncToProblem(headers.get('x-container-sync-to') ?? '');
    return problem === undefined ? undefined : error(400, toWsgi(problem));
  };
  const withoutOwnerHeaders = (request: SwiftRequest) => {
    if (!request.env.owner) for (const header of OWNER_HEADERS) request.headers.delete(header);
  };

  return {
    GET: { delayDenial: true, handle: getOrHead },
    HEAD: { delayDenial: true, handle: getOrHead },
    PUT: {
      delayDenial: false,
      handle: (request) => {
        const problem = check(request);
        if (problem !== undefined) return problem;
        const policy = request.headers.get('X-Storage-Policy') ?? '';
        if (policy !== '' && policy.toLowerCase() !== POLICY.toLowerCase())
          return plainError(400, `Invalid X-Storage-Policy '${policy}'`);
        withoutOwnerHeaders(request);
        const { account: accountName, container: name } = request.parts;
        const length = [...name].length;
        if (length > MAX_CONTAINER_NAME_LENGTH)
          return error(400, `Container name length of ${length} longer than ${MAX_CONTAINER_NAME_LENGTH}`);
        const account =
          store.account(accountName) ??
          store.addAccount(
            accountName,
            Object.fromEntries(transferred(accountSysmeta(request), 'account', [])),
          );
        const unsynced = checkSyncTo(request);
        if (unsynced !== undefined) return unsynced;
        const existing = account.containers.get(name);
        const created = store.tick();
        const container = existing ?? new Container({ name, created, modified: created, headers: {} });
        updateMetadata(container.record, transferred(request.headers, 'container', PASSED));
        container.record.modified = created;
        if (existing === undefined) account.containers.set(container);
        return new SwiftResponse(existing === undefined ? 201 : 202);
      },
    },
    POST: {
      delayDenial: false,
      handle: (request) => {
        const problem = check(request);
        if (problem !== undefined) return problem;
        withoutOwnerHeaders(request);
        const container = find(request);
        if (container === undefined) return new SwiftResponse(404);
        const unsynced = checkSyncTo(request);
        if (unsynced !== undefined) return unsynced;
        updateMetadata(container.record, transferred(request.headers, 'container', PASSED));
        container.record.modified = store.tick();
        return new SwiftResponse(204);
      },
    },
    DELETE: {
      delayDenial: false,
      handle: (request) => {
        const { account, container: name } = request.parts;
        const container = find(request);
        if (container === undefined) return new SwiftResponse(404);
        if (container.objects.size > 0) return new SwiftResponse(409);
        store.account(account)?.containers.delete(name);
        return new SwiftResponse(204);
      },
    },
    OPTIONS: { delayDenial: false, handle: (request) => preflight(request, find(request)) },
  };
}

/** A new account keeps what keystoneauth says of it. */
function accountSysmeta(request: SwiftRequest): Headers {
  return new Headers([...request.headers].filter(([name]) => name.startsWith('x-account-sysmeta-')));
}

/** `update_object_record` of swift/container/server.py. */
export function listingEntry(entry: ObjectRecord | string): ListingEntry {
  if (typeof entry === 'string') return { subdir: entry };
  const { type, bytes } = withoutSwiftBytes(entry.content_type);
  return {
    bytes: bytes ?? entry.bytes,
    hash: entry.headers['x-object-sysmeta-container-update-override-etag'] ?? entry.etag,
    name: entry.name,
    content_type: fromWsgi(type) ?? type,
    last_modified: isoformat(entry.modified),
  };
}

/** Takes the size of a large object out of a manifest's content type. `extract_swift_bytes`. */
export function withoutSwiftBytes(type: string): { type: string; bytes: number | undefined } {
  const [media = '', ...parameters] = type.split(';');
  let bytes: number | undefined;
  const kept = parameters.filter((parameter) => {
    const [, number] = /^\s*swift_bytes=(\d+)\s*$/.exec(parameter) ?? [];
    if (number !== undefined) bytes = Number(number);
    return number === undefined;
  });
  return { type: [media, ...kept].join(';'), bytes };
}

/** Answers a browser that asks whether a page may send a request: `OPTIONS` of swift/proxy/controllers/base.py. */
export function preflight(request: SwiftRequest, container: Container | undefined): SwiftResponse {
  const origin = request.headers.get('Origin');
  const response = options(METHODS);
  if (origin === null) return response;
  const allowed = container?.record.headers['x-container-meta-access-control-allow-origin'] ?? '';
  const origins = allowed.split(' ').filter(Boolean);
  const method = request.headers.get('Access-Control-Request-Method') ?? '';
  if (!(origins.includes(origin) || origins.includes('*')) || !METHODS.split(', ').includes(method)) {
    response.status = 401;
    return response;
  }
  const { headers } = response;
  const vary = [];
  headers.set('Access-Control-Allow-Origin', allowed.trim() === '*' ? '*' : origin);
  if (allowed.trim() !== '*') vary.push('Origin');
  const age = container?.record.headers['x-container-meta-access-control-max-age'];
  if (age !== undefined) headers.set('Access-Control-Max-Age', age);
  headers.set('Access-Control-Allow-Methods', METHODS);
  headers.delete('Content-Type');
  const wanted = request.headers.get('Access-Control-Request-Headers');
  if (wanted !== null && wanted !== '') {
    headers.set('Access-Control-Allow-Headers', wanted);
    vary.push('Access-Control-Request-Headers');
  }
  if (vary.length > 0) headers.set('Vary', vary.join(', '));
  return response;
}
