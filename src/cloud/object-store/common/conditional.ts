import { slice } from './content';
import { parseRange, rangesForLength, type ByteRange } from './range';
import type { Content, SwiftRequest, SwiftResponse } from './swob';

/** `"x"` without its quotes. `normalize_etag`. */
export function normalizeEtag(tag: string): string {
  return /^".*"$/s.test(tag) && tag !== '"' ? tag.slice(1, -1) : tag;
}

/** Does an If-Match or If-None-Match header name this etag? */
function matches(header: string, etag: string): boolean {
  const tags = header
    .split(',')
    .map((tag) => normalizeEtag(tag.trim()))
    .filter((tag) => tag !== '');
  return tags.includes('*') || tags.includes(normalizeEtag(etag));
}

/** Is the header there, and does it have `*`? */
export function hasStar(header: string | null): boolean {
  return header !== null && matches(header, '*');
}

/** 304, 412 or undefined. Modelled on `_get_conditional_response_status` of swift/common/swob.py. */
function conditionalStatus(
  request: SwiftRequest,
  response: SwiftResponse,
  etags: readonly string[],
): number | undefined {
  const { headers } = request;
  const ifNoneMatch = headers.get('If-None-Match');
  if (ifNoneMatch !== null && etags.some((etag) => matches(ifNoneMatch, etag))) return 304;
  const ifMatch = headers.get('If-Match');
  if (ifMatch !== null && etags.length > 0 && !etags.some((etag) => matches(ifMatch, etag))) return 412;
  if (response.status === 404 && hasStar(ifMatch)) return 412;
  const modified = Date.parse(response.headers.get('Last-Modified') ?? '');
  if (modified <= Date.parse(headers.get('If-Modified-Since') ?? '')) return 304;
  if (modified > Date.parse(headers.get('If-Unmodified-Since') ?? '')) return 412;
  return undefined;
}

/**
 * Answers a conditional request or one for a part: `Response._response_iter` of swift/common/swob.py.
 *
 * @param boundary between the parts of an answer to a request for several.
 */
export function applyConditions(
  request: SwiftRequest,
  response: SwiftResponse,
  boundary: string,
): SwiftResponse {
  if (request.method !== 'GET' && request.method !== 'HEAD') return response;
  const etag = (response.headers.get('Etag') ?? '').replaceAll('"', '');
  const status = conditionalStatus(request, response, etag === '' ? [] : [etag]);
  if (status !== undefined) {
    response.status = status;
    response.body = '';
    response.headers.set('Content-Length', '0');
    if (status === 412) {
      response.headers.set('Content-Type', 'text/html; charset=UTF-8');
      response.headers.delete('Accept-Ranges');
    }
    return response;
  }
  const content = response.body;
  if (request.method === 'HEAD' || response.status !== 200 || !isContent(content)) return response;
  const specs = parseRange(request.headers.get('Range'));
  if (specs === undefined) return response;
  const ranges = rangesForLength(specs, content.size);
  const [only] = ranges;
  if (only === undefined) {
    response.status = 416;
    response.body = undefined;
    response.headers.delete('Content-Length');
    response.headers.set('Content-Range', `bytes */${content.size}`);
  } else if (content.size > 0) {
    response.status = 206;
    if (ranges.length === 1) {
      response.headers.set('Content-Range', contentRange(only, content.size));
      response.body = slice(content, ...only);
    } else {
      const type = response.headers.get('Content-Type') ?? '';
      response.headers.set('Content-Type', `multipart/byteranges;boundary=${boundary}`);
      response.body = multipart(content, ranges, type, boundary);
    }
  }
  return response;
}

function isContent(body: SwiftResponse['body']): body is Content {
  return typeof body === 'object' && 'chunks' in body;
}

function contentRange([start, end]: ByteRange, size: number): string {
  return `bytes ${start}-${end - 1}/${size}`;
}

/** `multi_range_iterator` of swift/common/swob.py. */
function multipart(content: Content, ranges: readonly ByteRange[], type: string, boundary: string): Content {
  const encoder = new TextEncoder();
  const heads = ranges.map((range) =>
    encoder.encode(
      `--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(range, content.size)}\r\n\r\n`,
    ),
  );
  const end = encoder.encode('\r\n');
  const last = encoder.encode(`--${boundary}--`);
  const size = ranges.reduce(
    (sum, [start, stop], i) => sum + (heads[i]?.length ?? 0) + (stop - start) + end.length,
    last.length,
  );
  return {
    size,
    async *chunks() {
      for (const [i, [start, stop]] of ranges.entries()) {
        const head = heads[i];
        if (head !== undefined) yield head;
        yield* content.chunks(start, stop);
        yield end;
      }
      yield last;
    },
  };
}
