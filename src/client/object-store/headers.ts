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

/** How Swift orders headers that are no metadata; others come where the star is, by name. */
const ORDER = [
  'content-type',
  'content-length',
  'x-account-container-count',
  'x-account-object-count',
  'x-account-bytes-used',
  'x-container-object-count',
  'x-container-bytes-used',
  '*',
  'x-container-read',
  'x-container-write',
  'content-encoding',
  'content-disposition',
  'content-language',
  'cache-control',
  'x-delete-at',
  'x-static-large-object',
  'x-object-manifest',
  'etag',
  'x-timestamp',
  'x-put-timestamp',
  'last-modified',
  'accept-ranges',
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
  'content-range',
  'x-account-project-domain-id',
  'vary',
  'x-trans-id',
  'x-openstack-request-id',
  'date',
];
const OTHERS = ORDER.indexOf('*');

/**
 * Headers, names in lower case, in the order in which Swift sends them: `fetch` sorts them by name. The time of a file,
 * which `swift upload` sends first, is the first of the metadata.
 */
export function inSwiftOrder<Value>(
  headers: readonly (readonly [string, Value])[],
): (readonly [string, Value])[] {
  const rank = (name: string): number => {
    const at = ORDER.indexOf(name);
    if (at >= 0) return at;
    return name === 'x-object-meta-mtime' ? OTHERS - 0.5 : OTHERS;
  };
  return [...headers].sort(([a], [b]) => rank(a) - rank(b));
}
