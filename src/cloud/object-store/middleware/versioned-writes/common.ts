import { error, HTTPException, type App, type SwiftRequest, type SwiftResponse } from '../../common/swob';

/** What stands in for an object that was deleted. */
export const DELETE_MARKER = 'application/x-deleted;swift_versions_deleted=1';

/** Headers that a version takes over from the object it was. */
export function copiedHeaders(headers: Headers): Headers {
  const copied = new Headers();
  for (const [name, value] of headers)
    if (
      /^x-object-(meta|sysmeta|transient-sysmeta)-/.test(name) ||
      ['content-type', 'etag', 'content-encoding', 'content-disposition', 'x-delete-at', 'x-object-manifest',
       'x-static-large-object', 'cache-control', 'content-language', 'expires', 'x-robots-tag'].includes(name) // prettier-ignore
    )
      copied.set(name, value);
  return copied;
}

/** Puts what was found somewhere else, with all it is. */
export async function putAgain(
  request: SwiftRequest,
  next: App,
  path: string,
  source: SwiftResponse,
): Promise<SwiftResponse> {
  const { bytes } = source;
  const headers = copiedHeaders(source.headers);
  headers.set('Content-Length', String(bytes.size));
  const size = headers.get('x-object-sysmeta-slo-size');
  const put = request.sub({ method: 'PUT', path, headers, body: () => bytes.chunks(), preAuthed: true });
  put.env.allowReserved = true;
  if (size !== null) {
    headers.set('Content-Type', `${headers.get('Content-Type') ?? ''}; swift_bytes=${size}`);
    put.headers = headers;
    put.env.contentTypeOverridden = true;
  }
  return next(put);
}

/** A request that nobody is asked about, to names that users may not use. */
export function hidden(
  request: SwiftRequest,
  method: string,
  path: string,
  more: { params?: [string, string][]; headers?: Record<string, string> } = {},
): SwiftRequest {
  const made = request.sub({ method, path, preAuthed: true, ...more });
  made.env.allowReserved = true;
  return made;
}

/** May she write here? @throws HTTPException */
export function mustWrite(request: SwiftRequest, acl: string | undefined): void {
  request.acl = acl;
  const no = request.env.authorize?.(request);
  if (no !== undefined) throw new HTTPException(no);
}

export function fail(status: number, text?: string): never {
  throw new HTTPException(error(status, text));
}
