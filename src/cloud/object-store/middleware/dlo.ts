import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { concatenation } from '../common/content';
import { isObject, objectPath } from '../common/path';
import { error, SwiftResponse, type Content, type Middleware } from '../common/swob';
import { parseRange, rangesForLength } from '../common/range';
import { fromWsgi, unquote } from '../common/text';
import { LISTING_LIMIT } from '../common/constraints';

/** An object that consists of all whose names begin alike. Modelled on swift/common/middleware/dlo.py. */
export const dlo: Middleware = async (request, next) => {
  if (!isObject(request)) return next(request);
  const { method, headers } = request;
  if (method === 'PUT') {
    const value = headers.get('X-Object-Manifest');
    const fits = value === null || (/^[^/]+\/[^/]/.test(value) && !/[?&]/.test(value));
    if (!fits) return error(400, 'X-Object-Manifest must be in the format container/prefix');
  }
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isRead || request.params.get('multipart-manifest') === 'get') return next(request);
  const response = await next(request);
  const manifest = response.headers.get('X-Object-Manifest');
  if (manifest === null || !response.isSuccess) return response;

  const [container = '', ...rest] = (unquote(fromWsgi(manifest) ?? '') ?? '').split('/');
  const { account } = request.parts;
  const token = headers.get('X-Auth-Token');
  const own: Record<string, string> = token === null ? {} : { 'X-Auth-Token': token };
  const listing: { name: string; bytes: number; hash: string }[] = [];
  for (;;) {
    const page = await next(
      request.sub({
        method: 'GET',
        path: `/v1/${account}/${container}`,
        params: [
          ['prefix', rest.join('/')],
          ['marker', listing.at(-1)?.name ?? ''],
          ['format', 'json'],
        ],
        headers: own,
      }),
    );
    if (!page.isSuccess) return page;
    const entries = page.listing ?? [];
    for (const { name, bytes, hash } of entries)
      if (name !== undefined) listing.push({ name, bytes: bytes ?? 0, hash: hash ?? '' });
    if (entries.length < LISTING_LIMIT) break;
  }

  const segment = async (name: string): Promise<Content> => {
    const found = await next(
      request.sub({ method: 'GET', path: objectPath(account, container, name), headers: own }),
    );
    if (!found.isSuccess) throw new Error(`segment ${name}: ${found.status}`);
    return found.bytes;
  };
  const etag = md5.create();
  for (const { hash } of listing) etag.update(utf8ToBytes(hash));
  const parts = listing.map(({ name, bytes }) => ({ size: bytes, content: () => segment(name) }));
  const content = concatenation(parts);
  const [first] = listing;
  if (method === 'GET' && first !== undefined)
    try {
      await segment(first.name);
    } catch {
      return new SwiftResponse(409);
    }
  const specs = parseRange(headers.get('Range'));
  if (specs?.length === 1 && rangesForLength(specs, content.size).length === 0)
    return new SwiftResponse(416, { 'Accept-Ranges': 'bytes', 'Content-Range': `bytes */${content.size}` });
  // one range at most
  if (specs !== undefined && specs.length > 1) headers.delete('Range');
  response.headers.set('Etag', `"${bytesToHex(etag.digest())}"`);
  response.headers.set('Content-Length', String(content.size));
  response.body = content;
  return response;
};
