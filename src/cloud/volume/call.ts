import type { IdSource } from '../ids';
import type { Glance } from './glance';
import type { RequestContext } from './policy';
import type { VolumeRepository } from './repository';
import type { Views } from './views';

export { empty, json } from '../http/answers';

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

/** A part of the path. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}
