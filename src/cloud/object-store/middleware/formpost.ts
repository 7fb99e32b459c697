import { hmac } from '@noble/hashes/hmac.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Store } from '../backend/store';
import { titled } from '../common/constraints';
import { MimeInvalid, parseDisposition, readParts, type Part } from '../common/multipart';
import {
  error,
  plainError,
  statusLine,
  SwiftResponse,
  type App,
  type Middleware,
  type SwiftRequest,
} from '../common/swob';
import { equalInConstantTime, parseInteger, quote, toWsgi } from '../common/text';
import { responseOf } from './bulk';
import { unauthorized } from './keystoneauth';
import { DIGESTS, keysOf, readSignature } from './tempurl';

/** Of a field; what comes after it does not count. */
const MAX_VALUE_LENGTH = 4096;

class FormInvalid extends Error {}
class FormUnauthorized extends Error {}

/** Takes what a signed form on some web page sends. Modelled on swift/common/middleware/formpost.py. */
export function formpost(store: Store): Middleware {
  return async (request, next) => {
    const { value, attributes } = parseDisposition(request.headers.get('Content-Type') ?? '');
    const boundary = attributes.get('boundary');
    if (request.method !== 'POST' || value !== 'multipart/form-data' || boundary === undefined)
      return next(request);
    try {
      return await translateForm(request, boundary, store, next);
    } catch (problem) {
      if (problem instanceof MimeInvalid) return plainError(400, 'FormPost: invalid starting boundary');
      if (problem instanceof FormInvalid) return plainError(400, `FormPost: ${problem.message}`);
      if (problem instanceof FormUnauthorized)
        return unauthorized(request, `FormPost: ${titled(problem.message)}`);
      throw problem;
    }
  };
}

async function translateForm(
  request: SwiftRequest,
  boundary: string,
  store: Store,
  next: App,
): Promise<SwiftResponse> {
  const fields = new Map<string, string>();
  let answer: SwiftResponse | undefined;
  let message = 'no files to process';
  let files = 0;
  for await (const part of readParts(request.body(), boundary)) {
    const { value, attributes } = parseDisposition(part.headers.get('content-disposition') ?? '');
    const filename = attributes.get('filename') ?? '';
    if (value === 'form-data' && filename !== '') {
      files += 1;
      if (files > integer(fields, 'max_file_count')) {
        [answer, message] = [undefined, 'max file count exceeded'];
        break;
      }
      answer = await upload(request, part, { fields, filename, store, next });
      if (!answer.isSuccess) break;
    } else {
      const name = attributes.get('name');
      const text = await readValue(part);
      if (name !== undefined) fields.set(name.toLowerCase(), text);
    }
  }
  return report(answer, message, fields.get('redirect') ?? '');
}

/** What the form's page hears, there or where it wants to go on. */
function report(answer: SwiftResponse | undefined, message: string, redirect: string): SwiftResponse {
  const status = answer?.status ?? 400;
  const said = answer === undefined ? message : '';
  let response: SwiftResponse;
  if (redirect === '') {
    const text = statusLine(status) + (said === '' ? '' : `\r\nFormPost: ${titled(said)}`);
    // why an upload failed, the form's page does not hear
    response = plainError(status, text);
  } else {
    const location = `${redirect}${redirect.includes('?') ? '&' : '?'}status=${status}&message=${quote(said)}`;
    const page = `<html><body><p><a href="${location}">Click to continue...</a></p></body></html>`;
    response = error(303, page, { Location: toWsgi(location).replace(/[\r\n\0]/g, ' ') });
    response.headers.delete('Content-Type');
  }
  for (const [name, value] of answer?.headers ?? [])
    if (name.startsWith('access-control')) response.headers.set(name, value);
  return response;
}

/** @throws FormInvalid */
function integer(fields: Map<string, string>, name: string, problem = `${name} not an integer`): number {
  const value = parseInteger(fields.get(name) || '0');
  if (value === undefined) throw new FormInvalid(problem);
  return value;
}

interface File {
  fields: Map<string, string>;
  filename: string;
  store: Store;
  next: App;
}

/** Makes an object of a file, as whoever signed the form. @throws FormInvalid @throws FormUnauthorized */
async function upload(
  request: SwiftRequest,
  part: Part,
  { fields, filename, store, next }: File,
): Promise<SwiftResponse> {
  const { version, account, container } = request.parts;
  const isContainer = /^v1(\.0)?$/.test(version) && account !== '' && container !== '';
  const keys = isContainer ? keysOf(store, account, container) : [];
  if (keys.length === 0) throw new FormUnauthorized('invalid signature');
  const most = integer(fields, 'max_file_size');
  const headers = new Headers({ 'Transfer-Encoding': 'chunked' });
  for (const [name, unit] of [
    ['x_delete_at', 'Unix timestamp'],
    ['x_delete_after', 'Number of seconds'],
  ] as const)
    if (fields.has(name)) {
      const problem = `${name} not an integer: ${unit} required.`;
      const seconds = parseInteger(fields.get(name) ?? '');
      if (seconds === undefined) throw new FormInvalid(problem);
      headers.set(name.replaceAll('_', '-'), String(seconds));
    }
  const type = fields.get('content-type') ?? part.headers.get('content-type');
  if (type !== undefined) headers.set('Content-Type', headerValue(type) || 'application/octet-stream');
  const encoding = fields.get('content-encoding') ?? part.headers.get('content-encoding');
  if (encoding !== undefined) headers.set('Content-Encoding', headerValue(encoding));
  const origin = request.headers.get('Origin');
  if (origin !== null) headers.set('Origin', origin);
  if (integer(fields, 'expires', 'expired not an integer') < store.seconds)
    throw new FormUnauthorized('form expired');
  if (!isSigned(request.path, fields, keys)) throw new FormUnauthorized('invalid signature');

  const { path } = request;
  const folder = !path.endsWith('/') && path.split('/').length < 5 ? `${path}/` : path;
  const put = request.sub({
    method: 'PUT',
    path: folder + filename,
    headers,
    preAuthed: true,
    body: () => capped(part.body, most),
  });
  return next(put).catch(responseOf);
}

function isSigned(path: string, fields: Map<string, string>, keys: readonly { key: string }[]): boolean {
  const signature = readSignature(fields.get('signature') ?? '');
  if (signature === undefined) return false;
  const limits = ['max_file_size', 'max_file_count', 'expires'].map((name) => fields.get(name) || '0');
  const message = utf8ToBytes([path, fields.get('redirect') ?? '', ...limits].join('\n'));
  const digest = DIGESTS[signature.digest];
  return keys
    .map(({ key }) => equalInConstantTime(signature.hex, bytesToHex(hmac(digest, utf8ToBytes(key), message))))
    .includes(true);
}

function headerValue(text: string): string {
  return toWsgi(text).replace(/[\r\n\0]/g, ' ');
}

async function* capped(
  body: AsyncIterable<Uint8Array<ArrayBuffer>>,
  most: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) throw new FormInvalid('max_file_size exceeded');
    yield chunk;
  }
}

async function readValue({ body }: Part): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let left = MAX_VALUE_LENGTH;
  for await (const chunk of body) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= Math.min(left, chunk.length);
  }
  return (text + decoder.decode()).replace(/[\r\n-]+$/, '');
}
