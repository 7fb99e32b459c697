/** One person's conversation with one cloud. Models `keystoneauth1/session.py` and `adapter.py`. */
import type { AccessInfo, EndpointFilter } from './access';
import type { AuthPlugin } from './auth';
import { versionedUrl } from './discover';
import { ConnectFailure, EndpointNotFound, httpException } from './errors';
import { makeRequest } from './request-body';

/** Sends one request. The network's `fetch` is one; so is the embedded cloud's. */
export type Fetch = (request: Request) => Promise<Response>;

/** What a session tells its log hook, in the order in which it happens. */
export type SessionLogEvent =
  | {
      type: 'request';
      method: string;
      url: string;
      headers: Headers;
      body: string | undefined;
      serviceType: string | undefined;
    }
  | {
      type: 'response';
      method: string;
      url: string;
      status: number;
      headers: Headers;
      /** The text of JSON and plain-text answers; undefined for all others, which are not read. */
      body: string | undefined;
      serviceType: string | undefined;
    }
  | { type: 'warning'; url: string; message: string }
  | { type: 'auth-request'; url: string }
  | { type: 'auth-response'; url: string; status: number; headers: Headers; body: string };

/**
 * A value of a query string; a list gives the name once for each. Booleans are written as Python writes them. What is
 * null is not sent, but the log shows it: so do requests and keystoneauth.
 */
export type QueryValue = string | number | boolean | null | undefined | readonly string[];
export type Query = Readonly<Record<string, QueryValue>>;

export interface SessionOptions {
  auth: AuthPlugin;
  /** Default: the network's `fetch`. */
  fetch?: Fetch | undefined;
  /** The time that tokens are held against. Default: the machine's clock. */
  now?: (() => Date) | undefined;
  /** Lets waiting calls pause for so many milliseconds. Default: a timer. */
  sleep?: ((ms: number) => Promise<void>) | undefined;
  /** Hears of every request and response, for `--debug` and the like. Tokens are not hidden from it. */
  log?: ((event: SessionLogEvent) => void) | undefined;
  /** `User-Agent` of requests that do not bring their own. Browsers keep theirs. */
  userAgent?: string | undefined;
}

export interface RequestOptions {
  /** Default `GET`. */
  method?: string;
  headers?: Readonly<Record<string, string>>;
  query?: Query;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is; a Blob or stream is not read into memory first. */
  body?: Blob | ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string | undefined;
  /** Where a relative URL starts: looked up in the catalog… */
  endpointFilter?: EndpointFilter & { version?: number | undefined };
  /** …or given. */
  endpointOverride?: string | undefined;
  /** Whether to send a token. Default true. */
  authenticated?: boolean;
  /** Whether status 400 and above is thrown as an {@link HttpException}. Default true. */
  raise?: boolean;
  /** Replaces `Class: status` at the start of that exception's message. */
  errorMessage?: string | undefined;
  /** Whether the log hook hears of it. Default true. */
  logged?: boolean;
  signal?: AbortSignal | undefined;
}

/** A token that ends sooner than this is not used any more; keystoneauth's value. */
const minTokenLifeSeconds = 120;

/** The content types whose bodies are logged; keystoneauth's list. */
const loggedTypes = ['application/json', 'text/plain'];

/**
 * Gets a token when one is first needed, keeps it until it is about to expire, and finds services in its catalog.
 * A 401 makes it fetch a new token and try once more.
 *
 * @example
 * const session = new Session({ auth: new Password({ auth_url, username: 'demo', password: 'secret', project_name: 'demo', default_domain: 'default' }) });
 * const response = await session.request('/images', { endpointFilter: { serviceType: 'image', version: 2 } });
 */
export class Session {
  readonly auth: AuthPlugin;
  readonly #options: SessionOptions;
  #access: Promise<AccessInfo> | undefined;
  readonly #endpoints = new Map<string, Promise<string>>();

  constructor(options: SessionOptions) {
    this.auth = options.auth;
    this.#options = options;
  }

