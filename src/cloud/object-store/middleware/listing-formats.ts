import { bestMatch, InvalidAccept } from '../common/accept';
import {
  error,
  getParam,
  HTTPException,
  SwiftResponse,
  type Listing,
  type ListingEntry,
  type Middleware,
  type SwiftRequest,
} from '../common/swob';
import { dumps } from '../../http/python-json';
import { listFromCsv } from '../common/text';

const FORMATS: Readonly<Record<string, string>> = {
  plain: 'text/plain',
  json: 'application/json',
  xml: 'application/xml',
};
const TYPES = ['text/plain', 'application/json', 'application/xml', 'text/xml'];

/** Accounts and containers are listed in JSON; here they become what was asked for: swift/common/middleware/listing_formats.py. */
export const listingFormats: Middleware = async (request, next) => {
  const { account, container, object } = request.parts;
  const { method, env, path } = request;
  const isListing =
    account !== '' &&
    object === '' &&
    !(container === '' && path.split('/').length > 4) &&
    /^\/v1(\.0)?\//.test(path);
  if (!isListing || (method !== 'GET' && method !== 'HEAD')) return next(request);
  const type = listingType(request);
  const canVary = !request.params.has('format');
  request.params.set('format', 'json');
  env.formatListing = true;
  const response = await next(request);
  if (!request.env.formatListing && response.listing !== undefined) response.body = dumps(response.listing);
  if (!request.env.formatListing || (response.status !== 200 && response.status !== 204)) return response;
  const { headers } = response;
  if (canVary) {
    const vary = headers.get('Vary');
    if (vary === null) headers.set('Vary', 'Accept');
    else if (!listFromCsv(vary.toLowerCase()).includes('accept')) headers.set('Vary', `${vary}, Accept`);
  }
  const { listing } = response;
  if (response.contentType !== 'application/json') return response;
  headers.set('Content-Type', `${type}; charset=utf-8`);
  if (method === 'HEAD') {
    headers.set('Content-Length', '0');
    return response;
  }
  if (listing === undefined) return response;
  let body: string;
  if (type === 'application/json') body = dumps(listing);
  else if (type === 'text/plain')
    body = listing.map(({ name, subdir }) => `${name ?? subdir ?? ''}\n`).join('');
  else body = container === '' ? accountXml(listing, account) : containerXml(listing, container);
  return new SwiftResponse(body === '' ? 204 : response.status, headers, body);
};

/** @throws HTTPException where nothing is acceptable. `get_listing_content_type`. */
export function listingType(request: SwiftRequest): string {
  const format = getParam(request, 'format');
  if (format !== undefined && format !== '') {
    const type =
      (Object.hasOwn(FORMATS, format.toLowerCase()) ? FORMATS[format.toLowerCase()] : undefined) ??
      'text/plain';
    // whoever comes next sees it so, too
    request.headers.set('Accept', type);
    return type;
  }
  try {
    const type = bestMatch(request.headers.get('Accept'), TYPES);
    if (type === undefined) throw new HTTPException(new SwiftResponse(406));
    return type;
  } catch (problem) {
    if (problem instanceof InvalidAccept) throw new HTTPException(error(400, 'Invalid Accept header'));
    throw problem;
  }
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function accountXml(listing: Listing, account: string): string {
  const rows = listing.map(({ subdir, ...fields }) =>
    subdir === undefined
      ? `<container>${elements(fields, ['name', 'count', 'bytes', 'last_modified', 'storage_policy'])}</container>\n`
      : `<subdir name="${attribute(subdir)}" />\n`,
  );
  // an element that has nothing but text is closed all the same
  return `${DECLARATION}<account name="${attribute(account)}">\n${rows.join('')}</account>`;
}

function containerXml(listing: Listing, container: string): string {
  const rows = listing.map(({ subdir, ...fields }) =>
    subdir === undefined
      ? `<object>${elements(fields, ['name', 'hash', 'bytes', 'content_type', 'last_modified'])}</object>`
      : `<subdir name="${attribute(subdir)}"><name>${text(subdir)}</name></subdir>`,
  );
  const start = `${DECLARATION}<container name="${attribute(container)}"`;
  return rows.length === 0 ? `${start} />` : `${start}>${rows.join('')}</container>`;
}

function elements(fields: ListingEntry, names: readonly string[]): string {
  return names
    .filter((name) => name in fields)
    .map((name) => {
      const value = text(fields[name] ?? '');
      return value === '' ? `<${name} />` : `<${name}>${value}</${name}>`;
    })
    .join('');
}

/** As Python's ElementTree writes text. */
export function text(value: string | number | boolean): string {
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(value: string | number): string {
  return text(value)
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#09;');
}
