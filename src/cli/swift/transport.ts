/** One request and its answer: HTTPConnection of swiftclient/client.py. */
import { ConnectFailure, reasonPhrase } from '../../client';
import { makeRequest } from '../../client/request-body';
import { connectMessage } from '../messages';
import type { ProgramContext } from '../program';
import { ClientException, RequestError } from './exceptions';
import { wireHeaders } from './headers';
import type { Log } from './log';

/** What a request can carry. */
export type RequestData = string | Blob | Uint8Array<ArrayBuffer>;

export interface SendOptions {
  headers: Readonly<Record<string, string>>;
  data?: RequestData | undefined;
  /** Whether the body of a good answer is left to whoever asked. */
  stream?: boolean;
}

export class Transport {
  constructor(
    readonly context: ProgramContext,
    readonly log: Log,
  ) {}

  /** @throws {@link RequestError} when nobody answers. */
  async fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.context.fetch(makeRequest(url, init as RequestInit & { duplex?: 'half' })); // no streams here
    } catch (error) {
      if (this.context.signal?.aborted) throw error;
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      const { message } = new RequestError(connectMessage(new ConnectFailure(url, cause)));
      throw new RequestError(message.replace(/^Unable to establish connection to \S+: /, ''));
    }
  }

  /** Sends and logs; the answer's body is read unless it is to be streamed. */
  async send(
    method: string,
    url: string,
    { headers, data, stream = false }: SendOptions,
  ): Promise<{ response: Response; body: Uint8Array }> {
    if (!/^https?:\/\//.test(url)) {
      const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? '';
      throw new ClientException(`Unsupported scheme "${scheme}" in url "${url}"`);
    }
    this.log.connecting(url);
    const init: RequestInit = { method, headers: wireHeaders(headers) };
    if (!['GET', 'HEAD'].includes(method)) init.body = data ?? '';
    // a text would be sent with a content type of its own
    if (typeof init.body === 'string') init.body = new TextEncoder().encode(init.body);
    const response = await this.fetch(url, init);
    this.log.wire(method, url, response);
    const reads = !stream || !response.ok;
    const body = reads ? new Uint8Array(await response.arrayBuffer()) : new Uint8Array();
    this.log.exchange({ method, url, headers, response, body: reads ? body : undefined });
    return { response, body };
  }

  /** `ClientException.from_response`. */
  exception(message: string, url: string, response: Response, body: Uint8Array): ClientException {
    const { origin, pathname, search, port } = new URL(url);
    // a port that goes without saying is shown if it was said
    const said =
      /^https?:\/\/[^/]*:\d+/.test(url) && port === '' ? `:${url.startsWith('https') ? 443 : 80}` : '';
    return new ClientException(message, {
      url: `${origin}${said}${pathname}${search}`,
      status: response.status,
      reason: response.statusText || reasonPhrase(response.status),
      body,
      headers: response.headers,
    });
  }
}
