import type { IdSource } from '../ids';
import type { RequestContext } from './policy';
import type { ShareRepository } from './repository';
import type { Views } from './views';

export { empty, json } from '../http/answers';

/** A JSON object of a request. */
export type Json = Record<string, unknown>;

/** One request, read. */
export interface Call {
  context: RequestContext;
  /** What stands in the path for `:id` and the like. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The JSON that came; undefined without any. */
  body: unknown;
}

export type Handler = (call: Call) => Response | Promise<Response>;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Which versions of the API have something: the first and the last 2.N. */
export type Versions = readonly [since: number, until?: number];

/** What the parts of the Shared File Systems API work with. */
export interface ShareApi {
  repository: ShareRepository;
  views: Views;
  ids: IdSource;
  /** Says what each method does on a path; all others are a 404. */
  route(path: string, handlers: Partial<Record<Method, Handler>>, versions?: Versions): void;
}

/** A part of the path. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** `is_valid_body`: the object under a name; undefined when there is none. */
export function member(body: unknown, name: string): Json | undefined {
  const value = isObject(body) && Object.hasOwn(body, name) ? body[name] : undefined;
  return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
