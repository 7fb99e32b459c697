import type { Clock } from '../clock';
import type { IdSource } from '../ids';
import { allows, enforce, type RequestContext, type Rule, type Target } from './policy';
import type { Nova } from './nova';
import type { Schema } from './validation';

/** The newest microversion: nova 31 (2025.1). Versions here are the number after the dot of `2.N`. */
export const MAX_VERSION = 100;

/** One request, read as far as nova's wsgi layer reads it: nova/api/openstack/wsgi.py `Request`. */
export class NovaRequest {
  constructor(
    readonly context: RequestContext,
    /** The N of microversion 2.N. */
    readonly version: number,
    readonly url: URL,
    readonly params: Readonly<Record<string, string>>,
    readonly query: URLSearchParams,
    readonly body: unknown,
  ) {}

  /** Whether the request's microversion lies in a range. */
  supports(since: number, until = MAX_VERSION): boolean {
    return this.version >= since && this.version <= until;
  }

  param(name: string): string {
    return this.params[name] ?? '';
  }

  /** @throws {@link NovaError} 403. */
  enforce(rule: Rule, action: string, target: Target = {}): void {
    enforce(rule, action, this.context, target);
  }

  allows(rule: Rule, target: Target = {}): boolean {
    return allows(rule, this.context, target);
  }

  /** The member of a body that the schema has seen. */
  member(name: string): Record<string, unknown> {
    // the schema has said that it is a dict
    return (this.body as Record<string, Record<string, unknown>>)[name] ?? {};
  }
}

/** An answer with a status or headers of its own. */
export class NovaAnswer {
  constructor(
    readonly body: object | null,
    readonly options: { status?: number; headers?: Record<string, string> } = {},
  ) {}
}

export type Result = object | NovaAnswer | null | undefined | void;

/** What a method on a path does. */
export interface Endpoint {
  /** The first and last microversion that know it; for others it is a 404. */
  since?: number;
  until?: number;
  /** 200 unless said otherwise. */
  status?: number | ((version: number) => number);
  /** The schema of the body, by microversion. */
  body?: Schema | ((version: number) => Schema);
  /** The schema of the query, by microversion. */
  query?: Schema | ((version: number) => Schema);
  handle(request: NovaRequest): Result | Promise<Result>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the parts of the Compute API work with. */
export interface ComputeApi {
  nova: Nova;
  clock: Clock;
  ids: IdSource;
  /** Without a version: `https://openstack.example/compute`. */
  url: string;
  /** Says what each method does on a path such as `/servers/{id}`; all other methods are a 404. */
  route(path: string, methods: Partial<Record<Method, Endpoint | Endpoint[]>>): void;
  /** One of the things that a POST to `{path}/action` can ask for. */
  action(path: string, name: string, endpoint: Endpoint | Endpoint[]): void;
}

/** The `self` and `bookmark` links of a thing: nova/api/openstack/common.py `ViewBuilder._get_links`. */
export function linksOf(api: ComputeApi, collection: string, id: string): { rel: string; href: string }[] {
  return [
    { rel: 'self', href: `${api.url}/v2.1/${collection}/${id}` },
    { rel: 'bookmark', href: bookmark(api, collection, id) },
  ];
}

export function bookmark(api: ComputeApi, collection: string, id: string): string {
  return `${api.url}/${collection}/${id}`;
}
