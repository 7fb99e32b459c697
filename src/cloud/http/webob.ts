import { dumps } from './python-json';

const TITLES: Record<number, string> = {
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  300: 'Multiple Choices',
  302: 'Found',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  416: 'Request Range Not Satisfiable',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
};

/** The sentence that webob shows when the code gave none. */
const EXPLANATIONS: Record<number, string> = {
  401:
    'This server could not verify that you are authorized to access the document you requested. Either you supplied ' +
    'the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.',
  403: 'Access was denied to this resource.',
  404: 'The resource could not be found.',
  409: 'There was a conflict when trying to complete your request.',
  416: 'The Range requested is not available.',
  431: 'The server is unwilling to process your request because its header fields are too large.',
  500: 'The server has either erred or is incapable of performing the requested operation.',
};

export interface HTTPErrorOptions {
  /** A second sentence below the first, where Glance raises an error with a positional argument. */
  detail?: string;
  headers?: Record<string, string>;
  /** Takes the place of the whole body, where Glance gives an error a template of its own. */
  body?: string;
}

/**
 * An error answer as Glance gives it. Modelled on webob's `webob/exc.py`: the same error is HTML, JSON or plain text,
 * as the Accept header asks.
 */
export class HTTPError extends Error {
  override readonly name = 'HTTPError';

  constructor(
    readonly status: number,
    readonly explanation: string = EXPLANATIONS[status] ?? '',
    readonly options: HTTPErrorOptions = {},
  ) {
    super(`${status} ${TITLES[status] ?? ''}: ${explanation}`);
  }

  toResponse(request: Request): Response {
    const title = TITLES[this.status] ?? '';
    const status = `${this.status} ${title}`;
    const headers = new Headers(this.options.headers);
    if (this.status === 204) return new Response(null, { status: 204, headers });
    const { type, text } = this.#render(request, status, title);
    headers.set('Content-Type', type);
    return textResponse(text, this.status, headers, title);
  }

  #render(request: Request, status: string, title: string): { type: string; text: string } {
    switch (preferredType(request.headers.get('Accept'))) {
      case 'html': {
        const body = this.#body(request, htmlEscape);
        return {
          type: 'text/html; charset=UTF-8',
          text: `<html>\n <head>\n  <title>${status}</title>\n </head>\n <body>\n  <h1>${status}</h1>\n  ${body}\n </body>\n</html>`,
        };
      }
      case 'json': {
        const message = this.#body(request, (text) => text);
        return { type: 'application/json', text: dumps({ message, code: status, title }) };
      }
      default: {
        const body = stripTags(this.#body(request, (text) => text));
        return { type: 'text/plain; charset=UTF-8', text: `${status}\n\n${body}` };
      }
    }
  }

  /** Three statuses have a template of their own, and lose the explanation. */
  #body(request: Request, escape: (text: string) => string): string {
    if (this.options.body !== undefined) return escape(this.options.body);
    const detail = escape(this.options.detail ?? '');
    switch (this.status) {
      case 405:
        return `The method ${escape(request.method)} is not allowed for this resource. <br /><br />\n${detail}`;
      case 406: {
        const accept = request.headers.get('Accept') ?? '*/*';
        return (
          'The resource could not be generated that was acceptable to your browser\n' +
          `(content of type ${escape(accept)}. <br /><br />\n${detail}`
        );
      }
      case 415: {
        const type = request.headers.get('Content-Type') ?? 'text/plain';
        return `The request media type ${escape(type)} is not supported by this server.\n<br /><br />\n${detail}`;
      }
      case 501:
        return `\nThe request method ${escape(request.method)} is not implemented for this server. <br /><br />\n${detail}`;
      default:
        return `${escape(this.explanation)}<br /><br />\n${detail}\n\n`;
    }
  }
}

/** A response with a body whose length is known, as a WSGI server announces it. */
export function textResponse(
  text: string,
  status: number,
  headers: Headers,
  statusText = TITLES[status] ?? 'OK',
): Response {
  const bytes = new TextEncoder().encode(text);
  headers.set('Content-Length', String(bytes.length));
  return new Response(bytes, { status, statusText, headers });
}

const MEDIA_RANGE =
  /^\s*(\*\/\*|[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)\s*(;\s*[\w-]+=("[^"]*"|[^\s;,"]*)\s*)*$/;

/** Which of webob's three renderings the Accept header asks for. Without a valid header everything is welcome. */
function preferredType(accept: string | null): 'html' | 'json' | 'plain' {
  if (accept === null) return 'html';
  if (accept.trim() !== '' && !accept.split(',').every((range) => MEDIA_RANGE.test(range))) return 'html';
  const html = quality(accept, 'text', 'html');
  const json = quality(accept, 'application', 'json');
  if (html === 0 && json === 0) return 'plain';
  return json > html ? 'json' : 'html';
}

function quality(accept: string, type: string, subtype: string): number {
  let best = 0;
  let specificity = -1;
  for (const item of accept.split(',')) {
    const [range = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const [itemType, itemSubtype] = range.split('/');
    const rank =
      itemType === type && itemSubtype === subtype
        ? 2
        : itemType === type && itemSubtype === '*'
          ? 1
          : range === '*/*'
            ? 0
            : -1;
    if (rank <= specificity) continue;
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    specificity = rank;
    best = q === undefined ? 1 : Number(q.slice(2)) || 0;
  }
  return best;
}

/** Python's `html.escape`. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;');
}

/** `webob.html_escape`: what is not ASCII becomes a number. */
function htmlEscape(text: string): string {
  return [...escapeHtml(text)]
    .map((character) => (character > '\u007f' ? `&#${character.codePointAt(0) ?? 0};` : character))
    .join('');
}

function stripTags(text: string): string {
  return text
    .replaceAll('\n', ' ')
    .replaceAll('\r', '')
    .replace(/<br.*?>/gi, '\n')
    .replace(/<!--.*?-->/g, '')
    .replace(/<.*?>/g, '');
}
