import { parseDate } from '../../python/iso8601';
import { like, liveSecrets, type Call } from './api';
import { HTTPError } from './errors';
import type { SecretRecord } from './state';

/** What lists may be sorted by, and what it is in the database. */
const SORT_KEYS = {
  algorithm: 'algorithm',
  bit_length: 'bit_length',
  created: 'created_at',
  expiration: 'expiration',
  mode: 'mode',
  name: 'name',
  secret_type: 'secret_type',
  status: undefined,
  updated: 'updated_at',
} as const;

const badQuery = () => new HTTPError(400, 'URI provided invalid query string parameters.');

/**
 * The secrets that a list asks for: `get_secret_list` of barbican/model/repositories.py. Without a sort the real one
 * gives them in no particular order; here the oldest comes first.
 */
export function listedSecrets(call: Call): SecretRecord[] {
  const { query, context, api } = call;
  const dates = (['created', 'updated', 'expiration'] as const).flatMap((name) => {
    const text = query.get(name);
    const column = SORT_KEYS[name];
    return text ? [dateFilter(text, (secret) => secret[column])] : [];
  });
  const sorts = sortsOf(query.get('sort') ?? '');
  const bits = Math.trunc(Number(query.get('bits') ?? 0)) || 0;
  const [name, alg, mode, type] = ['name', 'alg', 'mode', 'secret_type'].map((one) => query.get(one) ?? '');
  const aclOnly = query.get('acl_only')?.toLowerCase() === 'true';
  const found = liveSecrets(api).filter(
    (secret) =>
      (aclOnly ? secret.acl?.users.includes(context.userId) : secret.project_id === context.projectId) &&
      (!name || like(secret.name, unquote(name))) &&
      (!alg || like(secret.algorithm, alg)) &&
      (!mode || like(secret.mode, mode)) &&
      (bits <= 0 || secret.bit_length === bits) &&
      (!type || secret.secret_type === type) &&
      dates.every((fits) => fits(secret)),
  );
  for (const { column, sign } of sorts.reverse()) {
    if (column === undefined) continue;
    const key = (secret: SecretRecord) => secret[column] ?? '';
    found.sort((a, b) => (key(a) === key(b) ? 0 : sign * (key(a) < key(b) ? -1 : 1)));
  }
  return found;
}

const RELATIONS = ['gt', 'gte', 'lt', 'lte'] as const;

/** `_is_valid_date_filter` and what it stands for, such as `gt:2026-11-22,lt:2026-11-23`. */
function dateFilter(
  text: string,
  of: (secret: SecretRecord) => string | null,
): (secret: SecretRecord) => boolean {
  const seen = new Set<string>();
  const tests = text.split(',').map((part) => {
    const relation = RELATIONS.find((one) => part.startsWith(`${one}:`)) ?? 'eq';
    const clash = { gt: ['gt', 'gte'], gte: ['gt', 'gte', 'eq'], lt: ['lt', 'lte'], lte: ['lt', 'lte', 'eq'], eq: ['eq', 'gte', 'lte'] }; // prettier-ignore
    if (clash[relation].some((one) => seen.has(one))) throw badQuery();
    seen.add(relation);
    const time = parseDate(relation === 'eq' ? part : part.slice(relation.length + 1))?.getTime();
    if (time === undefined) throw badQuery();
    return { relation, time };
  });
  return (secret) => {
    const value = of(secret);
    if (value === null) return false;
    const at = Date.parse(`${value}Z`);
    return tests.every(({ relation, time }) => {
      switch (relation) {
        case 'gt':
          return at > time;
        case 'gte':
          return at >= time;
        case 'lt':
          return at < time;
        case 'lte':
          return at <= time;
        case 'eq':
          return at === time;
      }
    });
  };
}

/** `_is_valid_sorting`: keys with `:asc` or `:desc`, the first counts most. */
function sortsOf(text: string) {
  if (text === '') return [];
  const seen = new Set<string>();
  return text.split(',').map((part) => {
    const [key = '', direction = 'asc', ...more] = part.split(':');
    if (!isSortKey(key) || !['asc', 'desc'].includes(direction) || more.length > 0 || seen.has(key))
      throw badQuery();
    seen.add(key);
    return { column: SORT_KEYS[key], sign: direction === 'asc' ? 1 : -1 };
  });
}

function isSortKey(key: string): key is keyof typeof SORT_KEYS {
  return Object.hasOwn(SORT_KEYS, key);
}

/** `urllib.parse.unquote_plus`: the query was read already, and names are decoded once more. */
function unquote(text: string): string {
  return text.replaceAll('+', ' ').replace(/(%[0-9a-f]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return '\ufffd';
    }
  });
}
