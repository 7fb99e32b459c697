import { httpDate } from './timestamp';
import { unquote } from './text';

/** Every status that Swift gives: its title, and the sentence of its page where it has one. */
const REASONS: Readonly<Record<number, readonly [title: string, sentence: string]>> = {
  200: ['OK', ''],
  201: ['Created', ''],
  202: ['Accepted', 'The request is accepted for processing.'],
  204: ['No Content', ''],
  206: ['Partial Content', ''],
  301: ['Moved Permanently', 'The resource has moved permanently.'],
  303: ['See Other', 'The response to the request can be found under a different URI.'],
  304: ['Not Modified', ''],
  307: ['Temporary Redirect', 'The resource has moved temporarily.'],
  400: [
    'Bad Request',
    'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  ],
  401: [
    'Unauthorized',
    'This server could not verify that you are authorized to access the document you requested.',
  ],
  403: ['Forbidden', 'Access was denied to this resource.'],
  404: ['Not Found', 'The resource could not be found.'],
  405: ['Method Not Allowed', 'The method is not allowed for this resource.'],
  406: ['Not Acceptable', 'The resource is not available in a format acceptable to your browser.'],
  409: ['Conflict', 'There was a conflict when trying to complete your request.'],
  411: ['Length Required', 'Content-Length header required.'],
  412: ['Precondition Failed', 'A precondition for this request was not met.'],
  413: ['Request Entity Too Large', 'The body of your request was too large for this server.'],
  416: ['Requested Range Not Satisfiable', 'The Range requested is not available.'],
  422: ['Unprocessable Entity', 'Unable to process the contained instructions'],
  499: ['Client Disconnect', 'The client was disconnected during request.'],
  500: [
    'Internal Error',
    'The server has either erred or is incapable of performing the requested operation.',
  ],
  501: ['Not Implemented', 'The requested method is not implemented by this server.'],
  502: ['Bad Gateway', 'Bad gateway.'],
  503: ['Service Unavailable', 'The server is currently unavailable. Please try again at a later time.'],
};

/** `404 Not Found` and the like. */
export function statusLine(status: number): string {
  return `${status} ${REASONS[status]?.[0] ?? ''}`;
}

/** The title and the sentence of a status. `RESPONSE_REASONS`. */
export function reasonOf(status: number): readonly string[] {
  return REASONS[status] ?? [];
}

/** Bytes that can be read from anywhere in them, more than once. */
export interface Content {
  readonly size: number;
  /** @param end one past the last byte. */
  chunks(start?: number, end?: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

export type Body = string | Uint8Array<ArrayBuffer> | Content | undefined;

/** An entry of a listing, as its JSON has it. */
export interface ListingEntry {
  [field: string]: string | number | boolean | undefined;
  name?: string;
  subdir?: string;
  hash?: string;
  bytes?: number;
  content_type?: string;
  last_modified?: string;
}
export type Listing = ListingEntry[];

/** Some bytes as content. */
export function bytesContent(bytes: Uint8Array<ArrayBuffer>): Content {
  return {
    size: bytes.length,
    async *chunks(start = 0, end = bytes.length) {
      if (start < end) yield bytes.subarray(start, end);
    },
  };
}

/** An answer on its way through the pipeline. Modelled on `Response` of swift/common/swob.py. */
export class SwiftResponse {
  headers: Headers;
  /** What an account or a container holds, until it is known how that is to be written. */
  listing: Listing | undefined;
  /** Is the body sent without saying how long it is, as it comes while something is done? */
  withoutLength = false;

  /** @param body the page with the status' sentence, where nothing else is given. */
  constructor(
    public status: number,
    headers: Record<string, string> | Headers = {},
    public body: Body = undefined,
  ) {
    this.headers = new Headers(headers);
    if (!this.headers.has('Content-Type')) this.headers.set('Content-Type', 'text/html; charset=UTF-8');
  }

  get isSuccess(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** The content type without its parameters. */
  get contentType(): string {
    return (this.headers.get('Content-Type') ?? '').split(';')[0] ?? '';
  }

  set lastModified(time: number) {
    this.headers.set('Last-Modified', httpDate(time));
  }

  /** A copy with the same body. */
  clone(): SwiftResponse {
    const copy = new SwiftResponse(this.status, this.headers, this.body);
    copy.listing = this.listing;
    return copy;
  }

  /** The body, where it can be read from anywhere. */
  get bytes(): Content {
    const { content } = this;
    if (typeof content === 'string') return bytesContent(new TextEncoder().encode(content));
    return content instanceof Uint8Array ? bytesContent(content) : content;
  }

  /** The body as it is sent. */
  get content(): string | Uint8Array<ArrayBuffer> | Content {
    if (this.body !== undefined) return this.body;
    const [title, sentence] = REASONS[this.status] ?? ['', ''];
    return sentence === '' ? '' : `<html><h1>${title}</h1><p>${sentence}</p></html>`;
  }

  /** The whole body as text; for bodies that are known to be small, such as a listing's. */
  async text(): Promise<string> {
    const { content } = this;
    if (typeof content === 'string') return content;
    if (content instanceof Uint8Array) return new TextDecoder().decode(content);
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of content.chunks()) text += decoder.decode(chunk, { stream: true });
    return text + decoder.decode();
  }

  toResponse(method: string): Response {
    const { status, headers } = this;
    const init = { status, statusText: REASONS[status]?.[0] ?? '', headers };
    const { content } = this;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    if (this.withoutLength) headers.set('Transfer-Encoding', 'chunked');
    if (!this.withoutLength && (method !== 'HEAD' || !headers.has('Content-Length'))) {
      // a page is not made for nobody to read it
      const size = bytes instanceof Uint8Array ? bytes.length : bytes.size;
      headers.set('Content-Length', String(method === 'HEAD' && this.body === undefined ? 0 : size));
    }
    if (method === 'HEAD' || [204, 304].includes(status)) return new Response(null, init);
    if (bytes instanceof Uint8Array && !this.withoutLength) return new Response(bytes, init);
    if (bytes instanceof Uint8Array) return new Response(streamOf(bytesContent(bytes)), init);
    return new Response(streamOf(bytes), init);
  }
}

function streamOf(content: Content): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = content.chunks()[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** An answer that ends whatever is being done. `HTTPException` of swift/common/swob.py. */
export class HTTPException extends Error {
  override readonly name = 'HTTPException';

  constructor(readonly response: SwiftResponse) {
    super(statusLine(response.status));
  }
}

/** An error with a text of its own. */
export function error(status: number, body?: string, headers: Record<string, string> = {}): SwiftResponse {
  return new SwiftResponse(status, headers, body);
}

/** The same as plain text. */
export function plainError(status: number, body: string): SwiftResponse {
  return new SwiftResponse(status, { 'Content-Type': 'text/plain' }, body);
}

export type Authorize = (request: SwiftRequest) => SwiftResponse | undefined;

/** What goes with a request, and with those that are made because of it: the WSGI environment. */
export interface Env {
  /** Says no, or undefined. Absent where nobody asks any more. */
  authorize: Authorize | undefined;
  /** Somebody in front of keystoneauth has taken over. */
  authorizeOverride: boolean;
  remoteUser: string | undefined;
  /** Is this somebody whom every account belongs to? */
  reseller: boolean;
  /** Is this somebody whom the account belongs to? Known once `authorize` was asked. */
  owner: boolean;
  /** May names begin with a NUL, as those of hidden containers do? */
  allowReserved: boolean;
  /** Was a parameter put into the content type that users may not put there? */
  contentTypeOverridden: boolean;
  /** Somebody answers instead of the listing, in a format of its own. */
  formatListing: boolean;
  /** Scheme and host in front of a `Location`. */
  readonly hostUrl: string;
  readonly transId: string;
  leaveRelativeLocation: boolean;
  /** So many bytes may come, where nobody said how many will. */
  allowance: number;
}

export type Source = () => AsyncIterable<Uint8Array>;

export interface SubRequest {
  method?: string;
  path?: string;
  params?: Iterable<readonly [string, string]>;
  headers?: Record<string, string> | Headers;
  body?: Source;
  /** Nobody asks whether this may be done. */
  preAuthed?: boolean;
}

/** Without a body. */
export async function* nothing(): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  // yields nothing
}

/** A request on its way through the pipeline. Modelled on `Request` of swift/common/swob.py. */
export class SwiftRequest {
  /** Who may, besides the account's owner: the ACL of the container, once it is known. */
  acl: string | undefined;

  constructor(
    public method: string,
    /** Decoded. */
    public path: string,
    /** Of the query; the last one of a name counts. */
    public params: Map<string, string>,
    public headers: Headers,
    public body: Source,
    public env: Env,
  ) {}

  /** Version, account, container and object; each but the first may be missing or empty. */
  get parts(): { version: string; account: string; container: string; object: string } {
    const [, version = '', account = '', container = '', ...object] = this.path.split('/');
    return { version, account, container, object: object.join('/') };
  }

  /** What the text of a body's length says; undefined where none was sent. */
  get contentLength(): number | undefined {
    const header = this.headers.get('Content-Length');
    return header === null || !/^\d+$/.test(header) ? undefined : Number(header);
  }

  /** A request that is made because of this one. Headers are its own, but for the referrer. */
  sub(changes: SubRequest): SwiftRequest {
    const env: Env = { ...this.env, contentTypeOverridden: false, allowReserved: false };
    if (changes.preAuthed === true)
      Object.assign(env, {
        authorize: () => undefined,
        authorizeOverride: true,
        remoteUser: '.wsgi.pre_authed',
        owner: false,
        reseller: false,
      } satisfies Partial<Env>);
    const headers = new Headers(changes.headers);
    const referrer = this.headers.get('Referer');
    if (referrer !== null && !headers.has('Referer')) headers.set('Referer', referrer);
    return new SwiftRequest(
      changes.method ?? this.method,
      changes.path ?? this.path,
      new Map(changes.params ?? []),
      headers,
      changes.body ?? nothing,
      env,
    );
  }

  /** The same request, of which one may change things. */
  copy(): SwiftRequest {
    const copy = new SwiftRequest(
      this.method,
      this.path,
      new Map(this.params),
      new Headers(this.headers),
      this.body,
      { ...this.env },
    );
    copy.acl = this.acl;
    return copy;
  }
}

/** Reads a query; what is no UTF-8 becomes {@link BAD_TEXT}. Modelled on `Request.params` of swift/common/swob.py. */
export function parseQuery(query: string): Map<string, string> {
  const params = new Map<string, string>();
  for (const word of query.replace(/^\?/, '').split('&')) {
    if (word === '') continue;
    const [name = '', ...value] = word.replaceAll('+', ' ').split('=');
    params.set(unquote(name) ?? BAD_TEXT, unquote(value.join('=')) ?? BAD_TEXT);
  }
  return params;
}

/** Stands for text that is no UTF-8; no text can be a lone surrogate. */
export const BAD_TEXT = '\ud800';

/** A parameter of the query. @throws {@link HTTPException} if its text is no UTF-8. `get_param`. */
export function getParam(request: SwiftRequest, name: string): string | undefined {
  const value = request.params.get(name);
  if (value === BAD_TEXT) throw new HTTPException(plainError(400, `"${name}" parameter not valid UTF-8`));
  return value;
}

export type App = (request: SwiftRequest) => Promise<SwiftResponse>;
/** One of the pipeline's filters: answers by itself, or with what the rest of the pipeline says. */
export type Middleware = (request: SwiftRequest, next: App) => Promise<SwiftResponse>;
