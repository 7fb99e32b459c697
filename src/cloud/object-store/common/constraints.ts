import { fromWsgi, isTrue, parseInteger } from './text';
import { error, HTTPException, plainError, type SwiftRequest, type SwiftResponse } from './swob';
import { UNITS } from './timestamp';

/** 5 GiB and two bytes. */
export const MAX_FILE_SIZE = 5368709122;
export const MAX_META_NAME_LENGTH = 128;
export const MAX_META_VALUE_LENGTH = 256;
export const MAX_META_COUNT = 90;
export const MAX_META_OVERALL_SIZE = 4096;
export const MAX_HEADER_SIZE = 8192;
/** Names are measured in characters, whatever their bytes. */
export const MAX_OBJECT_NAME_LENGTH = 1024;
export const MAX_CONTAINER_NAME_LENGTH = 256;
export const MAX_ACCOUNT_NAME_LENGTH = 256;
export const LISTING_LIMIT = 10_000;

export type EntityType = 'account' | 'container' | 'object';

/** Is a text of headers good? `check_metadata` of swift/common/constraints.py. */
export function checkMetadata(request: SwiftRequest, type: EntityType): SwiftResponse | undefined {
  const prefix = `x-${type}-meta-`;
  let count = 0;
  let size = 0;
  for (const [header, value] of request.headers) {
    if (value.length > MAX_HEADER_SIZE)
      return plainError(400, `Header value too long: ${titled(header.slice(0, MAX_META_NAME_LENGTH))}`);
    if (!header.startsWith(prefix)) continue;
    const name = titled(header).slice(prefix.length);
    if (name === '') return plainError(400, 'Metadata name cannot be empty');
    if (type !== 'object' && value !== '' && !isUtf8(value))
      return plainError(400, 'Metadata must be valid UTF-8');
    count += 1;
    size += name.length + value.length;
    if (name.length > MAX_META_NAME_LENGTH)
      return plainError(400, `Metadata name too long: ${prefix}${name}`);
    if (value.length > MAX_META_VALUE_LENGTH)
      return plainError(400, `Metadata value longer than ${MAX_META_VALUE_LENGTH}: ${prefix}${name}`);
    if (count > MAX_META_COUNT) return plainError(400, `Too many metadata items; max ${MAX_META_COUNT}`);
    if (size > MAX_META_OVERALL_SIZE)
      return plainError(400, `Total metadata too large; max ${MAX_META_OVERALL_SIZE}`);
  }
  return undefined;
}

/** As Python's `str.title` writes a header's name. */
export function titled(header: string): string {
  return header.replace(/[a-z]+/gi, (word) => (word[0]?.toUpperCase() ?? '') + word.slice(1).toLowerCase());
}

/** Neither broken UTF-8 nor NUL. `check_utf8`. */
export function isUtf8(value: string): boolean {
  const text = fromWsgi(value);
  return text !== undefined && text !== '' && !text.includes('\0');
}

/** `check_object_creation` of swift/common/constraints.py, and `check_content_type` of swift/proxy/controllers/obj.py. */
export function checkObjectCreation(request: SwiftRequest, name: string): SwiftResponse | undefined {
  const { headers } = request;
  // only what came over a network has a host; in here a body's length need not be said
  if (headers.has('Host') && !headers.has('Content-Length') && !headers.has('Transfer-Encoding'))
    return plainError(411, 'Missing Content-Length header.');
  if ((request.contentLength ?? 0) > MAX_FILE_SIZE) return plainError(413, 'Your request is too large.');
  const length = [...name].length;
  if (length > MAX_OBJECT_NAME_LENGTH)
    return plainError(400, `Object name length of ${length} longer than ${MAX_OBJECT_NAME_LENGTH}`);
  const type = headers.get('Content-Type') ?? '';
  if (!isUtf8(type)) return plainError(400, 'Invalid Content-Type');
  const problem = checkMetadata(request, 'object');
  if (problem !== undefined || request.env.contentTypeOverridden) return problem;
  const parameters = type.split(';').slice(1);
  if (parameters.some((parameter) => parameter.trimStart().startsWith('swift_')))
    return error(400, 'Invalid Content-Type, swift_* is not a valid parameter name.');
  return undefined;
}

/**
 * Turns X-Delete-After into X-Delete-At, and checks both. `check_delete_headers` of swift/common/constraints.py.
 *
 * @param now in units of a {@link UNITS}th of a second.
 * @throws {@link HTTPException}
 */
export function checkDeleteHeaders({ headers }: SwiftRequest, now: number): void {
  const after = headers.get('X-Delete-After');
  if (after !== null) {
    const seconds = parseInteger(after);
    if (seconds === undefined) throw new HTTPException(plainError(400, 'Non-integer X-Delete-After'));
    const at = normalizeDeleteAt(Math.floor(now / UNITS + seconds));
    if (at * UNITS <= now) throw new HTTPException(plainError(400, 'X-Delete-After in past'));
    headers.set('X-Delete-At', String(at));
    headers.delete('X-Delete-After');
  }
  const header = headers.get('X-Delete-At');
  if (header === null) return;
  const given = parseInteger(header);
  if (given === undefined) throw new HTTPException(plainError(400, 'Non-integer X-Delete-At'));
  const at = normalizeDeleteAt(given);
  if (at * UNITS <= now && !isTrue(headers.get('X-Backend-Replication')))
    throw new HTTPException(plainError(400, 'X-Delete-At in past'));
  headers.set('X-Delete-At', String(at).padStart(10, '0'));
}

/** No more than ten digits. */
function normalizeDeleteAt(seconds: number): number {
  return Math.min(Math.max(0, seconds), 9_999_999_999);
}
