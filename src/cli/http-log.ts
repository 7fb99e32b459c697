/** Requests and responses as keystoneauth logs them for `--debug`: keystoneauth1/session.py, urllib3. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SessionLogEvent } from '../client';

/** Headers whose value is a secret; only its hash is shown. */
const SECRET = new Set(['x-auth-token', 'x-subject-token', 'x-service-token', 'authorization']);
const LOGGED = 'text/plain, application/json';

/** The lines for one event, each without its newline. */
export class HttpLog {
  readonly #connected = new Set<string>();

  lines(event: SessionLogEvent): string[] {
    switch (event.type) {
      case 'request':
        return [this.#curl(event), ...this.#connection(event.url)];
      case 'response':
        return [
          wire(event.method, event.url, event.status, event.headers),
          `RESP: [${event.status}] ${headers(event.headers).join(' ')}`,
          responseBody(event.headers, event.body),
          ...requestId(event),
        ].filter((line) => line !== undefined);
      case 'auth-request':
        return [`Making authentication request to ${event.url}`, ...this.#connection(event.url)];
      case 'auth-response':
        return [wire('POST', event.url, event.status, event.headers), event.body];
    }
  }

  #curl({ method, url, headers: all, body }: Extract<SessionLogEvent, { type: 'request' }>): string {
    const quoted = /[&?]/.test(url) ? `"${url}"` : url;
    const flags = headers(all).map((header) => ` -H "${header}"`);
    return `REQ: curl -g -i -X ${method} ${quoted}${flags.join('')}${body === undefined ? '' : ` -d '${body}'`}`;
  }

  #connection(url: string): string[] {
    const { protocol, hostname, port, origin } = new URL(url);
    if (this.#connected.has(origin)) return [];
    this.#connected.add(origin);
    const secure = protocol === 'https:';
    return [`Starting new ${secure ? 'HTTPS' : 'HTTP'} connection (1): ${hostname}:${port || (secure ? '443' : '80')}`];
  }
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
    .map(({ name, value }) => `${title(name)}: ${SECRET.has(name) ? `{SHA256}${bytesToHex(sha256(utf8ToBytes(value)))}` : value}`);
}

function title(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function responseBody(all: Headers, body: string | undefined): string | undefined {
  const type = all.get('content-type');
  if (body !== undefined) return body === '' ? undefined : `RESP BODY: ${body}`;
  if (type === null) return undefined;
  return `RESP BODY: Omitted, Content-Type is set to ${type}. Only ${LOGGED} responses have their bodies logged.`;
}

function requestId({ method, url, headers: all, serviceType }: Extract<SessionLogEvent, { type: 'response' }>): string[] {
  const id = all.get('x-openstack-request-id');
  return id === null ? [] : [`${method} call${serviceType === undefined ? '' : ` to ${serviceType}`} for ${url} used request id ${id}`];
}
