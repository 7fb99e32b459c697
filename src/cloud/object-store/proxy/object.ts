import { ImageData } from '../../image/data';
import type { Container, Store } from '../backend/store';
import { hasStar, normalizeEtag } from '../common/conditional';
import { checkDeleteHeaders, checkMetadata, checkObjectCreation, MAX_FILE_SIZE } from '../common/constraints';
import { guessType } from '../common/mime';
import { error, HTTPException, plainError, SwiftResponse, type SwiftRequest } from '../common/swob';
import { isTrue } from '../common/text';
import { normal, parseTime } from '../common/timestamp';
import type { ObjectRecord } from '../state';
import { preflight, withoutSwiftBytes } from './container';
import { denied, type Controller } from './controller';

/** What an object keeps besides its metadata: `default_allowed_headers` of swift/obj/server.py. */
const KEPT = [
  'content-disposition',
  'content-encoding',
  'x-delete-at',
  'x-object-manifest',
  'x-static-large-object',
  'cache-control',
  'content-language',
  'expires',
  'x-robots-tag',
];
const METADATA = /^x-object-(meta|sysmeta|transient-sysmeta)-./;

/** Modelled on swift/proxy/controllers/obj.py and swift/obj/server.py. */
export function objectController(store: Store): Controller {
  const containerOf = (request: SwiftRequest): Container | undefined => {
    const { account, container } = request.parts;
    return store.container(account, container);
  };
  const find = (request: SwiftRequest): ObjectRecord | undefined => {
    const { account, container, object } = request.parts;
    return store.object(account, container, object);
  };

  const getOrHead = (request: SwiftRequest): SwiftResponse => {
    const no = denied(request, containerOf(request)?.record.headers['x-container-read']);
    if (no !== undefined) return no;
    const object = find(request);
    return object === undefined ? new SwiftResponse(404) : found(object, store);
  };

  return {
    GET: { delayDenial: true, handle: getOrHead },
    HEAD: { delayDenial: true, handle: getOrHead },
    PUT: {
      delayDenial: true,
      handle: async (request) => {
        const { headers } = request;
        const ifNoneMatch = headers.get('If-None-Match');
        if (ifNoneMatch !== null && !hasStar(ifNoneMatch))
          return plainError(400, 'If-None-Match only supports *');
        const container = containerOf(request);
        const no = denied(request, container?.record.headers['x-container-write']);
        if (no !== undefined) return no;
        if (container === undefined) return new SwiftResponse(404);
        const { account, object: name } = request.parts;
        if (isTrue(headers.get('X-Detect-Content-Type')) || (headers.get('Content-Type') ?? '') === '')
          headers.set('Content-Type', guessType(name));
        const problem = checkObjectCreation(request, name);
        if (problem !== undefined) return problem;
        checkDeleteHeaders(request, store.now);
        if (ifNoneMatch !== null && find(request) !== undefined) return new SwiftResponse(412);

        const { data, etag } = await receive(request, store);
        const wanted = normalizeEtag(headers.get('Etag') ?? '');
        const time = store.tick();
        const status = wanted !== '' && wanted !== etag ? 422 : 201;
        const response = new SwiftResponse(status, status === 201 ? { Etag: etag } : {});
        response.lastModified = time;
        if (status === 422) return response;
        // whoever deleted the container while data came has the last word
        if (containerOf(request) !== container) return new SwiftResponse(404);
        const object: ObjectRecord = {
          name,
          created: time,
          modified: time,
          content_type: headers.get('Content-Type') ?? '',
          etag,
          bytes: data.size,
          headers: keptHeaders(headers),
        };
        store.putObject(account, container, object, data);
        return response;
      },
    },
    POST: {
      delayDenial: true,
      handle: (request) => {
        const container = containerOf(request);
        const no = denied(request, container?.record.headers['x-container-write']);
        if (no !== undefined) return no;
        if (container === undefined) return new SwiftResponse(404);
        const problem = checkMetadata(request, 'object');
        if (problem !== undefined) return problem;
        checkDeleteHeaders(request, store.now);
        const object = find(request);
        if (object === undefined) return new SwiftResponse(404);
        return replaceMetadata(request, object, container, store);
      },
    },
    DELETE: {
      delayDenial: true,
      handle: (request) => {
        const container = containerOf(request);
        const no = denied(request, container?.record.headers['x-container-write']);
        if (no !== undefined) return no;
        const object = find(request);
        const ifAt = request.headers.get('X-If-Delete-At');
        if (ifAt !== null) {
          const time = parseTime(ifAt);
          if (time === undefined) return error(400, 'Bad X-If-Delete-At header value');
          const own = parseTime(object?.headers['x-delete-at'] ?? '0');
          if (object !== undefined && time !== own)
            return error(412, 'X-If-Delete-At and X-Delete-At do not match');
        }
        if (container !== undefined) {
          store.tick();
          store.deleteObject(container, request.parts.object);
        }
        return new SwiftResponse(object === undefined ? 404 : 204);
      },
    },
    OPTIONS: {
      delayDenial: true,
      handle: (request) => preflight(request, containerOf(request)),
    },
  };
}

