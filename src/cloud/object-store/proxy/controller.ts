import { getParam, HTTPException, SwiftResponse, error, type SwiftRequest } from '../common/swob';
import { isTrue } from '../common/text';
import { LISTING_LIMIT, MAX_META_COUNT, MAX_META_OVERALL_SIZE } from '../common/constraints';
import type { ListingQuery } from '../backend/listing';

/** The one storage policy there is. */
export const POLICY = 'Policy-0';

/** Only whoever owns the account sees and sets these. */
export const OWNER_HEADERS = [
  'x-container-read',
  'x-container-write',
  'x-container-sync-key',
  'x-container-sync-to',
  'x-account-meta-temp-url-key',
  'x-account-meta-temp-url-key-2',
  'x-container-meta-temp-url-key',
  'x-container-meta-temp-url-key-2',
  'x-account-access-control',
];

export interface Handler {
  /** May one go on without being authorized, as it depends on what is found there? */
  delayDenial: boolean;
  handle: (request: SwiftRequest) => SwiftResponse | Promise<SwiftResponse>;
}

export type Controller = Readonly<Partial<Record<string, Handler>>>;

/** An answer to somebody who asks what one may do here. */
export function options(methods: string): SwiftResponse {
  return new SwiftResponse(200, { Allow: methods });
}

/** Asks whoever decides; undefined for yes. */
export function denied(request: SwiftRequest, acl?: string): SwiftResponse | undefined {
  request.acl = acl;
  return request.env.authorize?.(request);
}

/**
 * The headers of a request that an account or a container keeps; an empty value takes one away. Modelled on
 * `transfer_headers` of swift/proxy/controllers/base.py.
 */
export function transferred(
  headers: Headers,
  type: 'account' | 'container',
  passed: readonly string[],
): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [name] of headers) {
    const target = name.replace('-remove', '');
    if (
      name.startsWith(`x-remove-${type}-meta-`) ||
      (name.startsWith('x-remove-') && passed.includes(target))
    )
      kept.set(target, '');
  }
  for (const [name, value] of headers)
    if (new RegExp(`^x-${type}-(sys)?meta-.`).test(name) || passed.includes(name)) kept.set(name, value);
  return kept;
}

/** Puts such headers into what is there already. `validate_metadata` of swift/common/db.py. @throws HTTPException */
export function updateMetadata(
  record: { headers: Record<string, string> },
  update: Map<string, string>,
): void {
  const headers = { ...record.headers };
  for (const [name, value] of update) {
    if (value === '') delete headers[name];
    else headers[name] = value;
  }
  let count = 0;
  let size = 0;
  for (const [name, value] of Object.entries(headers)) {
    const [, key] = /^x-(?:account|container)-meta-(.*)$/s.exec(name) ?? [];
    if (key === undefined) continue;
    count += 1;
    size += key.length + value.length;
  }
  if (count > MAX_META_COUNT)
    throw new HTTPException(error(400, `Too many metadata items; max ${MAX_META_COUNT}`));
  if (size > MAX_META_OVERALL_SIZE)
    throw new HTTPException(error(400, `Total metadata too large; max ${MAX_META_OVERALL_SIZE}`));
  record.headers = headers;
}

/** `constrain_req_limit` of swift/common/request_helpers.py. @throws HTTPException */
export function limitOf(request: SwiftRequest): number {
  const given = getParam(request, 'limit') ?? '';
  if (!/^\d+$/.test(given)) return LISTING_LIMIT;
  if (Number(given) > LISTING_LIMIT) throw new HTTPException(error(412, `Maximum limit is ${LISTING_LIMIT}`));
  return Number(given);
}

/** What a listing's query asks for. @throws HTTPException */
export function listingQuery(request: SwiftRequest): ListingQuery {
  const [marker = '', endMarker = '', prefix, delimiter = '', path, reverse] = [
    'marker',
    'end_marker',
    'prefix',
    'delimiter',
    'path',
    'reverse',
  ].map((name) => getParam(request, name));
  getParam(request, 'format');
  return {
    limit: limitOf(request),
    marker,
    endMarker,
    prefix,
    delimiter,
    path,
    reverse: isTrue(reverse),
    allowReserved: request.env.allowReserved,
  };
}
