import { compareBytes } from '../common/text';
import type { SortedMap } from './sorted-map';

export interface ListingQuery {
  limit: number;
  marker: string;
  endMarker: string;
  prefix: string | undefined;
  delimiter: string;
  /** Only what lies directly below it. */
  path: string | undefined;
  reverse: boolean;
  /** With the names that begin with NUL? */
  allowReserved: boolean;
}

/**
 * One page of a listing: records, and names of pseudo-folders. Each one is found by a search in the index, so a page
 * costs the same wherever it begins. Modelled on `list_objects_iter` of swift/container/backend.py.
 */
export function list<T extends { readonly name: string }>(
  records: SortedMap<T>,
  query: ListingQuery,
): (T | string)[] {
  const { limit, reverse, path } = query;
  let { prefix, delimiter } = query;
  const [marker, endMarker] = reverse ? [query.endMarker, query.marker] : [query.marker, query.endMarker];
  if (path !== undefined) {
    prefix = path === '' ? '' : `${path.replace(/\/+$/, '')}/`;
    delimiter = '/';
  } else if (delimiter !== '') prefix ??= '';
  let [low, high] = bounds(records, marker, endMarker, prefix ?? '', query.allowReserved);

  const found: (T | string)[] = [];
  while (found.length < limit && low < high) {
    const record = records.at(reverse ? high - 1 : low);
    if (record === undefined) break;
    const { name } = record;
    const end = delimiter === '' ? -1 : name.indexOf(delimiter, prefix?.length ?? 0);
    const folder = end === -1 ? undefined : name.slice(0, end + delimiter.length);
    if (path !== undefined && (name === prefix || (folder !== undefined && folder !== name))) {
      // neither the path itself nor what is deeper
      if (name === prefix) [low, high] = reverse ? [low, high - 1] : [low + 1, high];
      else if (reverse) high = records.from(folder ?? '');
      else low = records.after(next(folder ?? ''));
    } else if (path === undefined && folder !== undefined) {
      if (folder !== marker) found.push(folder);
      if (reverse) high = records.from(folder);
      else low = records.search((other) => compareBytes(other, folder) > 0 && !other.startsWith(folder));
    } else {
      found.push(record);
      if (reverse) high -= 1;
      else low += 1;
    }
  }
  return found;
}

/** The first text after all that begin with `text`. */
function next(text: string): string {
  const last = text.codePointAt(text.length - 1) ?? 0;
  return text.slice(0, -1) + String.fromCodePoint(last + 1);
}

function bounds<T extends { readonly name: string }>(
  records: SortedMap<T>,
  marker: string,
  endMarker: string,
  prefix: string,
  allowReserved: boolean,
): [low: number, high: number] {
  let low = marker !== '' && compareBytes(marker, prefix) >= 0 ? records.after(marker) : records.from(prefix);
  if (!allowReserved) low = Math.max(low, records.from('\x01'));
  let high = endMarker === '' ? records.size : records.from(endMarker);
  if (prefix !== '') {
    const past = records.search((name) => compareBytes(name, prefix) > 0 && !name.startsWith(prefix));
    high = Math.min(high, past);
  }
  return [low, high];
}
