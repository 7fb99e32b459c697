/** Headers as swiftclient sees them: in lower case, unescaped, in the order in which Swift sends them. */
import { encodeHeader } from '../../client';
import { parseHeaderString, SwiftError } from './exceptions';

/** `fetch` sorts headers. This is how Swift orders those that are no metadata; others come in front, by name. */
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

/** The headers of an answer by name in lower case. */
export type HeaderMap = ReadonlyMap<string, string>;

/** `resp_header_dict`. The time of the file, which `swift upload` sends first, is the first of the metadata. */
export function headerMap(headers: Headers): HeaderMap {
  const rank = (name: string): number => {
    const at = ORDER.indexOf(name);
    if (at >= 0) return at;
    return name === 'x-object-meta-mtime' ? OTHERS - 0.5 : OTHERS;
  };
  // what is about the connection and not about the thing differs from one network to another
  const about = [...headers].filter(([name]) => !['connection', 'keep-alive'].includes(name));
  const sorted = about.sort(([a], [b]) => rank(a) - rank(b));
  return new Map(sorted.map(([name, value]) => [parseHeaderString(name), parseHeaderString(value)]));
}

/** A name as HTTP/1 has it on the wire: `X-Container-Meta-Color`. Models `str.title`. */
export function title(name: string): string {
  return name.toLowerCase().replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/**
 * `split_headers`: `Name:value` words of the command line as headers.
 *
 * @throws {@link SwiftError} for one without a colon.
 */
export function splitHeaders(options: readonly string[], prefix = ''): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const item of options) {
    const at = item.indexOf(':');
    if (at < 0)
      throw new SwiftError(
        `Metadata parameter ${item} must contain a ':'.\nExample: 'Color:Blue' or 'Size:Large'`,
      );
    headers[title(prefix + item.slice(0, at))] = item.slice(at + 1).trim();
  }
  return headers;
}

/** Headers as `fetch` sends them; those that only the network may set are left to it. */
export function wireHeaders(headers: Readonly<Record<string, string>>): Headers {
  const wire = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (['content-length', 'accept-encoding', 'host', 'connection'].includes(name.toLowerCase())) continue;
    try {
      wire.set(encodeHeader(name), encodeHeader(value));
    } catch {
      throw new SwiftError(`A header cannot be named or say ${name}: ${value}`);
    }
  }
  if (!wire.has('user-agent')) wire.set('user-agent', 'python-swiftclient-4.7.0');
  return wire;
}

/** `config_true_value`. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['true', '1', 'yes', 'on', 't', 'y'].includes(value.toLowerCase());
}
