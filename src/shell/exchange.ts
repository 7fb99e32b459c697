/** What went over the wire for a line: each request with its answer, secrets taken out. */
import { requestBody } from '../client/request-body';
import { SecretMask } from './secret-mask';

/** The body of a request or an answer: text, or only how much there was of it. */
export type ExchangeBody = { text: string } | { bytes: number | undefined; type: string };

export interface Exchange {
  method: string;
  url: string;
  requestHeaders: (readonly [name: string, value: string])[];
  requestBody?: ExchangeBody;
  /** Missing when there was no answer. */
  status?: number;
  responseHeaders: (readonly [name: string, value: string])[];
  responseBody?: ExchangeBody;
  /** Why there was no answer. */
  error?: string;
}

type Fetch = (request: Request) => Promise<Response>;

/** More text than this is not kept. */
const KEPT = 200_000;

/** Listens to one line's requests. Tokens and passwords never get into what it notes. */
export class ExchangeRecorder {
  /** In the order in which they were sent. */
  readonly exchanges: Exchange[] = [];
  readonly #mask = new SecretMask();

  async fetch(request: Request, send: Fetch): Promise<Response> {
    const exchange: Exchange = {
      method: request.method,
      url: this.#mask.text(request.url),
      requestHeaders: this.#mask.headers(request.headers),
      responseHeaders: [],
    };
    this.exchanges.push(exchange);
    const body = requestBody(request);
    const sent = body && this.#body(body, request.headers.get('content-type'));
    if (sent) exchange.requestBody = sent;
    let response: Response;
    try {
      response = await send(request);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      exchange.error = cause instanceof Error ? cause.message : String(cause);
      throw error;
    }
    exchange.status = response.status;
    exchange.responseHeaders = this.#mask.headers(response.headers);
    const received = await this.#received(response);
    if (received) exchange.responseBody = received;
    return response;
  }

  async #received(response: Response): Promise<ExchangeBody | undefined> {
    const type = response.headers.get('content-type');
    const length = response.headers.get('content-length');
    if (response.body === null || length === '0') return undefined;
    const isText = /^text\/|json|html/.test(type ?? '') && Number(length ?? 0) <= KEPT;
    if (!isText) return this.#body({ bytes: length === null ? undefined : Number(length) }, type);
    const text = await response.clone().text();
    return text === '' ? undefined : this.#body({ text }, type);
  }

  #body(body: { text: string } | { bytes: number | undefined }, type: string | null): ExchangeBody {
    if ('bytes' in body) return { ...body, type: type ?? '' };
    if (body.text.length > KEPT) return { bytes: body.text.length, type: type ?? '' };
    return { text: this.#mask.body(body.text) };
  }
}
