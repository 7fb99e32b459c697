import { RESOURCES, type AttributeSpec, type ResourceSpec } from './attributes';
import { convert } from './converters';
import { badRequest, badResource, invalidInput } from './errors';
import { repr } from '../../python/repr';

/** A resource as the API shows it. */
export type View = Record<string, unknown>;

const NO_FILTERS = ['fields', 'sort_key', 'sort_dir', 'limit', 'marker', 'page_reverse'];
/** Attributes of neutron's base class of records: they are no filters, and nobody complains of them. */
const BASE = ['registry', 'metadata', 'update', 'get', 'items', 'keys', 'next', 'save', 'iteritems'];

export interface Listing {
  collection: string;
  /** For links. */
  url: string;
  /** Whether a marker that is nowhere is an error; says it. */
  unknownMarker?: (id: string) => Error;
}

export interface Page {
  items: View[];
  links: { rel: string; href: string }[];
}

/**
 * Filters, sorts and cuts a list as the query asks. Modelled on neutron/api/api_common.py and neutron_lib/db/model_query.py.
 *
 * @throws {@link NeutronError} 400 for filters, keys and limits that make no sense.
 */
export function listPage(query: URLSearchParams, views: readonly View[], listing: Listing): Page {
  const spec = specOf(listing.collection);
  const filters = filtersOf(query, spec);
  const sorts = sortsOf(query, spec);
  const limit = limitOf(query);
  const reverse = (query.getAll('page_reverse').at(-1) ?? '').toLowerCase() === 'true';
  const found = views.filter((view) => filters.every(({ name, values }) => matches(view, name, values)));
  const keys = [...sorts, { key: 'id', sign: 1 }];
  found.sort((a, b) => {
    for (const { key, sign } of keys) {
      const order = compare(a[key], b[key]);
      if (order !== 0) return order * sign;
    }
    return 0;
  });
  if (limit === 0) return { items: found, links: [] };
  const items = cut(found, limit, reverse, query.get('marker'), listing);
  const links = [
    ...(items.length < limit && !reverse
      ? []
      : [{ rel: 'next', href: link(listing.url, query, items.at(-1), false) }]),
    ...(items.length < limit && reverse
      ? []
      : [{ rel: 'previous', href: link(listing.url, query, items[0], true) }]),
  ];
  return { items, links };
}

/** The attributes of a collection, with both names of the project. */
export function specOf(collection: string): ResourceSpec {
  const spec = RESOURCES[collection] ?? {};
  const project = spec['tenant_id'] ?? spec['project_id'];
  return project === undefined ? spec : { ...spec, tenant_id: project, project_id: project };
}

function cut(
  found: readonly View[],
  limit: number,
  reverse: boolean,
  marker: string | null,
  listing: Listing,
): View[] {
  let at = -1;
  if (marker !== null && marker !== '') {
    at = found.findIndex(({ id }) => id === marker);
    if (at < 0 && listing.unknownMarker !== undefined) throw listing.unknownMarker(marker);
  }
  if (!reverse) return found.slice(at + 1, at + 1 + limit);
  const end = at < 0 ? found.length : at;
  return found.slice(Math.max(0, end - limit), end);
}

function link(url: string, query: URLSearchParams, item: View | undefined, previous: boolean): string {
  const params = new URLSearchParams(query);
  params.delete('marker');
  if (item !== undefined) params.append('marker', String(item['id']));
  params.delete('page_reverse');
  if (previous) params.append('page_reverse', 'True');
  return `${url}?${params.toString()}`;
}

interface Filter {
  name: string;
  values: unknown[];
}

function filtersOf(query: URLSearchParams, spec: ResourceSpec): Filter[] {
  const names = [...new Set(query.keys())].filter(
    (name) => !NO_FILTERS.includes(name) && !BASE.includes(name),
  );
  const unknown = names.filter((name) => spec[name]?.is_filter !== true);
  if (unknown.length > 0) throw badRequest(`${repr(unknown)} is invalid attribute for filtering`);
  return names.map((name) => ({
    name,
    values: query.getAll(name).map((value) => converted(spec[name], value)),
  }));
}

