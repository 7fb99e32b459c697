/** The requests of `swift`, tried again where that may help: Connection of swiftclient/client.py. */
import { quotePath } from '../../client';
import type { Value } from '../python';
import { ClientException, RequestError } from './exceptions';
import { headerMap, type HeaderMap } from './headers';
import { getAuth } from './login';
import type { Login } from './options';
import type { RequestData, Transport } from './transport';

/** A container, an object or a pseudo-folder in a listing. */
export type ListingItem = Readonly<Record<string, Value>>;

export interface ListingOptions {
  marker?: string;
  version_marker?: string;
  prefix?: string | undefined;
  delimiter?: string | undefined;
  headers?: Readonly<Record<string, string>>;
  query?: string;
}

export interface ObjectRequest {
  headers?: Readonly<Record<string, string>>;
  query?: string | undefined;
}

/** An answer: headers and the body. */
export interface Answer {
  headers: HeaderMap;
  body: Uint8Array;
}

export class Connection {
  url = '';
  token = '';
  /** How often the last request was sent. */
  attempts = 0;
  /** When the last login was over, in seconds. */
  authEndTime = 0;

  constructor(
    private readonly transport: Transport,
    private readonly login: Login,
  ) {
    this.url = login.os.storage_url ?? '';
    this.token = login.os.auth_token ?? '';
  }

  async getAuth(): Promise<void> {
    const { url, token } = await getAuth(this.transport, this.login);
    this.url = url;
    this.token = token;
  }

