import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { dumps } from '../../http/python-json';
import { bestMatch, InvalidAccept } from '../common/accept';
import { concatenation, slice } from '../common/content';
import { normalizeEtag } from '../common/conditional';
import { guessType } from '../common/mime';
import { isContainer, isObject } from '../common/path';
import { parseRange, rangesForLength } from '../common/range';
import {
  bytesContent,
  error,
  HTTPException,
  nothing,
  reasonOf,
  statusLine,
  SwiftResponse,
  type App,
  type Content,
  type Middleware,
  type SwiftRequest,
} from '../common/swob';
import { isTrue, parseInteger, quote } from '../common/text';
import { deleteObjects, responseBody, RESPONSE_FORMATS } from './bulk';
import { decode, parseManifest, type StoredSegment, type WantedSegment } from './slo-manifest';

const MAX_SEGMENTS = 1000;
const MAX_MANIFEST_SIZE = 8 * 1024 ** 2;
const MAX_DEPTH = 10;

/** Objects that consist of others, by a list of them. Modelled on swift/common/middleware/slo.py. */
export const slo: Middleware = async (request, next) => {
  const { method, params } = request;
  if (isContainer(request) && method === 'GET') return withoutSloEtag(await next(request));
  if (!isObject(request)) return next(request);
  const manifest = params.get('multipart-manifest');
  if (method === 'PUT' && manifest === 'put') return putManifest(request, next);
  if (method === 'DELETE' && manifest === 'delete') return deleteManifest(request, next);
  if (method === 'GET' || method === 'HEAD') return getOrHead(request, next, 1);
  if (request.headers.has('X-Static-Large-Object'))
    return error(
      400,
      'X-Static-Large-Object is a reserved header. To create a static large object add query param multipart-manifest=put.',
    );
  return next(request);
};

/** The large object's own etag stands beside the manifest's. */
function withoutSloEtag(response: SwiftResponse): SwiftResponse {
  for (const entry of response.listing ?? []) {
    const [, before = '', etag, after = ''] = /^(.*?); slo_etag=([^;]*)(.*)$/.exec(entry.hash ?? '') ?? [];
    if (etag === undefined) continue;
    entry['slo_etag'] = `"${etag}"`;
    entry.hash = before + after;
  }
  return response;
}

function tokenOf({ headers }: SwiftRequest): Record<string, string> {
  const token = headers.get('X-Auth-Token');
  return token === null ? {} : { 'X-Auth-Token': token };
}

async function getOrHead(request: SwiftRequest, next: App, depth: number): Promise<SwiftResponse> {
  const { method, params } = request;
  const response = await next(request);
  const { headers } = response;
  if (!isTrue(headers.get('X-Static-Large-Object')) || !response.isSuccess) return response;
  if (params.get('multipart-manifest') === 'get') {
    if (params.get('format') !== 'raw') {
      headers.set('Content-Type', 'application/json; charset=utf-8');
      return response;
    }
    const raw = (await readSegments(response)).map(toRaw);
    response.body = new TextEncoder().encode(dumps(raw));
    headers.set('Content-Length', String(response.body.length));
    headers.set('Etag', bytesToHex(md5(response.body)));
    return response;
  }
  const segments = await readSegments(response);
  const parts = segments.map((segment) => ({
    size: lengthOf(segment),
    content: () => segmentContent(segment, request, next, depth),
  }));
  const whole = concatenation(parts);
  headers.set('X-Manifest-Etag', headers.get('Etag') ?? '');
  headers.set('Etag', `"${headers.get('x-object-sysmeta-slo-etag') ?? ''}"`);
  headers.set('Content-Length', String(whole.size));
  response.body = whole;
  const part = params.get('part-number');
  if (part !== undefined) return onePart(part, request, response, parts);
  if (method === 'GET' && parts[0] !== undefined && parts[0].size > 0)
    await firstOrConflict(parts[0].content);
  return response;
}

