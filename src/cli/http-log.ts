/** Requests and responses as keystoneauth logs them for `--debug`: keystoneauth1/session.py, urllib3. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SessionLogEvent } from '../client';
import { dumps, repr, type Value } from './python';

/** Headers whose value is a secret; only its hash is shown. */
const SECRET = new Set(['x-auth-token', 'x-subject-token', 'x-service-token', 'authorization']);
const LOGGED = 'text/plain, application/json';

/** A line of the log, and the name of the Python logger it comes from. */
export interface LogLine {
  logger: string;
  text: string;
}

const SESSION = 'keystoneauth.session';
const AUTH = 'keystoneauth.identity.v3.base';
const POOL = 'urllib3.connectionpool';

/**
 * Remembers which servers it has connected to.
 *
 * @param quoted whether URLs with a query stand in quotes: those that come with their parameters apart do.
 */
export class HttpLog {
  constructor(private readonly quoted: boolean) {}

  readonly #connected = new Set<string>();

  /** The lines for one event, without newlines. */
  lines(event: SessionLogEvent): LogLine[] {
    switch (event.type) {
      case 'warning':
        return [];
      case 'request':
        return [{ logger: SESSION, text: this.#curl(event) }, ...this.#connection(event.url)];
      case 'response':
        return [
          { logger: POOL, text: wire(event.method, event.url, event.status, event.headers) },
          ...[
            `RESP: [${event.status}] ${headers(event.headers).join(' ')}`,
            ...responseBody(event.headers, event.body),
            ...requestId(event),
          ].map((text) => ({
            logger: SESSION,
            text,
          })),
        ];
      case 'auth-request':
        return [
          { logger: AUTH, text: `Making authentication request to ${event.url}` },
          ...this.#connection(event.url),
        ];
      case 'auth-response':
        return [
          { logger: POOL, text: wire('POST', event.url, event.status, event.headers) },
          { logger: AUTH, text: event.body },
        ];
    }
  }

  #curl({
    method,
    url,
    headers: all,
    body,
    serviceType,
  }: Extract<SessionLogEvent, { type: 'request' }>): string {
    const shown = pythonQuery(url);
    const quoted = this.quoted && serviceType !== 'identity' && url.includes('?') ? `"${shown}"` : shown;
    // requests adds the header that takes anything, after the log
    const flags = headers(all)
      .filter((header) => header !== 'Accept: */*')
      .map((header) => ` -H "${header}"`);
    return `REQ: curl -g -i -X ${method} ${quoted}${flags.join('')}${body === undefined ? '' : ` -d '${pythonJson(body)}'`}`;
  }

  #connection(url: string): LogLine[] {
    const { protocol, hostname, port, origin } = new URL(url);
    if (this.#connected.has(origin)) return [];
    this.#connected.add(origin);
    const secure = protocol === 'https:';
    return [
      {
        logger: POOL,
        text: `Starting new ${secure ? 'HTTPS' : 'HTTP'} connection (1): ${hostname}:${port || (secure ? '443' : '80')}`,
      },
    ];
  }
}

/** JSON with Python's blanks. */
function pythonJson(body: string): string {
  try {
    return dumps(JSON.parse(body) as Value); // JSON holds nothing else
  } catch {
    return body;
  }
}

/** The SDK logs a list in a query as Python writes the list, whatever it sends. */
function pythonQuery(url: string): string {
  const [base = '', query = ''] = url.split('?');
  const parts = query.split('&');
  const tags = parts.filter((part) => part.startsWith('tag='));
  if (tags.length === 0) return url;
  const list = `[${tags.map((part) => repr(decodeURIComponent(part.slice(4).replaceAll('+', ' ')))).join(', ')}]`;
  const text = new URLSearchParams({ tag: list }).toString();
  const first = parts.findIndex((part) => part.startsWith('tag='));
  const kept = parts.flatMap((part, index) =>
    index === first ? [text] : part.startsWith('tag=') ? [] : [part],
  );
  return `${base}?${kept.join('&')}`;
}

function wire(method: string, url: string, status: number, all: Headers): string {
  const { origin, pathname, search, protocol, port } = new URL(url);
  const shown = port === '' ? `${origin}:${protocol === 'https:' ? '443' : '80'}` : origin;
  return `${shown} "${method} ${pathname}${search} HTTP/1.1" ${status} ${all.get('content-length') ?? 'None'}`;
}

function headers(all: Headers): string[] {
  return [...all]
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, value }) =>
        `${title(name)}: ${SECRET.has(name) ? `{SHA256}${bytesToHex(sha256(utf8ToBytes(value)))}` : value}`,
    );
}

function title(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function responseBody(all: Headers, body: string | undefined): string[] {
  const type = all.get('content-type');
  if (body !== undefined) return body === '' ? [] : [`RESP BODY: ${body}`];
  if (type === null) return [];
  return [
    `RESP BODY: Omitted, Content-Type is set to ${type}. Only ${LOGGED} responses have their bodies logged.`,
  ];
}

function requestId({
  method,
  url,
  headers: all,
  serviceType,
}: Extract<SessionLogEvent, { type: 'response' }>): string[] {
  const id = all.get('x-openstack-request-id');
  return id === null
    ? []
    : [
        `${method} call to ${serviceType === undefined ? '' : `${serviceType} for `}${url} used request id ${id}`,
      ];
}
