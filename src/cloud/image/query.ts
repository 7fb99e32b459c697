import { HTTPError } from '../http/webob';
import { repr } from '../../python/repr';

export const SORT_KEYS = [
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'created_at',
  'updated_at',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export type SortDir = 'asc' | 'desc';

export interface ListQuery {
  limit: number;
  marker: string | undefined;
  memberStatus: string;
  tags: string[];
  sort: { key: SortKey; dir: SortDir }[];
  visibility: string | undefined;
  osHidden: boolean;
  /** Everything else, by name. */
  filters: Map<string, string>;
}

const LIMIT_DEFAULT = 25;
const LIMIT_MAX = 1000;

function badRequest(message: string): HTTPError {
  return new HTTPError(400, message);
}

/** Reads the query of GET /v2/images. Modelled on `RequestDeserializer.index` of `glance/api/v2/images.py`. */
export function parseListQuery(params: URLSearchParams): ListQuery {
  // of a parameter that is given twice, the last one counts
  const last = (name: string) => params.getAll(name).at(-1);
  const rest = new Map(params);
  for (const name of [
    'limit',
    'marker',
    'member_status',
    'tag',
    'sort',
    'sort_key',
    'sort_dir',
    'visibility',
    'os_hidden',
    'deleted',
  ])
    rest.delete(name);

  const visibility = last('visibility');
  if (visibility && !['community', 'public', 'private', 'shared', 'all'].includes(visibility)) {
    throw badRequest(`Invalid visibility value: ${visibility}`);
  }
  if (rest.get('changes-since')) throw badRequest('The "changes-since" filter is no longer available on v2.');
  const memberStatus = last('member_status') ?? 'accepted';
  if (!['pending', 'accepted', 'rejected', 'all'].includes(memberStatus))
    throw badRequest(`Invalid status: ${memberStatus}`);
  const limit = parseLimit(last('limit'));
  const sort = parseSort(params);
  const osHidden = (last('os_hidden') ?? 'false').toLowerCase();
  checkBoolean('os_hidden', osHidden);
  const isProtected = rest.get('protected');
  if (isProtected !== undefined) checkBoolean('protected', isProtected);

  return {
    limit: Math.min(LIMIT_MAX, limit ?? LIMIT_DEFAULT),
    marker: last('marker'),
    memberStatus,
    tags: params.getAll('tag').map((tag) => tag.trim()),
    sort,
    visibility,
    osHidden: osHidden === 'true',
    filters: rest,
  };
}

function checkBoolean(name: string, value: string): void {
  if (value === 'true' || value === 'false') return;
  throw badRequest(`Invalid value '${value}' for '${name}' filter. Valid values are 'true' or 'false'.`);
}

function parseLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw badRequest('limit param must be an integer');
  const limit = Number(text);
  if (limit < 0) throw badRequest('limit param must be positive');
  return limit;
}

/** Both ways to sort: `sort=name:asc,size` and `sort_key=name&sort_dir=asc`. */
function parseSort(params: URLSearchParams): ListQuery['sort'] {
  const keys: SortKey[] = [];
  const dirs: SortDir[] = [];
  const sort = params.getAll('sort').at(-1);
  if (sort !== undefined) {
    if (params.has('sort_key') || params.has('sort_dir'))
      throw badRequest('Old and new sorting syntax cannot be combined');
    for (const part of sort.trim().split(',')) {
      const colon = part.indexOf(':');
      const key = colon === -1 ? part : part.slice(0, colon);
      const dir = colon === -1 ? '' : part.slice(colon + 1);
      keys.push(sortKey(key.trim()));
      dirs.push(sortDir(dir === '' ? 'desc' : dir.trim()));
    }
  } else {
    // Python takes them from the end
    for (const key of params.getAll('sort_key').reverse()) keys.push(sortKey(key.trim()));
    for (const dir of params.getAll('sort_dir').reverse()) dirs.push(sortDir(dir.trim()));
    if (dirs.length > 1 && dirs.length !== keys.length) {
      throw badRequest('Number of sort dirs does not match the number of sort keys');
    }
    keys.reverse();
    dirs.reverse();
  }
  if (keys.length === 0) keys.push('created_at');
  const fallback = dirs.length === 1 ? (dirs[0] ?? 'desc') : 'desc';
  const order = keys.map((key, i) => ({ key, dir: dirs[i] ?? fallback }));
  // so that the order is total, and a marker has one place in it
  for (const key of ['created_at', 'id'] as const)
    if (!keys.includes(key)) order.push({ key, dir: fallback });
  return order;
}

function sortKey(key: string): SortKey {
  const found = SORT_KEYS.find((candidate) => candidate === key);
  if (found === undefined)
    throw badRequest(`Invalid sort key: ${key}. It must be one of the following: ${SORT_KEYS.join(', ')}.`);
  return found;
}

function sortDir(dir: string): SortDir {
  if (dir !== 'asc' && dir !== 'desc') throw badRequest(`Invalid sort direction: ${dir}`);
  return dir;
}

/** `gt:10` is the operator `gt` and the value `10`; without an operator it is `eq`. A time is not taken apart. */
export function splitFilterOp(expression: string): { operator: string; value: string } {
  const colon = expression.indexOf(':');
  if (colon === -1 || parseIsotime(expression) !== undefined) return { operator: 'eq', value: expression };
  return { operator: expression.slice(0, colon), value: expression.slice(colon + 1) };
}

/** The values of an `in:` filter: separated by commas, in double quotes where a value has one of its own. */
export function splitInValues(value: string): string[] {
  checkQuotes(value);
  return [...value.matchAll(/"([^"\\]*(?:\\.[^"\\]*)*)",?|([^,]+),?|,/g)].map(
    ([, quoted, plain]) => quoted || plain || '',
  );
}

function checkQuotes(value: string): void {
  let open = true;
  const invalid = () =>
    badRequest(
      `Invalid filter value ${value}. ${open ? 'There is no comma after closing quotation mark.' : 'There is no comma before opening quotation mark.'}`,
    );
  for (let i = 0; i < value.length; i++) {
    if (value[i] !== '"' || (i > 0 && value[i - 1] === '\\')) continue;
    if (open) {
      if (i > 0 && value[i - 1] !== ',') {
        open = false;
        throw invalid();
      }
    } else if (i + 1 !== value.length && value[i + 1] !== ',') {
      open = true;
      throw invalid();
    }
    open = !open;
  }
  if (!open) throw badRequest(`Invalid filter value ${value}. The quote is not closed.`);
}

/** Milliseconds of an ISO 8601 time, as oslo.utils' `parse_isotime` takes it: without a zone it is UTC. */
export function parseIsotime(text: string): number | undefined {
  const match =
    /^(\d{4})-?(\d{1,2})(?:-?(\d{1,2}))?(?:[ T](\d{1,2}):?(\d{1,2})(?::?(\d{1,2})(?:[.,](\d+))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', , zone = 'Z'] = match;
  const pad = (part: string | undefined) => (part ?? '').padStart(2, '0');
  const offset =
    zone === 'Z'
      ? 'Z'
      : zone.length === 3
        ? `${zone}:00`
        : zone.includes(':')
          ? zone
          : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const time = Date.parse(
    `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}${offset}`,
  );
  return Number.isNaN(time) ? undefined : time;
}

/** An error that names the filter it is about. */
export function badTime(name: string): HTTPError {
  return badRequest(`Bad "${name}" query filter format. Use ISO 8601 DateTime notation.`);
}

export function unknownOperator(operator: string): HTTPError {
  return badRequest(`Unable to filter by unknown operator ${repr(operator)}.`);
}