  /** Logs in where it has to, and tries again what may be better in a while. */
  async #retry<T>(act: () => Promise<T>): Promise<T> {
    const { retries, auth, user, key, forceAuthRetry } = this.login;
    let retriedAuth = false;
    let backoff = 1;
    for (this.attempts = 1; ; this.attempts++) {
      try {
        if (!this.url || !this.token) await this.getAuth();
        this.authEndTime = this.now();
        return await act();
      } catch (error) {
        if (error instanceof RequestError) {
          if (this.attempts > retries) throw error;
        } else if (error instanceof ClientException) {
          const { status } = error;
          if (status === 401) {
            this.url = this.token = '';
            if (retriedAuth || !(auth && user && key)) throw error;
            retriedAuth = true;
          } else if (this.attempts > retries || status === undefined) throw error;
          else if (![408, 499, 498, 429].includes(status) && !(status >= 500 && status <= 599)) throw error;
        } else throw error;
      }
      if (forceAuthRetry) this.url = this.token = '';
      await this.transport.context.sleep(backoff * 1000);
      backoff = Math.min(backoff * 2, 64);
    }
  }

  /** Seconds since 1970. */
  now(): number {
    return this.transport.context.now().getTime() / 1000;
  }

  /** @param path below the account, escaped, with its query. */
  #call(
    failure: string,
    method: string,
    path: string,
    given: Readonly<Record<string, string>> = {},
    data?: RequestData,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return this.#retry(async () => {
      const url = `${this.url}${path}`;
      const headers = { 'X-Auth-Token': this.token, ...more, ...given };
      const { response, body } = await this.transport.send(method, url, { headers, data });
      if (!response.ok) throw this.transport.exception(failure, url, response, body);
      return { headers: headerMap(response.headers), body };
    });
  }

  headAccount(headers: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#call('Account HEAD failed', 'HEAD', '', headers);
  }

  postAccount(headers: Readonly<Record<string, string>>, query = '', data?: string): Promise<Answer> {
    return this.#call('Account POST failed', 'POST', query && `?${query}`, headers, data);
  }

  getAccount(options: ListingOptions): Promise<ListingItem[]> {
    return this.#listing('Account GET failed', '', options);
  }

  getContainer(container: string, options: ListingOptions): Promise<ListingItem[]> {
    return this.#listing('Container GET failed', `/${quotePath(container)}`, options);
  }

  async #listing(failure: string, path: string, options: ListingOptions): Promise<ListingItem[]> {
    const parts = ['format=json'];
    for (const name of ['marker', 'prefix', 'delimiter', 'version_marker'] as const) {
      const value = options[name];
      if (value) parts.push(`${name}=${quotePath(value)}`);
    }
    if (options.query) parts.push(options.query);
    const gzip = { 'Accept-Encoding': 'gzip' };
    const answer = await this.#call(
      failure,
      'GET',
      `${path}?${parts.join('&')}`,
      options.headers,
      undefined,
      gzip,
    );
    return answer.body.length === 0 ? [] : (json(answer.body) as ListingItem[]); // the API's contract
  }

  headContainer(container: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.#call('Container HEAD failed', 'HEAD', `/${quotePath(container)}`, headers);
  }

  putContainer(container: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const all = { ...headers, 'Content-Length': '0' };
    return this.#call('Container PUT failed', 'PUT', `/${quotePath(container)}`, all);
  }

  postContainer(container: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const all = { ...headers, 'Content-Length': '0' };
    return this.#call('Container POST failed', 'POST', `/${quotePath(container)}`, all);
  }

  deleteContainer(container: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#call('Container DELETE failed', 'DELETE', `/${quotePath(container)}`, headers);
  }

  headObject(container: string, object: string, { headers, query }: ObjectRequest = {}): Promise<Answer> {
    return this.#call('Object HEAD failed', 'HEAD', objectPath(container, object, query), headers);
  }

  /** @returns the ETag without quotes. */
  async putObject(
    container: string,
    object: string,
    data: RequestData,
    { headers = {}, query }: ObjectRequest = {},
  ): Promise<string> {
    const answer = await this.#call(
      'Object PUT failed',
      'PUT',
      objectPath(container, object, query),
      headers,
      data,
    );
    return (answer.headers.get('etag') ?? '').replace(/^"+|"+$/g, '');
  }

  postObject(container: string, object: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#call('Object POST failed', 'POST', objectPath(container, object), headers);
  }

  copyObject(
    container: string,
    object: string,
    destination: string | undefined,
    headers: Readonly<Record<string, string>>,
    fresh: boolean,
  ): Promise<Answer> {
    const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'x-fresh-metadata');
    return this.#call('Object COPY failed', 'COPY', objectPath(container, object), {
      ...Object.fromEntries(kept),
      Destination: destination === undefined ? objectPath(container, object) : quotePath(destination),
      'X-Fresh-Metadata': String(fresh),
    });
  }

  deleteObject(container: string, object: string, { headers, query }: ObjectRequest = {}): Promise<Answer> {
    return this.#call('Object DELETE failed', 'DELETE', objectPath(container, object, query), headers);
  }

  /** The data come as they are read. */
  getObject(
    container: string,
    object: string,
    { headers: given, query }: ObjectRequest = {},
  ): Promise<{ headers: HeaderMap; stream: ReadableStream<Uint8Array> }> {
    return this.#retry(async () => {
      const url = `${this.url}${objectPath(container, object, query)}`;
      const headers = { ...given, 'X-Auth-Token': this.token };
      const { response, body } = await this.transport.send('GET', url, { headers, stream: true });
      if (!response.ok) throw this.transport.exception('Object GET failed', url, response, body);
      return { headers: headerMap(response.headers), stream: response.body ?? new Blob([]).stream() };
    });
  }

  /** What the cluster can do. Nothing is tried again. */
  async getCapabilities(proxy?: string): Promise<Readonly<Record<string, Value>>> {
    if (!proxy && !this.url) await this.getAuth();
    const url = infoUrl(proxy || this.url);
    const headers = { 'Accept-Encoding': 'gzip' };
    const { response, body } = await this.transport.send('GET', url, { headers });
    if (!response.ok) throw this.transport.exception('Capabilities GET failed', url, response, body);
    return json(body) as Record<string, Value>; // the API's contract
  }
}

/** `_map_url`. */
function infoUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const at = new URL(url);
  if (/\/v\d+\.?\d*(\/.*)?/.test(at.pathname))
    at.pathname = at.pathname.replace(/\/v\d+\.?\d*(\/.*)?/, '/info');
  else if (!at.pathname.includes('/info')) at.pathname = `${at.pathname.replace(/\/$/, '')}/info`;
  return at.href;
}

function objectPath(container: string, object: string, query = ''): string {
  return `/${quotePath(container)}/${quotePath(object)}${query && `?${query}`}`;
}

function json(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}