/** What a GET answers, before anybody looks at conditions and ranges. */
function found(object: ObjectRecord, store: Store): SwiftResponse {
  const headers = new Headers(object.headers);
  headers.set('Content-Type', withoutSwiftBytes(object.content_type).type);
  headers.set('Content-Length', String(object.bytes));
  headers.set('Etag', object.etag);
  headers.set('X-Timestamp', normal(object.modified));
  headers.set('Accept-Ranges', 'bytes');
  const response = new SwiftResponse(200, headers, store.data(object));
  response.lastModified = object.modified;
  return response;
}

/** As Swift says it of a length that is known before: in a page nobody can say it. */
function tooLarge({ headers }: SwiftRequest): SwiftResponse {
  return headers.has('Transfer-Encoding') ? error(413) : plainError(413, 'Your request is too large.');
}

/** Takes the data in, piece by piece. @throws HTTPException when they are too many. */
async function receive(request: SwiftRequest, store: Store): Promise<{ data: ImageData; etag: string }> {
  const data = new ImageData();
  const md5 = store.createHash('md5');
  for await (const chunk of request.body()) {
    const size = data.size + chunk.length;
    if (request.contentLength === undefined && size > request.env.allowance)
      throw new HTTPException(error(413, 'Upload exceeds quota.'));
    if (size > MAX_FILE_SIZE) throw new HTTPException(tooLarge(request));
    data.append(chunk);
    md5.update(chunk);
  }
  const length = request.contentLength;
  if (length !== undefined && length !== data.size) throw new HTTPException(error(499));
  const etag = Array.from(md5.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { data, etag };
}

function keptHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => METADATA.test(name) || KEPT.includes(name)));
}

/** A POST: all metadata are new, but what the system and a large object have of their own. */
function replaceMetadata(
  request: SwiftRequest,
  object: ObjectRecord,
  container: Container,
  store: Store,
): SwiftResponse {
  const own = Object.entries(object.headers).filter(
    ([name]) => name.startsWith('x-object-sysmeta-') || name === 'x-static-large-object',
  );
  const fresh = Object.entries(keptHeaders(request.headers)).filter(
    ([name]) => !name.startsWith('x-object-sysmeta-') && name !== 'x-static-large-object',
  );
  const changed: ObjectRecord = {
    ...object,
    modified: store.tick(),
    headers: { ...Object.fromEntries(fresh), ...Object.fromEntries(own) },
  };
  const type = request.headers.get('Content-Type') ?? '';
  if (type !== '') {
    const { bytes } = withoutSwiftBytes(object.content_type);
    changed.content_type = bytes === undefined ? type : `${type};swift_bytes=${bytes}`;
  }
  store.putObject(request.parts.account, container, changed);
  return new SwiftResponse(
    202,
    Object.fromEntries(own.filter(([name]) => name.startsWith('x-object-sysmeta-'))),
  );
}
