/** One URL: the request, the redirects it leads to, and what came back. Models `src/tool_operate.c` of curl. */
import { reasonPhrase } from '../../client';
import { makeRequest } from '../../client/request-body';
import type { ProgramContext } from '../program';
import type { CurlConfig } from './options';
import { readUrl, requestHeaders, TransferError, transferError, type HeaderList } from './request';

/** Headers that a program cannot set on the Fetch API's requests, or must not. */
const BY_FETCH = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'expect']);

/** More than fits into a URL or a form is not shown as text. */
const TEXT_LIMIT = 100_000;

/** What is sent besides the headers. */
export interface Payload {
  data: string | Blob | undefined;
  upload: Blob | undefined;
  /** `-H` lines. */
  headers: readonly string[];
}

export interface Transfer {
  url: URL;
  method: string;
  /** `-v` lines. */
  log: string;
  /** The status lines and headers of every answer, redirects included. */
  heads: string;
  response: Response | undefined;
  body: Blob;
  redirects: number;
  sent: number;
  headerCount: number;
  error: TransferError | undefined;
}

/** Never throws for anything that can go wrong between two machines: that is the transfer's `error`. */
export async function transfer(
  address: string,
  config: CurlConfig,
  payload: Payload,
  context: ProgramContext,
): Promise<Transfer> {
  const done: Transfer = {
    url: new URL('http://localhost'),
    method: methodOf(config, payload),
    log: '',
    heads: '',
    response: undefined,
    body: new Blob([]),
    redirects: 0,
    sent: 0,
    headerCount: 0,
    error: undefined,
  };
  try {
    done.url = readUrl(address);
    let { data, upload } = payload;
    for (;;) {
      await exchange(done, config, { ...payload, data, upload }, context);
      const next = config.flags.has('location') ? redirectOf(done) : undefined;
      if (next === undefined) return done;
      const most = Number(config.values['max-redirs'] ?? 50);
      if (most >= 0 && done.redirects >= most)
        throw new TransferError(47, `Maximum (${most}) redirects followed`);
      done.redirects++;
      done.url = next;
      const status = done.response?.status ?? 0;
      if (done.method === 'POST' && status <= 303 && config.values.request === undefined) {
        done.method = 'GET';
        data = upload = undefined;
      }
    }
  } catch (error) {
    if (context.signal?.aborted) throw error;
    done.error = transferError(error, done.url);
    return done;
  }
}

function methodOf({ flags, values }: CurlConfig, { data, upload }: Payload): string {
  if (values.request !== undefined) return values.request;
  if (flags.has('head')) return 'HEAD';
  if (upload !== undefined) return 'PUT';
  return data !== undefined && !flags.has('get') ? 'POST' : 'GET';
}

async function exchange(
  done: Transfer,
  config: CurlConfig,
  payload: Payload,
  context: ProgramContext,
): Promise<void> {
  const { url, method } = done;
  const posted = payload.upload === undefined && payload.data !== undefined && !config.flags.has('get');
  const body = payload.upload ?? (posted ? payload.data : undefined);
  const length = body === undefined ? undefined : sizeOf(body);
  const headers = requestHeaders({ url, config, given: payload.headers, length, posted });
  done.log += requestLog(done, headers, length);
  const response = await context.fetch(await request(url, method, headers, body));
  done.sent = length ?? 0;
  done.response = response;
  const head = headText(response);
  done.heads += head.join('');
  done.headerCount += head.length - 2;
  // a picture of what came is taken before anything is printed, as the whole of it decides on exit code and warnings
  done.body = method === 'HEAD' ? new Blob([]) : await response.blob();
  done.log += head.map((line) => `< ${line}`).join('');
  if (done.body.size > 0) done.log += `{ [${done.body.size} bytes data]\n`;
  done.log += `* Connection #0 to host ${url.hostname} left intact\n`;
}

async function request(
  url: URL,
  method: string,
  headers: HeaderList,
  body: string | Blob | undefined,
): Promise<Request> {
  const sent = new Headers();
  for (const [name, value] of headers) if (!BY_FETCH.has(name.toLowerCase())) sent.append(name, value);
  // the Fetch API lets these have no body; OpenStack reads none there
  const bodiless = /^(GET|HEAD)$/i.test(method);
  const init: RequestInit = { method, headers: sent, redirect: 'manual' };
  if (body !== undefined && !bodiless) {
    const text = /json|text|urlencoded/.test(sent.get('content-type') ?? '') && sizeOf(body) <= TEXT_LIMIT;
    init.body = body instanceof Blob && text ? await body.text() : body;
  }
  return makeRequest(url.href, init);
}

function sizeOf(body: string | Blob): number {
  return typeof body === 'string' ? new TextEncoder().encode(body).length : body.size;
}

function requestLog({ url, method }: Transfer, headers: HeaderList, length: number | undefined): string {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const lines = [
    `* Connected to ${url.hostname} port ${port}`,
    '* using HTTP/1.x',
    `> ${method} ${url.pathname}${url.search} HTTP/1.1`,
    ...headers.map(([name, value]) => (value === '' ? `> ${name}:` : `> ${name}: ${value}`)),
    '> ',
    ...(length ? [`} [${length} bytes data]`, `* upload completely sent off: ${length} bytes`] : []),
    ...(length ? [] : ['* Request completely sent off']),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The status line and the headers as HTTP/1.1 writes them, with the empty line after them. */
function headText(response: Response): string[] {
  const { status, statusText, headers } = response;
  return [
    `HTTP/1.1 ${status} ${statusText || PHRASES[status] || reasonPhrase(status)}\r\n`,
    ...[...headers].map(([name, value]) => `${title(name)}: ${value}\r\n`),
    '\r\n',
  ];
}

const PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  206: 'Partial Content',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
};

function title(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** Where the answer sends its reader. */
export function redirectOf({ response, url }: Transfer): URL | undefined {
  const location = response?.headers.get('location');
  if (!response || response.status < 301 || response.status > 308 || !location) return undefined;
  return new URL(location, url);
}
