import { checkMetadata, MAX_ACCOUNT_NAME_LENGTH } from '../common/constraints';
import { error, SwiftResponse, type SwiftRequest } from '../common/swob';
import { isoformat, normal } from '../common/timestamp';
import { list } from '../backend/listing';
import type { Account, Store } from '../backend/store';
import {
  listingQuery,
  options,
  OWNER_HEADERS,
  POLICY,
  transferred,
  updateMetadata,
  type Controller,
} from './controller';

const METHODS = 'HEAD, POST, GET, OPTIONS';

/** Modelled on swift/proxy/controllers/account.py and swift/account/server.py. */
export function accountController(store: Store): Controller {
  const getOrHead = (request: SwiftRequest): SwiftResponse => {
    const { account: name } = request.parts;
    const problem = checkName(name);
    if (problem !== undefined) return problem;
    const account = store.account(name);
    const query = listingQuery(request);
    const records = account === undefined ? [] : list(account.containers, { ...query, path: undefined });
    const entries = records.map((entry) =>
      typeof entry === 'string'
        ? { subdir: entry }
        : {
            name: entry.name,
            count: entry.objects.size,
            bytes: entry.bytes,
            last_modified: isoformat(entry.record.modified),
            storage_policy: POLICY,
          },
    );
    const headers = accountHeaders(account, store);
    headers.set('Content-Type', 'application/json; charset=utf-8');
    if (account !== undefined) headers.set('Accept-Ranges', 'bytes');
    if (!request.env.owner) for (const header of OWNER_HEADERS) headers.delete(header);
    const isHead = request.method === 'HEAD';
    // one that nobody has written to yet is listed as if it was there
    const response = new SwiftResponse(isHead && account !== undefined ? 204 : 200, headers, '');
    if (!isHead) response.listing = entries;
    return response;
  };
  return {
    GET: { delayDenial: false, handle: getOrHead },
    HEAD: { delayDenial: false, handle: getOrHead },
    POST: {
      delayDenial: false,
      handle: (request) => {
        const { account: name } = request.parts;
        const problem = checkName(name) ?? checkMetadata(request, 'account');
        if (problem !== undefined) return problem;
        const account = store.account(name) ?? store.addAccount(name, {});
        updateMetadata(account.record, transferred(request.headers, 'account', []));
        return new SwiftResponse(204);
      },
    },
    OPTIONS: { delayDenial: false, handle: () => options(METHODS) },
  };
}

export const ACCOUNT_METHODS = METHODS;

function checkName(name: string): SwiftResponse | undefined {
  const length = [...name].length;
  return length > MAX_ACCOUNT_NAME_LENGTH
    ? error(400, `Account name length of ${length} longer than ${MAX_ACCOUNT_NAME_LENGTH}`)
    : undefined;
}

/** `get_response_headers` of swift/account/utils.py. */
function accountHeaders(account: Account | undefined, store: Store): Headers {
  const { objects, bytes } = account?.totals() ?? { objects: 0, bytes: 0 };
  const containers = account?.containers.size ?? 0;
  const headers = new Headers(account?.record.headers);
  const numbers = { 'Container-Count': containers, 'Object-Count': objects, 'Bytes-Used': bytes };
  for (const [name, value] of Object.entries(numbers)) {
    headers.set(`X-Account-${name}`, String(value));
    if (containers > 0) headers.set(`X-Account-Storage-Policy-${POLICY}-${name}`, String(value));
  }
  headers.set('X-Timestamp', normal(account?.record.created ?? store.now));
  if (account === undefined) headers.set('X-Put-Timestamp', normal(store.now));
  return headers;
}
