import { dumps } from '../http/python-json';
import { textResponse } from '../http/webob';
import type { IdSource } from '../ids';
import type { Glance } from './glance';
import type { RequestContext } from './policy';
import type { VolumeRepository } from './repository';
import type { Views } from './views';

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

/** What the parts of the Volume API work with. */
export interface VolumeApi {
  repository: VolumeRepository;
  views: Views;
  ids: IdSource;
  glance: Glance;
  /** Says what each method does on a path; all others are a 404. @param since the first 3.N that has it. */
  route(path: string, handlers: Partial<Record<Method, Handler>>, since?: number): void;
}

/** A JSON answer. */
export function json(body: unknown, status = 200): Response {
  return textResponse(dumps(body), status, new Headers({ 'Content-Type': 'application/json' }));
}

/** An answer without a body, as webob gives it. */
export function empty(status: number): Response {
  if (status === 204) return new Response(null, { status });
  return textResponse('', status, new Headers({ 'Content-Type': 'text/html; charset=UTF-8' }));
}

/** A part of the path. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}
