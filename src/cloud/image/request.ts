import { HTTPError } from '../http/webob';

/** Reads a JSON body as Glance does. Modelled on `JSONRequestDeserializer` of `glance/common/wsgi.py`. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text === '') throw new HTTPError(400, 'Body expected in request.');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new HTTPError(400, 'Malformed JSON in request body.');
  }
  if (body === null || typeof body !== 'object')
    throw new HTTPError(400, 'Unexpected body type. Expected list/dict.');
  return body;
}

/** For requests that must come without a body. */
export async function rejectBody(request: Request): Promise<void> {
  if (request.body !== null && (await readText(request)) !== '') {
    throw new HTTPError(400, 'A body is not expected with this request.');
  }
}

/** The body as text; bytes that are no UTF-8 are malformed JSON as well. */
async function readText(request: Request): Promise<string> {
  let bytes: ArrayBuffer;
  try {
    bytes = await request.arrayBuffer();
  } catch {
    throw new HTTPError(400, 'The request body could not be read.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HTTPError(400, 'Malformed JSON in request body.');
  }
}

/** The media type of a Content-Type header, without its parameters. */
export function mediaType(request: Request): string {
  return (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim() ?? '';
}
