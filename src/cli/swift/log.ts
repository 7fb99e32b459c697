/** What `--debug` and `--info` show: `http_log` of swiftclient/client.py, and Python's logging around it. */
import { repr } from '../python';
import type { Output } from '../output';
import { bytesRepr, parseHeaderString, words } from './exceptions';
import { headerMap, title } from './headers';

const SECRET = [
  'x-auth-token',
  'x-auth-key',
  'x-service-token',
  'x-storage-token',
  'x-account-meta-temp-url-key',
  'x-account-meta-temp-url-key-2',
  'x-container-meta-temp-url-key',
  'x-container-meta-temp-url-key-2',
  'set-cookie',
];

/** A request that was answered. */
export interface Exchange {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  response: Response;
  /** Undefined where it is not read yet. */
  body: Uint8Array | undefined;
}

export class Log {
  readonly #connected = new Set<string>();

  constructor(
    private readonly output: Output,
    private readonly level: 'debug' | 'info' | 'none',
  ) {}

  debug(logger: string, text: string): void {
    if (this.level === 'debug') this.#line('DEBUG', logger, text);
  }

  /** `logger.exception`: what went wrong, without Python's traceback. */
  exception(error: unknown): void {
    if (this.level !== 'none') this.#line('ERROR', 'swiftclient.service', words(error));
  }

  /** What urllib3 says of a request. */
  wire(method: string, url: string, response: Response): void {
    const { origin, pathname, search, protocol, port } = new URL(url);
    const shown = port === '' ? `${origin}:${protocol === 'https:' ? '443' : '80'}` : origin;
    const length = response.headers.get('content-length') ?? 'None';
    this.debug(
      'urllib3.connectionpool',
      `${shown} "${method} ${pathname}${search} HTTP/1.1" ${response.status} ${length}`,
    );
  }

  /** Before the first request to a server. */
  connecting(url: string): void {
    const { origin, hostname, protocol, port } = new URL(url);
    if (this.#connected.has(origin)) return;
    this.#connected.add(origin);
    const secure = protocol === 'https:';
    this.debug(
      'urllib3.connectionpool',
      `Starting new ${secure ? 'HTTPS' : 'HTTP'} connection (1): ${hostname}:${port || (secure ? 443 : 80)}`,
    );
  }

  /** A request as curl would send it, and its answer. */
  exchange({ method, url, headers, response, body }: Exchange): void {
    const level = response.status < 300 ? 'DEBUG' : 'INFO';
    if (this.level === 'none' || (this.level === 'info' && level === 'DEBUG')) return;
    const how =
      method === 'HEAD' ? ' -I' : ['GET', 'POST', 'PUT'].includes(method) ? ` -X ${method}` : ` ${method}`;
    const sent = Object.entries(this.#scrubbed(Object.entries(headers)))
      .map(([name, value]) => ` -H "${name}: ${value}"`)
      .join('');
    this.#line(level, 'swiftclient', `REQ: curl -i ${parseHeaderString(url)}${how}${sent}`);
    this.#line(level, 'swiftclient', `RESP STATUS: ${response.status} ${response.statusText}`);
    const named = headerMap(response.headers, { method, status: response.status });
    const received = [...named].map(([name, value]) => [title(name), value] as const);
    this.#line(level, 'swiftclient', `RESP HEADERS: ${repr(this.#scrubbed(received))}`);
    if (body !== undefined && body.length > 0)
      this.#line(level, 'swiftclient', `RESP BODY: ${bytesRepr(body)}`);
  }

  /** Secrets are shown whole with `--debug` only. */
  #scrubbed(headers: readonly (readonly [string, string])[]): Record<string, string> {
    return Object.fromEntries(
      headers.map(([name, value]) => {
        if (this.level === 'debug' || !SECRET.includes(name.toLowerCase())) return [name, value];
        const shown = Math.trunc(Math.min(16, value.length ** 2 / 32, value.length / 2));
        return [name, `${value.slice(0, shown)}...`];
      }),
    );
  }

  #line(level: string, logger: string, text: string): void {
    this.output.error(`${level}:${logger}:${text}\n`);
  }
}
