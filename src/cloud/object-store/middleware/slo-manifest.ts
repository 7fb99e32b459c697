import { parseRange, rangesForLength } from '../common/range';
import { error, HTTPException, type SwiftRequest } from '../common/swob';
import { parseInteger, quote } from '../common/text';

/** A segment as whoever makes a large object names it. */
export interface WantedSegment {
  data?: string;
  path?: string;
  etag?: string | null;
  size_bytes?: number | null;
  range?: string;
}

/** A segment as the manifest keeps it. */
export interface StoredSegment {
  /** In base64, of a segment that is in the manifest itself. */
  data?: string;
  name?: string;
  bytes?: number;
  hash?: string;
  content_type?: string;
  last_modified?: string;
  /** First and last byte. */
  range?: string;
  /** Is it a large object itself? */
  sub_slo?: boolean;
}

const KEYS = { data: ['data'], path: ['path', 'range', 'etag', 'size_bytes'] } as const;

/** The segments of a manifest. `parse_and_validate_input` of swift/common/middleware/slo.py. @throws HTTPException */
export function parseManifest(text: string, request: SwiftRequest): WantedSegment[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text) as unknown;
  } catch {
    throw new HTTPException(error(400, 'Manifest must be valid JSON.\n'));
  }
  if (!Array.isArray(parsed)) throw new HTTPException(error(400, 'Manifest must be a list.\n'));
  const errors: string[] = [];
  const segments: WantedSegment[] = [];
  for (const [index, entry] of (parsed as unknown[]).entries()) {
    const isLast = index === parsed.length - 1;
    const read = typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry : undefined;
    // any keys at all; each is looked at below
    const problem =
      read === undefined
        ? 'not a JSON object'
        : segmentProblem(read as Record<string, unknown>, isLast, request);
    if (typeof problem === 'string') errors.push(`Index ${index}: ${problem}`);
    else segments.push(problem);
  }
  if (
    parsed.length > 0 &&
    segments.length === parsed.length &&
    segments.every(({ data }) => data !== undefined)
  )
    errors.push('Inline data segments require at least one object-backed segment.');
  if (errors.length > 0)
    throw new HTTPException(
      error(400, errors.map((line) => `${line}\n`).join(''), { 'Content-Type': 'text/plain' }),
    );
  return segments;
}

/** What is wrong with a segment, or the segment. */
function segmentProblem(
  entry: Record<string, unknown>,
  isLast: boolean,
  request: SwiftRequest,
): string | WantedSegment {
  const kind = 'data' in entry ? 'data' : 'path' in entry ? 'path' : undefined;
  if (kind === undefined) return "expected keys to include one of 'data' or 'path'";
  const known: readonly string[] = KEYS[kind];
  const extra = Object.keys(entry).filter((key) => !known.includes(key));
  if (extra.length > 0)
    return `extraneous keys ${extra
      .sort()
      .map((key) => JSON.stringify(key))
      .join(', ')}`;
  if (kind === 'data') {
    const bytes = typeof entry['data'] === 'string' ? decode(entry['data']) : undefined;
    if (bytes === undefined) return 'data must be valid base64';
    if (bytes.length < 1) return 'too small; each segment must be at least 1 byte.';
    return { data: btoa(bytes) };
  }
  const { path, etag, size_bytes: size, range } = entry;
  if (typeof path !== 'string') return '"path" must be a string';
  if (etag !== undefined && etag !== null && typeof etag !== 'string')
    return '"etag" must be a string or null (if provided)';
  if (!path.replace(/^\/+|\/+$/g, '').includes('/'))
    return 'path does not refer to an object. Path must be of the form /container/object.';
  let bytes: number | undefined;
  if (size !== undefined && size !== null) {
    if (typeof size === 'number') bytes = Math.trunc(size);
    else if (typeof size === 'string') bytes = parseInteger(size);
    if (bytes === undefined || !Number.isFinite(bytes)) return 'invalid size_bytes';
    if (bytes < 1 && !isLast) return 'too small; each segment must be at least 1 byte.';
  }
  const { version, account } = request.parts;
  if (quote(`/${version}/${account}/${path.replace(/^\/+/, '')}`) === quote(request.path))
    return 'manifest must not include itself as a segment';
  const segment: WantedSegment = { path, ...(typeof etag === 'string' ? { etag } : {}) };
  if (bytes !== undefined) segment.size_bytes = bytes;
  if (range !== undefined && range !== null && range !== '') {
    const specs = parseRange(`bytes=${typeof range === 'string' ? range : 'x'}`);
    if (specs === undefined) return 'invalid range';
    if (specs.length > 1) return 'multiple ranges (only one allowed)';
    if (bytes !== undefined && rangesForLength(specs, bytes).length !== 1) return 'unsatisfiable range';
    segment.range = String(range);
  }
  return segment;
}

/** `strict_b64decode`: the bytes, one a character. */
export function decode(base64: string): string | undefined {
  try {
    return base64.length % 4 === 0 ? atob(base64) : undefined;
  } catch {
    return undefined;
  }
}