/** `validate_first_segment`: what cannot begin is a conflict; what cannot go on just ends. @throws HTTPException */
async function firstOrConflict(content: () => Promise<Content>): Promise<void> {
  try {
    await content();
  } catch {
    throw new HTTPException(error(409));
  }
}

async function onePart(
  text: string,
  request: SwiftRequest,
  response: SwiftResponse,
  parts: readonly { size: number; content: () => Promise<Content> }[],
): Promise<SwiftResponse> {
  const number = parseInteger(text);
  if (number === undefined || number < 1) return error(400, 'Part number must be an integer greater than 0');
  if (request.headers.has('Range'))
    return error(400, 'Range requests are not supported with part number queries');
  const { headers } = response;
  headers.set('X-Parts-Count', String(parts.length));
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  const part = parts[number - 1];
  if (part === undefined) {
    response.status = 416;
    response.body = request.method === 'HEAD' ? '' : 'The requested part number is not satisfiable';
    headers.delete('Content-Length');
    headers.set('Content-Range', `bytes */${total}`);
    return response;
  }
  const start = parts.slice(0, number - 1).reduce((sum, { size }) => sum + size, 0);
  response.status = 206;
  headers.set('Content-Range', `bytes ${start}-${start + part.size - 1}/${total}`);
  headers.set('Content-Length', String(part.size));
  if (request.method === 'GET') {
    await firstOrConflict(part.content);
    response.body = concatenation([part]);
  }
  return response;
}

async function readSegments(response: SwiftResponse): Promise<StoredSegment[]> {
  try {
    return JSON.parse(await response.text()) as StoredSegment[]; // what putManifest wrote
  } catch {
    throw new HTTPException(error(500, 'Unable to load SLO manifest'));
  }
}

function toRaw({ data, range, name, bytes, hash }: StoredSegment): object {
  if (data !== undefined) return { data };
  return { etag: hash, path: name, ...(range === undefined ? {} : { range }), size_bytes: bytes };
}

function lengthOf({ data, range, bytes }: StoredSegment): number {
  if (data !== undefined) return decode(data)?.length ?? 0;
  const [first, last] = (range ?? '').split('-').map(Number);
  return first !== undefined && last !== undefined ? last - first + 1 : (bytes ?? 0);
}

/** @throws Error where the segment is gone or another one by now. */
async function segmentContent(
  segment: StoredSegment,
  request: SwiftRequest,
  next: App,
  depth: number,
): Promise<Content> {
  if (segment.data !== undefined)
    return bytesContent(Uint8Array.from(decode(segment.data) ?? '', (character) => character.charCodeAt(0)));
  if (segment.sub_slo === true && depth >= MAX_DEPTH) throw new Error('max recursion depth was exceeded');
  const { version, account } = request.parts;
  const get = request.sub({
    method: 'GET',
    path: `/${version}/${account}${segment.name ?? ''}`,
    headers: tokenOf(request),
  });
  const response = segment.sub_slo === true ? await getOrHead(get, next, depth + 1) : await next(get);
  const etag = (response.headers.get('Etag') ?? '').replaceAll('"', '');
  const { bytes } = response;
  if (!response.isSuccess || etag !== segment.hash || bytes.size !== segment.bytes)
    throw new Error(`segment ${segment.name ?? ''}: ${response.status}`);
  const [first, last] = (segment.range ?? '').split('-').map(Number);
  return first !== undefined && last !== undefined ? slice(bytes, first, last + 1) : bytes;
}

