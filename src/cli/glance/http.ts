/** Requests of glanceclient and its errors: glanceclient/common/http.py, glanceclient/exc.py. */
import { ConnectFailure, Session, type RequestOptions } from '../../client';
import { CommandError } from '../errors';
import { connectMessage } from '../messages';

const CLASSES: Readonly<Record<number, string>> = {
  300: 'HTTPMultipleChoices',
  400: 'HTTPBadRequest',
  401: 'HTTPUnauthorized',
  403: 'HTTPForbidden',
  404: 'HTTPNotFound',
  405: 'HTTPMethodNotAllowed',
  409: 'HTTPConflict',
  413: 'HTTPOverLimit',
  500: 'HTTPInternalServerError',
  501: 'HTTPNotImplemented',
  502: 'HTTPBadGateway',
  503: 'HTTPServiceUnavailable',
};

/** Glance refused, or glanceclient did in its name. Prints as `HTTP 404 Not Found: …`. */
export class HttpError extends CommandError {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number | undefined,
    details: string,
  ) {
    super(`HTTP ${details}`);
  }
}

/** Glance, as the subcommands talk to it. */
export class GlanceClient {
  readonly #models = new Map<string, Promise<Record<string, unknown>>>();

  constructor(
    readonly session: Session,
    /** Root of the service, without `/v2`. */
    readonly endpoint: string,
    /** Sent instead of a token of the session's. */
    readonly token?: string,
    /** Hears of every refusal, for `--debug`. */
    readonly onRefusal?: (status: number) => void,
  ) {}

  /** Sends a request below `/v2`. @throws {@link HttpError} for status 400 and above. */
  async request(
    method: string,
    path: string,
    options: Pick<RequestOptions, 'body' | 'headers'> = {},
  ): Promise<Response> {
    const headers = {
      Accept: '*/*',
      'Content-Type': 'application/octet-stream',
      'User-Agent': 'python-glanceclient',
      ...options.headers,
      ...(this.token !== undefined && { 'X-Auth-Token': this.token }),
    };
    let response: Response;
    try {
      response = await this.session.request(path, {
        ...options,
        method,
        headers,
        endpointOverride: this.endpoint,
        endpointFilter: { serviceType: 'image' },
        authenticated: this.token === undefined,
        raise: false,
      });
    } catch (error) {
      if (!(error instanceof ConnectFailure)) throw error;
      throw new CommandError(`Error finding address for ${error.url}: ${connectMessage(error)}`);
    }
    if (response.ok) return response;
    this.onRefusal?.(response.status);
    if (response.status === 401) throw new CommandError('Invalid OpenStack Identity credentials.');
    throw await httpError(response);
  }

  /** The schema that a model is made by; each model of the client fetches it once, both of images as well. */
  model(
    name: 'model' | 'unvalidated_model' | 'member' | 'task' | `metadefs/${string}`,
  ): Promise<Record<string, unknown>> {
    const schema = name === 'model' || name === 'unvalidated_model' ? 'image' : name;
    const known = this.#models.get(name) ?? this.get(`/v2/schemas/${schema}`);
    this.#models.set(name, known);
    return known;
  }

  /** The body of a GET, an object. */
  async get(path: string, headers?: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
    const response = await this.request('GET', path, headers === undefined ? {} : { headers });
    return object(await response.json());
  }
}

/** glanceclient.exc.from_response */
async function httpError(response: Response): Promise<HttpError> {
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  const body = await response.text();
  const fallback = CLASSES[status] ?? 'HTTPException';
  if (body === '') return new HttpError(status, fallback);
  if (type.includes('json')) {
    const messages = Object.values(object(JSON.parse(body))).map((one) => object(one).message);
    return new HttpError(status, messages.filter((one) => typeof one === 'string').join('\n') || fallback);
  }
  if (type.includes('html')) {
    const lines = body.split(/\r\n|\n|\r/).map((line) => line.trim().replace(/<.+?>/g, ''));
    return new HttpError(status, [...new Set(lines)].filter((line) => line !== '').join(': ') || fallback);
  }
  return new HttpError(status, body.replaceAll('\n\n', '\n'));
}

/** Whatever came, as an object. */
export function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
