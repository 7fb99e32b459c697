/** The request that curl makes of a command line: method, URL and headers, in the order in which curl sends them. */
import { UrlError } from './glob';
import type { CurlConfig } from './options';

export const VERSION = '8.14.1';

/** A request that cannot be made, with curl's exit code and the words after it. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A URL as curl reads it: without a scheme it is http.
 *
 * @throws {@link TransferError}
 */
export function readUrl(text: string): URL {
  const scheme = /^([a-zA-Z][\w+.-]*):\/\//.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    throw new TransferError(1, `Protocol "${scheme}" not supported`);
  const whole = scheme === undefined ? `http://${text}` : text;
  if (/^https?:\/\/(?:[/?#]|$)/i.test(whole))
    throw new TransferError(3, 'URL rejected: No host part in the URL');
  if (/[\s\x00-\x1f]/.test(whole))
    throw new TransferError(3, 'URL rejected: Malformed input to a URL function');
  const port = /^https?:\/\/[^/?#]*?:([^/?#:\]]*)(?:[/?#]|$)/i.exec(whole)?.[1] ?? '';
  if (/\D/.test(port) || Number(port) > 65_535)
    throw new TransferError(3, 'URL rejected: Port number was not a decimal number between 0 and 65535');
  try {
    return new URL(whole);
  } catch {
    throw new TransferError(3, 'URL rejected: Bad hostname');
  }
}

/** Adds `name=value` pairs to the URL's query. */
export function withQuery(url: string, added: readonly string[]): string {
  if (added.length === 0) return url;
  const [, base = '', fragment = ''] = /^([^#]*)(#[^]*)?$/.exec(url) ?? [];
  const start = base.includes('?') ? (base.endsWith('?') ? '' : '&') : '?';
  return `${base}${start}${added.join('&')}${fragment}`;
}

export type HeaderList = (readonly [name: string, value: string])[];

/** What decides on a request's headers. */
export interface HeaderParts {
  url: URL;
  config: CurlConfig;
  /** `-H` lines. */
  given: readonly string[];
  /** Length of what is sent, if anything is. */
  length: number | undefined;
  /** Whether it is sent by `-d` and its like. */
  posted: boolean;
}

/** The headers of a request, in curl's order. A given one replaces curl's own, or takes it away (`Accept:`). */
export function requestHeaders({ url, config, given, length, posted }: HeaderParts): HeaderList {
  const { user, range, referer } = config.values;
  const own: HeaderList = [
    ['Host', url.host],
    ...optional('Authorization', user && basic(user)),
    ...optional('Range', range && `bytes=${range}`),
    ['User-Agent', config.values['user-agent'] ?? `curl/${VERSION}`],
    ['Accept', '*/*'],
    ...optional('Referer', referer),
  ];
  const after: HeaderList = [
    ...optional('Content-Length', length === undefined ? undefined : String(length)),
    ...optional('Content-Type', posted ? 'application/x-www-form-urlencoded' : undefined),
  ];
  const lines = config.data.some(({ how }) => how === 'json')
    ? [...given, ...jsonHeaders.filter((line) => !given.some((each) => nameOf(each) === nameOf(line)))]
    : given;
  const named = new Map(lines.map((line) => [nameOf(line), line]));
  const kept = ([name]: HeaderList[number]) => !named.has(name.toLowerCase()) || name === 'Host';
  const host = named.get('host');
  return [
    ...own
      .filter(kept)
      .map(([name, text]) => [name, name === 'Host' && host !== undefined ? valueOf(host) : text] as const),
    ...lines.filter((line) => nameOf(line) !== 'host').flatMap(customHeader),
    ...after.filter(kept),
  ];
}

function optional(name: string, value: string | undefined): HeaderList {
  return value === undefined ? [] : [[name, value]];
}

const jsonHeaders = ['Content-Type: application/json', 'Accept: application/json'];

/** `Name: value`, or `Name;` for one without a value; `Name:` only takes curl's own away. */
function customHeader(line: string): HeaderList {
  const found = /^([^:;\s]+)\s*(:|;)\s*([^]*)$/.exec(line);
  if (!found?.[1] || (found[2] === ':') === (found[3] === '')) return [];
  return [[found[1], found[3] ?? '']];
}

function nameOf(line: string): string {
  return (/^[^:;]*/.exec(line)?.[0] ?? '').trim().toLowerCase();
}

function valueOf(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim();
}

function basic(user: string): string {
  const bytes = new TextEncoder().encode(user.includes(':') ? user : `${user}:`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** A message for whatever went wrong before or while a request was sent. */
export function transferError(error: unknown, url: URL): TransferError {
  if (error instanceof TransferError) return error;
  if (error instanceof UrlError) return new TransferError(3, error.message);
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const words = cause instanceof Error ? `${'code' in cause ? String(cause.code) : ''} ${cause.message}` : '';
  if (/ENOTFOUND|EAI_AGAIN/.test(words))
    return new TransferError(6, `Could not resolve host: ${url.hostname}`);
  if (/ECONNREFUSED/.test(words)) {
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const where = `${url.hostname} port ${port}`;
    return new TransferError(7, `Failed to connect to ${where} after 0 ms: Could not connect to server`);
  }
  if (error instanceof TypeError && cause === error)
    return new TransferError(43, 'A libcurl function was given a bad argument');
  return new TransferError(56, 'Failure when receiving data from the peer');
}