async function putManifest(request: SwiftRequest, next: App): Promise<SwiftResponse> {
  const { headers } = request;
  if (headers.has('X-Copy-From')) return error(405, 'Multipart Manifest PUTs cannot be COPY requests');
  const tooBig = () => error(413, `Manifest File > ${MAX_MANIFEST_SIZE} bytes`);
  if ((request.contentLength ?? 0) > MAX_MANIFEST_SIZE) return tooBig();
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of request.body()) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_MANIFEST_SIZE) return tooBig();
  }
  const wanted = parseManifest(text + decoder.decode(), request);
  if (wanted.filter(({ path }) => path !== undefined).length > MAX_SEGMENTS)
    return error(413, `Number of object-backed segments must be <= ${MAX_SEGMENTS}`);
  let format = 'text/plain';
  try {
    format = bestMatch(headers.get('Accept'), RESPONSE_FORMATS) ?? format;
  } catch (problem) {
    if (!(problem instanceof InvalidAccept)) throw problem;
  }

  const problems: [string, string][] = [];
  const response = await storeManifest(wanted, problems, request, next);
  if (isTrue(request.params.get('heartbeat'))) return afterHeartbeats(response, problems, format);
  return problems.length === 0
    ? response
    : new SwiftResponse(400, { 'Content-Type': format }, responseBody(format, {}, problems, 'upload'));
}

/** Whoever waited for long hears how it went in the text only; nothing takes long here. */
function afterHeartbeats(
  response: SwiftResponse,
  problems: readonly [string, string][],
  format: string,
): SwiftResponse {
  const { status, headers, isSuccess } = response;
  const report = {
    'Response Status': statusLine(status),
    ...(isSuccess && {
      Etag: headers.get('Etag') ?? '',
      'Last Modified': headers.get('Last-Modified') ?? '',
    }),
    'Response Body': isSuccess ? '' : reasonOf(status).join('\n'),
  };
  const text = responseBody(format, report, problems, 'upload');
  const accepted = new SwiftResponse(202, { 'Content-Type': format }, ` \r\n\r\n${text}`);
  accepted.withoutLength = true;
  return accepted;
}

/** @param problems where to say what is wrong with segments; then nothing is stored. */
async function storeManifest(
  wanted: readonly WantedSegment[],
  problems: [string, string][],
  request: SwiftRequest,
  next: App,
): Promise<SwiftResponse> {
  const { headers } = request;
  const stored: StoredSegment[] = [];
  const heads = new Map<string, SwiftResponse>();
  for (const [index, segment] of wanted.entries()) {
    if (segment.path === undefined) {
      stored.push({ data: segment.data ?? '' });
      continue;
    }
    const head = heads.get(segment.path) ?? (await headOf(segment.path, request, next));
    heads.set(segment.path, head);
    stored.push(validated(segment, head, index === wanted.length - 1, problems));
  }
  if (problems.length > 0) return error(400);
  const total = stored.reduce((sum, segment) => sum + lengthOf(segment), 0);
  const etag = md5.create();
  for (const { data, hash = '', range } of stored) {
    if (data !== undefined)
      etag.update(
        utf8ToBytes(bytesToHex(md5(Uint8Array.from(decode(data) ?? '', (byte) => byte.charCodeAt(0))))),
      );
    else etag.update(utf8ToBytes(range === undefined ? hash : `${hash}:${range};`));
  }
  const sloEtag = bytesToHex(etag.digest());
  const clientEtag = normalizeEtag(headers.get('Etag') ?? '');
  if (clientEtag !== '' && clientEtag !== sloEtag) return error(422);

  const json = new TextEncoder().encode(dumps(stored));
  const put = request.copy();
  put.params.delete('multipart-manifest');
  put.body = () => bytesContent(json).chunks();
  put.env.contentTypeOverridden = true;
  const jsonEtag = bytesToHex(md5(json));
  const type = headers.get('Content-Type') ?? '';
  for (const [name, value] of Object.entries({
    'Content-Length': String(json.length),
    'x-object-sysmeta-slo-etag': sloEtag,
    'x-object-sysmeta-slo-size': String(total),
    'X-Static-Large-Object': 'True',
    Etag: jsonEtag,
    'x-object-sysmeta-container-update-override-etag': `${jsonEtag}; slo_etag=${sloEtag}`,
    'Content-Type': `${type === '' ? guessType(request.path) : type};swift_bytes=${total}`,
  }))
    put.headers.set(name, value);
  const response = await next(put);
  if (response.isSuccess) response.headers.set('Etag', `"${sloEtag}"`);
  return response;
}