function converted(spec: AttributeSpec | undefined, value: string): unknown {
  return spec?.convert_to === undefined || spec.convert_list_to !== undefined
    ? value
    : convert(spec.convert_to.function, value);
}

function matches(view: View, name: string, values: readonly unknown[]): boolean {
  if (name === 'tags' || name.endsWith('tags') || name.endsWith('tags-any'))
    return matchesTags(view, name, values);
  if (name === 'fixed_ips') return matchesFixedIps(view, values);
  const value = view[name];
  return values.some((wanted) =>
    Array.isArray(value) ? value.some((item) => equal(item, wanted)) : equal(value, wanted),
  );
}

/** As the database compares: without regard to case. */
function equal(value: unknown, wanted: unknown): boolean {
  if (value === null || value === undefined) return wanted === null || wanted === '';
  if (typeof value === 'boolean') return value === wanted;
  return String(value).toLowerCase() === String(wanted).toLowerCase();
}

function matchesTags(view: View, name: string, values: readonly unknown[]): boolean {
  const tags = (view['tags'] ?? []) as string[]; // every view with the filter has them
  const wanted = values.flatMap((value) => String(value).split(','));
  const has = (tag: string) => tags.includes(tag);
  const found = name.endsWith('any') ? wanted.some(has) : wanted.every(has);
  return name.startsWith('not-') ? !found : found;
}

/** `ip_address=…`, `subnet_id=…` and `ip_address_substr=…`, each perhaps more than once. */
function matchesFixedIps(view: View, values: readonly unknown[]): boolean {
  const wanted = new Map<string, string[]>();
  for (const value of values) {
    const [key = '', ...rest] = String(value).split('=');
    if (rest.length === 0 || key.trim() === '')
      throw invalidInput(`'${String(value)}' is not of the form <key>=[value]`);
    wanted.set(key.trim(), [...(wanted.get(key.trim()) ?? []), rest.join('=').trim()]);
  }
  const ips = (view['fixed_ips'] ?? []) as Record<string, string>[]; // ports have them
  return [...wanted].every(([key, list]) =>
    ips.some((ip) =>
      key === 'ip_address_substr'
        ? list.some((part) => (ip['ip_address'] ?? '').includes(part))
        : list.includes(ip[key] ?? ''),
    ),
  );
}

function sortsOf(query: URLSearchParams, spec: ResourceSpec): { key: string; sign: number }[] {
  const keys = query.getAll('sort_key').filter((key) => key !== '');
  const dirs = query.getAll('sort_dir').filter((dir) => dir !== '');
  if (keys.length !== dirs.length) throw badRequest('The number of sort_keys and sort_dirs must be same');
  const absent = keys.filter((key) => spec[key]?.is_sort_key !== true);
  if (absent.length > 0) throw badRequest(`${repr(absent)} is invalid attribute for sort_keys`);
  const wrong = dirs.filter((dir) => dir !== 'asc' && dir !== 'desc');
  if (wrong.length > 0)
    throw badRequest(`${repr(wrong)} is invalid value for sort_dirs, valid value is 'asc' and 'desc'`);
  return keys.map((key, i) => ({ key, sign: dirs[i] === 'asc' ? 1 : -1 }));
}

function limitOf(query: URLSearchParams): number {
  const limit = query.getAll('limit').at(-1) ?? '0';
  if (!/^\s*\+?\d+\s*$/.test(limit))
    throw badResource(
      'limit',
      `Limit must be an integer 0 or greater and not '${limit.replace(/^\s*-0*(\d+)\s*$/, '-$1')}'`,
    );
  return Number(limit);
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : Number(left > right);
}
