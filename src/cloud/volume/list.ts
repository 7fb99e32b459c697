import { badRequest, invalidInput } from './errors';
import type { RequestContext } from './policy';
import { boolFromString } from './validation';

/** cinder's default `osapi_max_limit`. */
const MAX_LIMIT = 1000;
const MAX_INT = 2147483647;

type Field = string | number | boolean | null;

/** How a collection is listed. */
export interface Listing<T> {
  items: readonly T[];
  /** The fields that one may sort by, as the database calls them. */
  sortable: Readonly<Record<string, (item: T) => Field>>;
  /** The parameters that count, and what they ask for. All others are left out of account. */
  filters: Readonly<Record<string, (item: T, value: string) => boolean>>;
  /** The one with the marker's id, or an error: the marker may be among those that the filters leave out. */
  marker: (id: string) => T;
  /** The URL without a query, for the link to the next page. */
  url: string;
}

/** A page of a list, and the link to the next page where there may be one. */
export interface Page<T> {
  items: T[];
  next: string | undefined;
  /** How many there are without paging. */
  count: number;
}

/**
 * Filters, sorts and cuts a list as the query asks. Modelled on `get_pagination_params` and `get_sort_params` of
 * cinder/api/common.py and the database's pagination.
 *
 * @throws {@link CinderError} 400 for a limit, offset or sort key that makes no sense.
 */
export function listPage<T extends { id: string }>(query: URLSearchParams, listing: Listing<T>): Page<T> {
  const value = (name: string): string | undefined => query.getAll(name).at(-1);
  const sorts = sortParams(query);
  if (sorts.some(({ key }) => !Object.hasOwn(listing.sortable, key))) throw invalidInput('Invalid sort key');
  const limit = limitParam(value('limit'));
  const offset = integer(value('offset') ?? '0', 'offset');

  let found = listing.items.filter((item) =>
    Object.entries(listing.filters).every(([name, matches]) => {
      const wanted = value(name);
      return wanted === undefined || matches(item, wanted);
    }),
  );
  found = sorted(found, sorts, listing.sortable);
  const count = found.length;
  const marker = value('marker');
  if (marker !== undefined) {
    const { id } = listing.marker(marker);
    const at = found.findIndex((item) => item.id === id);
    found =
      at < 0 ? afterMissing(found, listing.marker(marker), sorts, listing.sortable) : found.slice(at + 1);
  }
  const items = found.slice(offset, offset + limit);
  const last = items.at(-1);
  const next =
    last !== undefined && limit <= items.length ? nextLink(listing.url, query, last.id) : undefined;
  return { items, next, count };
}

interface Sort {
  key: string;
  direction: number;
}

function sortParams(query: URLSearchParams): Sort[] {
  const sort = query.get('sort');
  if (sort !== null && (query.has('sort_key') || query.has('sort_dir'))) {
    throw badRequest(
      "The 'sort_key' and 'sort_dir' parameters are deprecated and cannot be used with the 'sort' parameter.",
    );
  }
  const words =
    sort === null
      ? [[query.get('sort_key') ?? 'created_at', query.get('sort_dir') ?? 'desc']]
      : sort
          .trim()
          .split(',')
          .map((word) => [word.split(':')[0], word.split(':').slice(1).join(':') || 'desc']);
  return words.map(([key = '', direction = '']) => {
    if (!['asc', 'desc'].includes(direction.trim()))
      throw invalidInput("Unknown sort direction, must be 'desc' or 'asc'.");
    return { key: key.trim(), direction: direction.trim() === 'asc' ? 1 : -1 };
  });
}

function sorted<T extends { id: string }>(
  items: T[],
  sorts: readonly Sort[],
  sortable: Listing<T>['sortable'],
): T[] {
  return items.sort((a, b) => compare(a, b, sorts, sortable));
}

function compare<T extends { id: string }>(
  a: T,
  b: T,
  sorts: readonly Sort[],
  sortable: Listing<T>['sortable'],
): number {
  for (const { key, direction } of sorts) {
    const order = compareFields(sortable[key]?.(a) ?? null, sortable[key]?.(b) ?? null);
    if (order !== 0) return direction * order;
  }
  // the database has the id as the last key, in the direction of the first
  return (sorts[0]?.direction ?? -1) * compareFields(a.id, b.id);
}

function compareFields(a: Field, b: Field): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

function afterMissing<T extends { id: string }>(
  items: T[],
  marker: T,
  sorts: readonly Sort[],
  sortable: Listing<T>['sortable'],
): T[] {
  return items.filter((item) => compare(item, marker, sorts, sortable) > 0);
}

function limitParam(text: string | undefined): number {
  if (text === undefined) return MAX_LIMIT;
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw badRequest('limit param must be an integer');
  if (Number(text) < 0) throw badRequest('limit param must be positive');
  return Math.min(Number(text), MAX_LIMIT);
}

/** `api_utils.validate_integer` between 0, or another least value, and the database's greatest. */
export function integer(value: unknown, name: string, least = 0): number {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw badRequest(`${name} must be an integer`);
  if (Number(text) < least) throw badRequest(`${name} must be >= ${least}`);
  if (Number(text) > MAX_INT) throw badRequest(`${name} must be <= ${MAX_INT}`);
  return Number(text);
}

function nextLink(url: string, query: URLSearchParams, marker: string): string {
  const params = new URLSearchParams(query);
  params.delete('marker');
  params.append('marker', marker);
  return `${url}?${params.toString()}`;
}

/** Whose things are listed: one's own, or for an administrator who asks for it everybody's. */
export function inScope(context: RequestContext, query: URLSearchParams, projectId: string): boolean {
  const all = context.isAdmin && boolFromString(query.get('all_tenants'));
  return all || projectId === context.projectId;
}

/** What a query holds against the metadata of a thing: a Python dictionary. Anything else matches nothing. */
export function matchesMetadata(metadata: Readonly<Record<string, string>>, wanted: string): boolean {
  const pairs = pythonDict(wanted);
  return pairs !== undefined && pairs.every(([key, value]) => metadata[key] === value);
}

/** `ast.literal_eval` of a flat dictionary of texts; undefined for everything else. */
export function pythonDict(text: string): [string, string][] | undefined {
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (body === undefined) return undefined;
  const pair = /\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*:\s*u?(?:'([^'\\]*)'|"([^"\\]*)")\s*(,|$)/gy;
  const pairs: [string, string][] = [];
  let at = 0;
  while (body.slice(at).trim() !== '') {
    pair.lastIndex = at;
    const match = pair.exec(body);
    if (match === null) return undefined;
    pairs.push([match[1] ?? match[2] ?? '', match[3] ?? match[4] ?? '']);
    at = pair.lastIndex;
  }
  return pairs;
}
