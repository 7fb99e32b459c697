import { repr } from '../../python/repr';
import { badRequest, invalidInput } from './errors';
import { pythonDict } from '../volume/list';

/** manila's default `osapi_max_limit`. */
const MAX_LIMIT = 1000;

export type Field = string | number | boolean | null;
export type Sortable<T> = Readonly<Record<string, (item: T) => Field>>;

export interface Sort {
  key: string;
  /** 1 for the smallest first. */
  direction: number;
}

/** `get_sort_params`: newest first unless asked otherwise; every direction but `desc` is upwards. */
export function sortParams(query: URLSearchParams, aliases: Readonly<Record<string, string>> = {}): Sort {
  const key = query.get('sort_key') ?? 'created_at';
  return { key: aliases[key] ?? key, direction: query.get('sort_dir') === 'asc' ? 1 : -1 };
}

/** `_validate_pagination_query`. @throws {@link ManilaError} 400. */
export function pagination(query: URLSearchParams): { limit: number; offset: number } {
  return { offset: count(query, 'offset', 0), limit: count(query, 'limit', MAX_LIMIT) };
}

function count(query: URLSearchParams, name: string, standard: number): number {
  const text = query.get(name);
  if (text === null) return standard;
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw badRequest(`${name} param must be an integer`);
  if (Number(text) < 0) throw badRequest(`${name} param must be positive`);
  return Number(text);
}

/** What a schema for queries says of numbers that are none. @throws {@link ManilaError} 400. */
export function invalidQuery(query: URLSearchParams, names: readonly string[]): void {
  for (const name of names) {
    for (const text of query.getAll(name)) {
      if (/^[0-9]*$/.test(text)) continue;
      throw badRequest(
        `Invalid input for query parameters ${name}. Value: ${text}. ${repr(text)} does not match '^[0-9]*$'`,
      );
    }
  }
}

/** A time to compare with those of the database. @throws {@link ManilaError} 400. */
export function timeParam(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const time = Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(time)) throw badRequest(`Invalid value specified for the query key: ${name}`);
  return new Date(time).toISOString().replace(/Z$/, '000');
}

/** A sorted list, cut as the query asks. @throws {@link ManilaError} 400 for a key that nothing is sorted by. */
export function page<T extends { id: string }>(
  query: URLSearchParams,
  items: readonly T[],
  sort: Sort,
  sortable: Sortable<T>,
  { offsetNeedsLimit = false } = {},
): T[] {
  const asked = pagination(query);
  const { limit } = asked;
  const offset = offsetNeedsLimit && !query.has('limit') ? 0 : asked.offset;
  const value = Object.hasOwn(sortable, sort.key) ? sortable[sort.key] : undefined;
  if (value === undefined) throw invalidInput(`Wrong sorting keys provided - '${sort.key}'.`);
  // what came last stands last among equals, in both directions; but no two are of the same time
  const ordered = sort.key === 'created_at' && sort.direction < 0 ? items.toReversed() : [...items];
  const sorted = ordered.sort((a, b) => sort.direction * compare(value(a), value(b)));
  return sorted.slice(offset, offset + (limit === 0 ? MAX_LIMIT : limit));
}

function compare(a: Field, b: Field): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

/** `ast.literal_eval` of a dictionary in a query. @throws {@link ManilaError} 400, in the service's words. */
export function dictParam(query: URLSearchParams, name: string, wrong: string): [string, string][] {
  const text = query.get(name);
  if (text === null) return [];
  const pairs = pythonDict(text);
  if (pairs === undefined) throw badRequest(wrong);
  return pairs;
}

/** Whether metadata have all of some pairs. */
export function hasAll(
  metadata: Readonly<Record<string, string>>,
  pairs: readonly (readonly [string, string])[],
): boolean {
  return pairs.every(([key, value]) => metadata[key] === value);
}
