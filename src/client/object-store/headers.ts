/** Headers of the Object Store API: UTF-8 where HTTP has bytes, and metadata by prefix. Models swiftclient/client.py. */

/** A text as the bytes of its UTF-8, a character each: what `Headers` takes. */
export function encodeHeader(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

/** Undoes {@link encodeHeader}; what is no UTF-8 stays as it is. */
export function decodeHeader(value: string): string {
  const codes = Array.from(value, (character) => character.charCodeAt(0));
  if (codes.every((code) => code < 128) || codes.some((code) => code > 255)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(codes));
  } catch {
    return value;
  }
}

/** The metadata among headers; names without the prefix, in lower case. */
export function metadataIn(headers: Headers, prefix: string): Record<string, string> {
  return Object.fromEntries(
    [...headers]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [decodeHeader(name.slice(prefix.length)), decodeHeader(value)]),
  );
}

/** The headers that change metadata: `X-Container-Meta-Color`, or `X-Remove-Container-Meta-Color` for null. */
export function metadataHeaders(
  kind: 'Account' | 'Container' | 'Object',
  changes: Readonly<Record<string, string | null>> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(changes ?? {}).map(([name, value]) =>
      value === null
        ? [encodeHeader(`X-Remove-${kind}-Meta-${name}`), 'x']
        : [encodeHeader(`X-${kind}-Meta-${name}`), encodeHeader(value)],
    ),
  );
}

/** `urllib.parse.quote`: all but letters, digits, `_.-~` and slashes is escaped. */
export function quotePath(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** How Swift orders headers that are no metadata, those with a note by {@link place}; others come where the star is, by name. */
const ORDER = [
  'content-type',
  'location',
  'allow',
  'www-authenticate',
  'content-length',
  'x-account-container-count',
  'x-account-object-count',
  'x-account-bytes-used',
  'x-container-object-count',
  'x-container-bytes-used',
  'x-timestamp',
  'x-put-timestamp',
  'etag (written)',
  'last-modified (written)',
  'x-copied-from-account',
  'x-copied-from',
  'x-copied-from-last-modified',
  // the time of a file: `swift upload` sends it before what its user says
  'x-object-meta-mtime',
  '*',
  'x-container-read',
  'x-container-write',
  'x-container-sync-to',
  'x-container-sync-key',
  'content-encoding',
  'content-disposition',
  'content-language',
  'cache-control',
  'x-delete-at',
  'x-static-large-object',
  'x-object-manifest',
  'etag',
  'last-modified',
  'x-timestamp (object)',
  'content-range',
  'accept-ranges',
  'content-length (late)',
  'x-storage-policy',
  'content-location',
  'x-object-version-id',
  'x-versions-enabled',
  'x-versions-location',
  'x-history-location',
  'x-symlink-target',
  'x-symlink-target-etag',
  'x-symlink-target-bytes',
  'x-manifest-etag',
  'x-account-project-domain-id',
  'vary',
  'x-trans-id',
  'x-openstack-request-id',
  'date',
];
const OTHERS = ORDER.indexOf('*');

/** What was asked, and what came of it. */
export interface Answered {
  method: string | undefined;
  status: number;
}

/** Headers, names in lower case, in the order in which Swift sends them: `fetch` sorts them by name. */
export function inSwiftOrder<Value>(
  headers: readonly (readonly [string, Value])[],
  answered?: Answered,
): (readonly [string, Value])[] {
  const names = new Set(headers.map(([name]) => name));
  const rank = (name: string): number => {
    const at = ORDER.indexOf(place(name, names, answered));
    return at < 0 ? OTHERS : at;
  };
  return [...headers].sort(([a], [b]) => rank(a) - rank(b));
}

/** A header that has not the same place in every answer. */
function place(name: string, names: ReadonlySet<string>, answered: Answered | undefined): string {
  const isAccount = names.has('x-account-container-count');
  const isContainer = names.has('x-container-object-count');
  const isObject = !isAccount && !isContainer;
  switch (name) {
    case 'x-timestamp':
      return isObject ? `${name} (object)` : name;
    case 'etag':
    case 'last-modified':
      return answered?.status === 201 ? `${name} (written)` : name;
    case 'content-length': {
      // of what there was something to count first
      const isHead = answered?.method === 'HEAD';
      const isLate = isContainer
        ? isHead
        : isObject &&
          names.has('x-timestamp') &&
          [200, 206].includes(answered?.status ?? 0) &&
          (!isHead || names.has('x-manifest-etag'));
      return isLate ? `${name} (late)` : name;
    }
    default:
      return name;
  }
}
