import { MAX_FILE_SIZE } from '../common/constraints';
import { accountName, containerAndObject, isObject } from '../common/path';
import {
  error,
  HTTPException,
  nothing,
  plainError,
  SwiftResponse,
  type App,
  type Middleware,
  type SwiftRequest,
} from '../common/swob';
import { isTrue, quote } from '../common/text';

const OVERRIDE = 'x-object-sysmeta-container-update-override-';
/** What the new object does not take over from the old one without being asked. */
const NOT_COPIED = ['x-static-large-object', 'x-object-manifest', 'etag', 'content-type', 'x-timestamp'];

/** Copies objects within the cloud: COPY, and PUT with X-Copy-From. Modelled on swift/common/middleware/copy.py. */
export const copy: Middleware = async (request, next) => {
  if (!isObject(request)) return next(request);
  const { method, headers } = request;
  if (method === 'PUT' && (headers.get('X-Copy-From') ?? '') !== '') return put(request, next);
  if (method === 'COPY') return put(asPut(request), next);
  if (method !== 'OPTIONS') return next(request);
  const response = await next(request);
  if (response.isSuccess)
    for (const header of ['Allow', 'Access-Control-Allow-Methods']) {
      const value = response.headers.get(header);
      if (value !== null && !value.includes('COPY')) response.headers.set(header, `${value}, COPY`);
    }
  return response;
};

function asPut(request: SwiftRequest): SwiftRequest {
  const { headers } = request;
  const { version, account, container, object } = request.parts;
  const destination = headers.get('Destination') ?? '';
  if (destination === '') throw new HTTPException(error(412, 'Destination header required'));
  const target = headers.get('Destination-Account');
  const targetAccount = target === null ? account : accountName(target);
  if (target !== null) headers.set('X-Copy-From-Account', quote(account));
  const [targetContainer, targetObject] = containerAndObject(
    destination,
    'Destination header must be of the form <container name>/<object name>',
  );
  request.method = 'PUT';
  request.path = `/${version}/${targetAccount}/${targetContainer}/${targetObject}`;
  request.body = nothing;
  headers.set('Content-Length', '0');
  headers.set('X-Copy-From', quote(`/${container}/${object}`));
  headers.delete('Destination');
  headers.delete('Destination-Account');
  return request;
}

async function put(request: SwiftRequest, next: App): Promise<SwiftResponse> {
  if ((await bodySize(request)) > 0) return plainError(400, 'Copy requests require a zero byte body');
  const { headers } = request;
  const from = headers.get('X-Copy-From-Account');
  const { version, account } = request.parts;
  const sourceAccount = from === null || from === '' ? account : accountName(from);
  const [container, object] = containerAndObject(
    headers.get('X-Copy-From') ?? '',
    'X-Copy-From header must be of the form <container name>/<object name>',
  );

  const manifest = request.params.get('multipart-manifest') === 'get';
  const source = request.copy();
  source.method = 'GET';
  source.path = `/${version}/${sourceAccount}/${container}/${object}`;
  source.body = nothing;
  for (const header of ['Content-Length', 'Content-Type', 'X-Backend-Storage-Policy-Index'])
    source.headers.delete(header);
  if (manifest) source.params.set('format', 'raw');
  const found = await next(source);
  if (found.status >= 300) return found;
  const { bytes } = found;
  if (bytes.size > MAX_FILE_SIZE) return error(413);

  const sink = request.copy();
  const fresh = isTrue(headers.get('X-Fresh-Metadata'));
  for (const [name, value] of found.headers) {
    const isSystem = name.startsWith('x-object-sysmeta-');
    if (fresh ? isSystem : !NOT_COPIED.includes(name) && !request.headers.has(name))
      sink.headers.set(name, value);
  }
  if (manifest) {
    if (found.headers.has('X-Static-Large-Object')) sink.params.set('multipart-manifest', 'put');
    const dynamic = found.headers.get('X-Object-Manifest');
    if (dynamic !== null) {
      sink.params.delete('multipart-manifest');
      sink.headers.set('X-Object-Manifest', dynamic);
    }
  }
  sink.params.delete('version-id');
  sink.body = () => bytes.chunks();
  sink.headers.set('Content-Length', String(bytes.size));
  const isLarge =
    found.headers.has('X-Static-Large-Object') || (found.headers.has('X-Object-Manifest') && !manifest);
  if (found.status === 200 && !isLarge)
    sink.headers.set('Etag', (found.headers.get('Etag') ?? '').replaceAll('"', ''));
  else for (const [name] of [...sink.headers]) if (name.startsWith(OVERRIDE)) sink.headers.delete(name);
  for (const header of ['X-Copy-From', 'X-Copy-From-Account', 'Range', 'If-Match', 'If-Modified-Since'])
    sink.headers.delete(header);
  if ((headers.get('Content-Type') ?? '') === '')
    sink.headers.set('Content-Type', found.headers.get('Content-Type') ?? '');

  const extra = new Headers();
  for (const [name, value] of sink.headers)
    if (/^x-object-(meta|sysmeta)-./.test(name) || name === 'x-delete-at') extra.set(name, value);
  extra.set('X-Copied-From-Account', quote(sourceAccount));
  extra.set('X-Copied-From', quote(`${container}/${object}`));
  const modified = found.headers.get('Last-Modified');
  if (modified !== null) extra.set('X-Copied-From-Last-Modified', modified);
  const versionId = found.headers.get('X-Object-Version-Id');
  if (versionId !== null) extra.set('X-Copied-From-Version-Id', versionId);
  const response = await next(sink);
  if (response.isSuccess) for (const [name, value] of extra) response.headers.set(name, value);
  return response;
}

/** How long the body is, or whether there is one where nobody said: within a page nobody does. */
async function bodySize({ contentLength, headers, body }: SwiftRequest): Promise<number> {
  if (contentLength !== undefined || headers.has('Host')) return contentLength ?? 0;
  for await (const { length } of body()) if (length > 0) return length;
  return 0;
}
