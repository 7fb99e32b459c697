import type { ComputeApi, NovaRequest } from './api';
import { badRequest } from './errors';

/** `[api] max_limit`: no answer lists more. */
const MAX_LIMIT = 1000;

/** How many things, after which one: nova/api/openstack/common.py `get_limit_and_marker`. */
export function limitAndMarker(request: NovaRequest): { limit: number; marker: string | undefined } {
  const limit = request.query.get('limit');
  if (limit !== null && !/^\s*\d+\s*$/.test(limit)) throw badRequest('limit must be an integer');
  return {
    limit: limit === null ? MAX_LIMIT : Math.min(MAX_LIMIT, Number(limit)),
    marker: request.query.get('marker') ?? undefined,
  };
}

/** The things after the marker. @throws {@link NovaError} 400 if no thing has that id. */
export function page<Thing>(
  things: readonly Thing[],
  { limit, marker }: { limit: number; marker: string | undefined },
  idOf: (thing: Thing) => string,
): Thing[] {
  const start = marker === undefined ? 0 : things.findIndex((thing) => idOf(thing) === marker) + 1;
  if (marker !== undefined && start === 0) throw badRequest(`marker [${marker}] not found`);
  return things.slice(start, start + limit);
}

/**
 * A list's answer, with a link to the next page if this one is full: `_get_collection_links`.
 *
 * @param path where the list stands, such as `servers/detail`; @param name of the list, such as `servers`.
 */
export function listAnswer(
  api: ComputeApi,
  request: NovaRequest,
  path: string,
  name: string,
  items: readonly object[],
  lastId: string | undefined,
): object {
  const limit = Math.min(Number(request.query.get('limit') ?? MAX_LIMIT), MAX_LIMIT);
  if (limit === 0 || items.length !== limit || lastId === undefined) return { [name]: items };
  const params = new URLSearchParams([...request.query].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  params.delete('marker');
  params.append('marker', lastId);
  const query = new URLSearchParams([...new Map(params)]).toString();
  return { [name]: items, [`${name}_links`]: [{ rel: 'next', href: `${api.url}/v2.1/${path}?${query}` }] };
}
