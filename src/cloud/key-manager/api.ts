import type { Clock } from '../clock';
import { dumps } from '../http/python-json';
import { textResponse } from '../http/webob';
import type { IdSource } from '../ids';
import { BarbicanHTTPException, HTTPError, notAllowed } from './errors';
import type { Policy, RequestContext } from './policy';
import type { KeyManagerState, SecretRecord } from './state';

/** `max_allowed_request_size_in_bytes`: the rest of a body is not read. */
const MAX_REQUEST_BYTES = 25000;

/** What the parts of the Key Manager API work with. */
export interface KeyManagerApi {
  state: KeyManagerState;
  clock: Clock;
  ids: IdSource;
  /** In front of `/secrets` and the like, in every reference. */
  url: string;
}

/** One request. */
export interface Call {
  api: KeyManagerApi;
  request: Request;
  context: RequestContext;
  policy: Policy;
  query: URLSearchParams;
  /** The N of the microversion 1.N. */
  minor: number;
}

/** What a method does on a path. */
export interface Method {
  /** Names it in errors, such as `Secret creation`. */
  operation: string;
  allowed: boolean;
  /** The types that a body may have. */
  contentTypes?: readonly string[];
  run(): unknown;
}

export const JSON_BODY: readonly string[] = ['application/json'];

/**
 * Answers with what a method's `run` gives: a Response, or anything else as JSON. Modelled on the decorators of
 * barbican/api/controllers/__init__.py.
 *
 * @param asText whether the path answers other methods with 405 whatever the client accepts.
 */
export async function respond(
  call: Call,
  methods: Readonly<Partial<Record<string, () => Method>>>,
  asText = false,
): Promise<Response> {
  const { request } = call;
  const method = methods[request.method]?.();
  if (method === undefined) {
    const json = request.headers.get('Accept') === 'application/json';
    throw json && !asText ? new HTTPError(406, null) : new HTTPError(405);
  }
  const { operation, allowed, contentTypes } = method;
  if (!allowed) throw notAllowed(operation);
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim() ?? '';
  if (contentTypes?.includes(type) === false) {
    const expected = contentTypes.map((one) => `'${one}'`).join(', ');
    throw new HTTPError(415, `Unexpected content type. Expected content types are: [${expected}]`);
  }
  try {
    const answer = await method.run();
    return answer instanceof Response ? answer : json(answer);
  } catch (error) {
    throw error instanceof BarbicanHTTPException ? error.during(operation) : error;
  }
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return textResponse(dumps(body), status, new Headers({ 'Content-Type': 'application/json', ...headers }));
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** The JSON of a request, its texts without spaces around them: `load_body` of barbican/api/__init__.py. */
export async function loadBody(call: Call): Promise<unknown> {
  const bytes = new Uint8Array(await call.request.arrayBuffer()).subarray(0, MAX_REQUEST_BYTES);
  try {
    return stripWhitespace(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw new HTTPError(400, 'Malformed JSON');
  }
}

function stripWhitespace(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => stripMember(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, stripMember(member)]));
}

function stripMember(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : stripWhitespace(value);
}

/** A time as the database keeps and shows it. */
export function timestamp(time: Date): string {
  return time.toISOString().slice(0, 19);
}

export function now(api: KeyManagerApi): string {
  return timestamp(api.clock.now());
}

/** A version 4 UUID as barbican writes them: `validate_id_is_uuid`. */
export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id);
}

/** Whether nobody sees it any more, as its time is over. */
export function isExpired({ expiration }: SecretRecord, api: KeyManagerApi): boolean {
  return expiration !== null && expiration <= now(api);
}

/** The secrets that are to be seen. */
export function liveSecrets(api: KeyManagerApi): SecretRecord[] {
  return api.state.secrets.filter((secret) => !isExpired(secret, api));
}

/** The last part of a reference. */
export function idInRef(ref: string): string {
  return ref.replace(/\/$/, '').split('/').at(-1) ?? '';
}

/** SQL's LIKE, which does not look at case. */
export function like(text: string | null, pattern: string): boolean {
  if (text === null) return false;
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'is').test(text);
}

/** One page of a list, with the way to its neighbours: `add_nav_hrefs` of barbican/common/hrefs.py. */
export function paged<T>(
  call: Call,
  path: string,
  key: string,
  all: readonly T[],
  view: (item: T) => object,
) {
  const { query, api } = call;
  const offset = Math.max(0, whole(query.get('offset'), 0));
  const limit = Math.min(100, Math.max(1, whole(query.get('limit'), 10)));
  const items = all.slice(offset, offset + limit).map(view);
  const href = (at: number): string => `${api.url}/${path}?limit=${limit}&offset=${at}`;
  if (items.length === 0) return { [key]: [], total: all.length };
  return {
    [key]: items,
    ...(offset > 0 && { previous: href(Math.max(0, offset - limit)) }),
    ...(all.length > offset + limit && { next: href(offset + limit) }),
    total: all.length,
  };
}

function whole(text: string | null, fallback: number): number {
  return text !== null && /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : fallback;
}