async function headOf(path: string, request: SwiftRequest, next: App): Promise<SwiftResponse> {
  const { version, account } = request.parts;
  const head = request.sub({
    method: 'HEAD',
    path: `/${version}/${account}/${path.replace(/^\/+/, '')}`,
    headers: tokenOf(request),
  });
  return slo(head, next);
}

function validated(
  segment: WantedSegment,
  head: SwiftResponse,
  mayBeEmpty: boolean,
  problems: [string, string][],
): StoredSegment {
  const path = segment.path ?? '';
  const problem = (text: string) => problems.push([quote(path), text]);
  if (!head.isSuccess) {
    problem(statusLine(head.status));
    return {};
  }
  const size = Number(head.headers.get('Content-Length') ?? 0);
  const etag = (head.headers.get('Etag') ?? '').replaceAll('"', '');
  let range: string | undefined;
  let length = size;
  if (segment.range !== undefined) {
    const [found] = rangesForLength(parseRange(`bytes=${segment.range}`) ?? [], size);
    if (found === undefined) problem('Unsatisfiable Range');
    else if (found[0] !== 0 || found[1] !== size) {
      range = `${found[0]}-${found[1] - 1}`;
      length = found[1] - found[0];
    }
  }
  if (length < 1 && !mayBeEmpty) problem('Too small; each segment must be at least 1 byte.');
  if (typeof segment.size_bytes === 'number' && segment.size_bytes !== size) problem('Size Mismatch');
  if (typeof segment.etag === 'string' && segment.etag !== etag) problem('Etag Mismatch');
  const modified = new Date(head.headers.get('Last-Modified') ?? 0).toISOString();
  return {
    name: `/${path.replace(/^\/+/, '')}`,
    bytes: size,
    hash: etag,
    content_type: head.contentType,
    last_modified: modified.replace(/\.\d+Z$/, '.000000'),
    ...(range === undefined ? {} : { range }),
    ...(isTrue(head.headers.get('X-Static-Large-Object')) ? { sub_slo: true } : {}),
  };
}

/** Deletes the segments, then the manifest. `handle_multipart_delete`. */
async function deleteManifest(request: SwiftRequest, next: App): Promise<SwiftResponse> {
  const { version, account, container, object } = request.parts;
  request.headers.delete('Content-Type');
  const names: { name: string; problem?: { code: number; message: string }; version?: string | undefined }[] =
    [];
  const versionId = request.params.get('version-id');
  const queue: { name: string; isManifest: boolean; version?: string | undefined }[] = [
    { name: `/${container}/${object}`, isManifest: true, version: versionId },
  ];
  for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
    if (!entry.isManifest) {
      names.push(entry);
      continue;
    }
    const get = request.sub({
      method: 'GET',
      path: `/${version}/${account}${entry.name}`,
      params: [
        ['multipart-manifest', 'get'],
        ...(entry.version === undefined ? [] : [['version-id', entry.version] as const]),
      ],
      headers: tokenOf(request),
      body: nothing,
    });
    const found = await next(get);
    const again = { ...entry, isManifest: false };
    if (!found.isSuccess || !isTrue(found.headers.get('X-Static-Large-Object'))) {
      const isGone = found.status === 404;
      let message = 'Unable to load SLO manifest or segment.';
      if (found.isSuccess) message = 'Not an SLO manifest';
      else if (isGone) message = 'SLO manifest not found';
      else if (found.status === 401) message = '401 Unauthorized';
      names.push({ ...again, problem: { code: isGone ? 404 : 400, message } });
      continue;
    }
    for (const { name, sub_slo: isManifest = false } of await readSegments(found))
      if (name !== undefined) queue.push({ name, isManifest });
    queue.push(again);
  }
  return deleteObjects(request, next, names);
}
