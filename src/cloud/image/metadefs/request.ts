import { HTTPError } from '../../http/webob';
import { readJson } from '../request';
import { validate, type NamedSchema } from '../validate';

/** Reads a body, refuses what is read-only in it, and checks it against its schema. */
export async function readValid(
  request: Request,
  schema: NamedSchema,
  readOnly: readonly string[] = ['created_at', 'updated_at'],
): Promise<Record<string, unknown>> {
  const body = await readJson(request);
  for (const name of readOnly) {
    if (Array.isArray(body) ? body.includes(name) : Object.hasOwn(Object(body), name))
      throw new HTTPError(403, `Attribute '${name}' is read-only.`);
  }
  validate(body, schema);
  // the schema does not say that it has to be an object, and Glance stumbles over anything else
  if (Array.isArray(body)) throw new HTTPError(500);
  return body as Record<string, unknown>; // an object that came out of JSON.parse
}

export interface Page {
  limit: number | undefined;
  marker: string | undefined;
  sortKey: string;
  sortDir: 'asc' | 'desc';
}

/** The parameters that every list of definitions takes. */
export function parsePage(params: URLSearchParams, visibilities: readonly string[], least = 0): Page {
  const sortDir = params.get('sort_dir') ?? 'desc';
  if (sortDir !== 'asc' && sortDir !== 'desc') throw new HTTPError(400, `Invalid sort direction: ${sortDir}`);
  const visibility = params.get('visibility');
  if (visibility && !visibilities.includes(visibility))
    throw new HTTPError(400, `Invalid visibility value: ${visibility}`);
  const text = params.get('limit');
  if (text !== null && !/^\s*[+-]?\d+\s*$/.test(text))
    throw new HTTPError(400, 'limit param must be an integer');
  const limit = text === null ? undefined : Number(text);
  if (limit !== undefined && limit < least) throw new HTTPError(400, 'limit param must be positive');
  return {
    limit,
    marker: params.get('marker') ?? undefined,
    sortKey: params.get('sort_key') ?? 'created_at',
    sortDir,
  };
}

/** Sorts by one key, then by age; the records come newest first. */
export function sorted<T extends object>(records: readonly T[], { sortKey, sortDir }: Page): T[] {
  const value = (record: T) => String(new Map<string, unknown>(Object.entries(record)).get(sortKey) ?? '');
  const list = sortDir === 'asc' ? records.toReversed() : [...records];
  const sign = sortDir === 'asc' ? 1 : -1;
  return list.sort((a, b) => (value(a) < value(b) ? -sign : value(a) > value(b) ? sign : 0));
}