  /** Pauses for so many milliseconds: a waiting call's way to look again later. */
  sleep(ms: number): Promise<void> {
    return (this.#options.sleep ?? ((time) => new Promise((resolve) => setTimeout(resolve, time))))(ms);
  }

  /** Hands an event to the log hook. For auth plugins. */
  log(event: SessionLogEvent): void {
    this.#options.log?.(event);
  }

  /**
   * The current token, fetched if there is none or it is about to expire.
   *
   * @throws {@link Unauthorized} and what else {@link AuthPlugin.getAccess} throws.
   */
  async getAccess(): Promise<AccessInfo> {
    const now = (this.#options.now ?? (() => new Date()))();
    if (this.#access !== undefined) {
      const access = await this.#access;
      if (!access.willExpireSoon(now, minTokenLifeSeconds)) return access;
    }
    this.#access = this.auth.getAccess(this);
    try {
      return await this.#access;
    } catch (error) {
      this.#access = undefined; // the next call tries again
      throw error;
    }
  }

  /** Forgets the token, so that the next request gets a new one. */
  invalidate(): void {
    this.#access = undefined;
  }

  /**
   * The base URL of a service. With `version`, that major version's URL, found by version discovery (once).
   *
   * @throws {@link EndpointNotFound} when the catalog has no such service, interface and region.
   */
  async getEndpoint(filter: EndpointFilter & { version?: number | undefined }): Promise<string> {
    const url = (await this.getAccess()).urlFor(filter);
    if (url === undefined)
      throw new EndpointNotFound(filter.serviceType, filter.interface, filter.regionName);
    if (filter.version === undefined) return url;
    const key = `${filter.version} ${url}`;
    const endpoint = this.#endpoints.get(key) ?? versionedUrl(this, url, filter.version);
    this.#endpoints.set(key, endpoint);
    try {
      return await endpoint;
    } catch (error) {
      this.#endpoints.delete(key);
      throw error;
    }
  }

  /**
   * Sends one request and returns the response, its body unread.
   *
   * @param url complete, or relative to `endpointOverride` or to what `endpointFilter` finds.
   * @throws {@link HttpException} and its kinds for status 400 and above, {@link ConnectFailure}, {@link EndpointNotFound}.
   */
  async request(url: string, options: RequestOptions = {}): Promise<Response> {
    const method = options.method ?? 'GET';
    const authenticated = options.authenticated ?? true;
    const token = authenticated ? (await this.getAccess()).authToken : undefined;
    const base = await this.#resolve(url, options);
    const target = base + queryString(options.query);
    const logged = base + queryString(nulls(options.query));

    let response = await this.#send(method, target, options, token, logged);
    // A stream is gone once sent, so only what can be sent again is tried again.
    if (response.status === 401 && authenticated && !(options.body instanceof ReadableStream)) {
      this.invalidate();
      response = await this.#send(method, target, options, (await this.getAccess()).authToken, logged);
    }
    if (response.status >= 400 && (options.raise ?? true)) {
      throw await httpException(response, { method, url: target }, options.errorMessage);
    }
    return response;
  }

  async #resolve(url: string, { endpointFilter, endpointOverride }: RequestOptions): Promise<string> {
    if (/^https?:\/\//i.test(url)) return url;
    const base = endpointOverride ?? (endpointFilter && (await this.getEndpoint(endpointFilter)));
    if (base === undefined) throw new EndpointNotFound();
    return `${base.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
  }

  async #send(
    method: string,
    url: string,
    options: RequestOptions,
    token: string | undefined,
    logged: string,
  ): Promise<Response> {
    const body = options.json === undefined ? options.body : JSON.stringify(options.json);
    const headers = new Headers();
    if (this.#options.userAgent !== undefined) headers.set('User-Agent', this.#options.userAgent);
    if (options.json !== undefined) headers.set('Content-Type', 'application/json');
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    if (token !== undefined) headers.set('X-Auth-Token', token);

    const serviceType = options.endpointFilter?.serviceType;
    const log = (options.logged ?? true) ? this.#options.log : undefined;
    log?.({
      type: 'request',
      method,
      url: logged,
      headers,
      body: typeof body === 'string' ? body : undefined,
      serviceType,
    });

    // `duplex` is required for streams and missing from TypeScript's RequestInit
    const init: RequestInit & { duplex?: 'half' } = { method, headers };
    if (body !== undefined) init.body = body;
    if (body instanceof ReadableStream) init.duplex = 'half';
    if (options.signal !== undefined) init.signal = options.signal;

    let response: Response;
    try {
      response = await (this.#options.fetch ?? fetch)(makeRequest(url, init));
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new ConnectFailure(
        url,
        error instanceof Error && error.cause !== undefined ? error.cause : error,
      );
    }
    if (log) {
      const type = response.headers.get('content-type') ?? '';
      const text = loggedTypes.some((prefix) => type.startsWith(prefix))
        ? await response.clone().text()
        : undefined;
      log({
        type: 'response',
        method,
        url,
        status: response.status,
        headers: response.headers,
        body: text,
        serviceType,
      });
    }
    return response;
  }
}

/** A session bound to one service. Models `keystoneauth1.adapter.Adapter`. */
export class Adapter {
  constructor(
    readonly session: Session,
    readonly defaults: Pick<RequestOptions, 'endpointFilter' | 'endpointOverride' | 'signal'>,
  ) {}

  /** As {@link Session.request}, with URLs relative to the service. */
  request(url: string, options: RequestOptions = {}): Promise<Response> {
    return this.session.request(url, { ...this.defaults, ...options });
  }
}

/** With `None` for null, as Python writes it. */
function nulls(query: Query | undefined): Query {
  return Object.fromEntries(
    Object.entries(query ?? {}).map(([name, value]) => [name, value === null ? 'None' : value]),
  );
}

/** `?name=value&…` or the empty string, encoded as Python's `urlencode` does. */
export function queryString(query: Query | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      params.append(name, typeof one === 'boolean' ? (one ? 'True' : 'False') : String(one));
    }
  }
  const text = params.toString().replaceAll('%7E', '~').replaceAll('*', '%2A');
  return text === '' ? '' : `?${text}`;
}
