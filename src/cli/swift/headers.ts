/** Headers as swiftclient sees them: in lower case, unescaped, in the order in which Swift sends them. */
import { encodeHeader, inSwiftOrder, type Answered } from '../../client';
import { parseHeaderString, SwiftError } from './exceptions';

/** The headers of an answer by name in lower case. */
export type HeaderMap = ReadonlyMap<string, string>;

/** `resp_header_dict`. */
export function headerMap(headers: Headers, answered?: Answered): HeaderMap {
  // what is about the connection and not about the thing differs from one network to another
  const about = [...headers].filter(([name]) => !['connection', 'keep-alive'].includes(name));
  return new Map(
    inSwiftOrder(about, answered).map(([name, value]) => [parseHeaderString(name), parseHeaderString(value)]),
  );
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
