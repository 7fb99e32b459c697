/**
 * Everything that can go wrong between a script and a cloud, as classes named after openstacksdk's
 * (`openstack/exceptions.py`) and, for what happens before a service answers, keystoneauth's.
 */

/** The base of all errors this client throws. */
export class SDKException extends Error {
  override readonly name: string = 'SDKException';
}

/** The catalog has no endpoint for a service. Models `keystoneauth1.exceptions.catalog.EndpointNotFound`. */
export class EndpointNotFound extends SDKException {
  override readonly name = 'EndpointNotFound';
  constructor(
    readonly serviceType?: string,
    interface_?: string,
    region?: string,
  ) {
    const where = region === undefined ? '' : ` in ${region} region`;
    super(
      serviceType === undefined
        ? 'Could not find requested endpoint in Service Catalog.'
        : `${interface_ ?? 'public'} endpoint for ${serviceType} service${where} not found`,
    );
  }
}

/** No connection to the server: wrong host, refused, no network. Models `keystoneauth1.exceptions.ConnectFailure`. */
export class ConnectFailure extends SDKException {
  override readonly name = 'ConnectFailure';
  constructor(
    readonly url: string,
    override readonly cause: unknown,
  ) {
    super(
      `Unable to establish connection to ${url}: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

/** No version document where one was expected. Models `keystoneauth1.exceptions.DiscoveryFailure`. */
export class DiscoveryFailure extends SDKException {
  override readonly name = 'DiscoveryFailure';
}

/** The credentials given cannot make a token (none given, or given twice). Models keystoneauth's class of this name. */
export class AuthorizationFailure extends SDKException {
  override readonly name = 'AuthorizationFailure';
}

/** The description of a cloud (clouds.yaml, `OS_*` variables) is missing or makes no sense. */
export class ConfigException extends SDKException {
  override readonly name = 'ConfigException';
}

/** What the server sent is not what its API promises; also a download whose checksum is wrong. */
export class InvalidResponse extends SDKException {
  override readonly name = 'InvalidResponse';
}

/** More than one resource has that name. */
export class DuplicateResource extends SDKException {
  override readonly name = 'DuplicateResource';
}

/** What was waited for went wrong: the server went to `ERROR`, or away. */
export class ResourceFailure extends SDKException {
  override readonly name = 'ResourceFailure';
}

/** What was waited for did not happen in time. */
export class ResourceTimeout extends SDKException {
  override readonly name = 'ResourceTimeout';
}

/** What a service said when it refused, as data. */
export interface HttpFailure {
  status: number;
  /** The status line's words, such as `Not Found`; filled in where HTTP/2 sends none. */
  reason: string;
  method: string;
  url: string;
  headers: Headers;
  /** The body as text, unread and unparsed otherwise. */
  body: string;
}

/**
 * A service answered with status 400 or above. Models `openstack.exceptions.HttpException`;
 * `message` is what the SDK prints, such as
 * `NotFoundException: 404: Client Error for url: https://…/v2/images/x, 404 Not Found: …`.
 */
export class HttpException extends SDKException {
  override readonly name: string = 'HttpException';
  readonly status: number;
  readonly reason: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  /** What the SDK makes of the body: the sentences in JSON, the text of HTML, otherwise the reason phrase. */
  readonly details: string;

  /** @param prefix replaces the leading `Class: status`, as the SDK's `error_message` does. */
  constructor(failure: HttpFailure, prefix?: string) {
    super();
    this.status = failure.status;
    this.reason = failure.reason;
    this.method = failure.method;
    this.url = failure.url;
    this.headers = failure.headers;
    this.body = failure.body;
    this.details = extractDetails(failure);
    const source = this.status < 500 ? 'Client' : 'Server';
    this.message = `${prefix ?? `${new.target.exceptionName}: ${this.status}`}: ${source} Error for url: ${this.url}, ${this.details}`;
  }

  /** The name in `message`; a bundler may rename classes, so it is written out. */
  protected static readonly exceptionName: string = 'HttpException';

  /** `x-openstack-request-id`, which an operator needs to find the request in the logs. */
  get requestId(): string | null {
    return this.headers.get('x-openstack-request-id');
  }

  get contentType(): string {
    return this.headers.get('content-type') ?? '';
  }

  /** The service's own sentence, without status line, markup or class name; empty when it gave none. */
  get explanation(): string {
    const text = this.contentType.includes('json') ? jsonMessages(this.body).join('\n') : this.body;
    return withoutMarkup(text.replace(/<title>.*?<\/title>/s, '').replace(/<h1>.*?<\/h1>/s, ''))
      .replace(new RegExp(`^\\s*${this.status} [^\\n]*\\n`), '')
      .replace(/\s+/g, ' ')
      .trim();
  }
}

/** HTTP 400: the request makes no sense to the service. */
export class BadRequestException extends HttpException {
  override readonly name = 'BadRequestException';
  protected static override readonly exceptionName = 'BadRequestException';
}

/** HTTP 403: a policy, or a property of the resource such as `protected`, forbids it. */
export class ForbiddenException extends HttpException {
  override readonly name = 'ForbiddenException';
  protected static override readonly exceptionName = 'ForbiddenException';
}

/** HTTP 404: it does not exist, or you may not know that it does. */
export class NotFoundException extends HttpException {
  override readonly name = 'NotFoundException';
  protected static override readonly exceptionName = 'NotFoundException';
}

/** HTTP 409: not in this state. */
export class ConflictException extends HttpException {
  override readonly name = 'ConflictException';
  protected static override readonly exceptionName = 'ConflictException';
}

/** HTTP 412. */
export class PreconditionFailedException extends HttpException {
  override readonly name = 'PreconditionFailedException';
  protected static override readonly exceptionName = 'PreconditionFailedException';
}

/** Nothing has that name or id, found out by listing. The SDK's `NotFoundException` without a response. */
export class ResourceNotFound extends SDKException {
  override readonly name = 'ResourceNotFound';
}

/** Identity refused the credentials (HTTP 401). Models `keystoneauth1.exceptions.http.Unauthorized`. */
export class Unauthorized extends HttpException {
  override readonly name = 'Unauthorized';
  protected static override readonly exceptionName = 'Unauthorized';
}

const exceptionByStatus = new Map<number, typeof HttpException>([
  [400, BadRequestException],
  [403, ForbiddenException],
  [404, NotFoundException],
  [409, ConflictException],
  [412, PreconditionFailedException],
]);

/**
 * Reads a refusal to its end and returns the error to throw.
 * Models `openstack.exceptions.raise_from_response`.
 *
 * @param prefix replaces the leading `Class: status` in the message.
 */
export async function httpException(
  response: Response,
  request: { method: string; url: string },
  prefix?: string,
): Promise<HttpException> {
  const Exception = exceptionByStatus.get(response.status) ?? HttpException;
  return new Exception(await httpFailure(response, request), prefix);
}

/** Reads a response's body and gathers what an {@link HttpException} is made of. */
export async function httpFailure(
  response: Response,
  request: { method: string; url: string },
): Promise<HttpFailure> {
  return {
    status: response.status,
    reason: response.statusText || reasonPhrase(response.status),
    method: request.method,
    url: request.url,
    headers: response.headers,
    body: await response.text(),
  };
}

function extractDetails({ headers, body, reason }: HttpFailure): string {
  const contentType = headers.get('content-type') ?? '';
  let details = '';
  if (contentType.includes('application/json')) {
    details = jsonMessages(body).join('\n');
  } else if (contentType.includes('text/html')) {
    const lines = body.split(/\r\n|\r|\n/).map((line) => withoutMarkup(line.trim()));
    details = [...new Set(lines)].filter((line) => line !== '').join(': ');
  }
  return details || reason || body;
}

/** The `message` (or `faultstring`) of each object in an error document, or of the document itself. */
function jsonMessages(body: string): string[] {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    return [body];
  }
  if (typeof content !== 'object' || content === null) return [body];
  const messages = Object.values(content)
    .map(messageOf)
    .filter((message) => message !== '');
  return messages.length > 0 ? messages : [messageOf(content)].filter((message) => message !== '');
}

function messageOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  if ('message' in value && value.message) return String(value.message);
  if ('faultstring' in value && value.faultstring) return String(value.faultstring);
  return '';
}

function withoutMarkup(text: string): string {
  return text.replace(/<.+?>/g, '');
}

const reasonPhrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The words that go with an HTTP status, as Python's `http.client` has them. */
export function reasonPhrase(status: number): string {
  return reasonPhrases[status] ?? '';
}
