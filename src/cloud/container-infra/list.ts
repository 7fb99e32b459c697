import { isUuidLike } from './attributes';
import { badRequest, invalidInput } from './errors';
import type { ClusterTemplateRecord } from './state';
import type { Views } from './views';

const ARGUMENTS = ['marker', 'limit', 'sort_key', 'sort_dir'];
/** `max_limit` of its configuration. */
const MAX_LIMIT = 1000;

export interface Page {
  limit: number;
  sortKey: string;
  sortDir: string;
  /** Sorts, and cuts out what is asked for. @param find the template that a marker names. */
  take(
    records: readonly ClusterTemplateRecord[],
    find: (uuid: string) => ClusterTemplateRecord,
  ): ClusterTemplateRecord[];
}

/** What a query asks for of a list. @throws {@link MagnumError} 400. */
export function readPage(query: URLSearchParams): Page {
  const unknown = [...query.keys()].find((name) => !ARGUMENTS.includes(name));
  if (unknown !== undefined) throw badRequest(`Unknown argument: "${unknown}"`);
  const marker = query.get('marker');
  if (marker !== null && !isUuidLike(marker)) {
    const why = `unable to convert to uuid. Error: Expected a uuid but received ${marker}.`;
    throw invalidInput('marker', marker, why);
  }
  const asked = query.get('limit');
  if (asked !== null && !/^\s*[+-]?\d+\s*$/.test(asked)) {
    const why = `unable to convert to int. Error: invalid literal for int() with base 10: '${asked}'`;
    throw invalidInput('limit', asked, why);
  }
  const limit = asked === null ? MAX_LIMIT : Math.min(Number(asked), MAX_LIMIT);
  if (limit <= 0) throw badRequest('Limit must be positive');
  const sortDir = query.get('sort_dir') ?? 'asc';
  if (sortDir !== 'asc' && sortDir !== 'desc')
    throw badRequest(`Invalid sort direction: ${sortDir}. Acceptable values are 'asc' or 'desc'`);
  const sortKey = query.get('sort_key') ?? 'id';
  return {
    limit,
    sortKey,
    sortDir,
    take(records, find) {
      if (!SORT_KEYS.has(sortKey))
        throw badRequest(`The sort_key value "${sortKey}" is an invalid field for sorting`);
      const sign = sortDir === 'desc' ? -1 : 1;
      const sorted = [...records].sort(
        (a, b) => sign * (compare(field(a, sortKey), field(b, sortKey)) || a.id - b.id),
      );
      const start = marker === null ? 0 : sorted.indexOf(find(marker)) + 1;
      return sorted.slice(start, start + limit);
    },
  };
}

/** `Collection.get_next`. */
export function nextUrl(views: Views, path: string, page: Page, marker: string): string {
  const { sortKey, sortDir, limit } = page;
  return `${views.url(path)}?sort_key=${sortKey}&sort_dir=${sortDir}&limit=${limit}&marker=${marker}`;
}

const SORT_KEYS = new Set([
  'id', 'uuid', 'project_id', 'user_id', 'name', 'image_id', 'flavor_id', 'master_flavor_id', 'keypair_id',
  'external_network_id', 'fixed_network', 'fixed_subnet', 'network_driver', 'volume_driver', 'dns_nameserver',
  'apiserver_port', 'docker_volume_size', 'docker_storage_driver', 'cluster_distro', 'coe', 'http_proxy', 'https_proxy',
  'no_proxy', 'registry_enabled', 'labels', 'tls_disabled', 'public', 'server_type', 'insecure_registry',
  'master_lb_enabled', 'floating_ip_enabled', 'hidden', 'tags', 'driver', 'created_at', 'updated_at',
]); // prettier-ignore

function field(record: ClusterTemplateRecord, key: string): string | number | null {
  const value = (record as unknown as Readonly<Record<string, unknown>>)[key] ?? null; // SORT_KEYS are its fields
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value as string | number | null; // nothing else is in a record
}

/** As MariaDB sorts: nothing comes first. */
function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
