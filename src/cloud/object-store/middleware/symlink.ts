import { normalizeEtag } from '../common/conditional';
import { accountName, containerAndObject, isContainer, isObject, objectPath } from '../common/path';
import {
  error,
  HTTPException,
  plainError,
  SwiftResponse,
  type App,
  type Middleware,
  type SwiftRequest,
} from '../common/swob';
import { quote, unquote } from '../common/text';

/** How many links one behind the other are followed. */
const SYMLOOP_MAX = 2;
const EMPTY_MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
const SYSMETA = 'x-object-sysmeta-symlink-';
export const TARGET = `${SYSMETA}target`;
const TARGET_ACCOUNT = `${SYSMETA}target-account`;
export const TARGET_ETAG = `${SYSMETA}target-etag`;
export const TARGET_BYTES = `${SYSMETA}target-bytes`;
/** The link does not count in a row of links. */
export const SYMLOOP_EXTEND = 'x-object-sysmeta-symloop-extend';
/** The link may lead to what users cannot name. */
export const ALLOW_RESERVED = 'x-object-sysmeta-allow-reserved-names';
const OVERRIDE_ETAG = 'x-object-sysmeta-container-update-override-etag';

/** Objects that stand for others. Modelled on swift/common/middleware/symlink.py. */
export const symlink: Middleware = async (request, next) => {
  const { method } = request;
  if (isContainer(request)) {
    const response = await next(request);
    if (method === 'GET') describeLinks(response, request);
    return response;
  }
  if (!isObject(request)) return next(request);
  if (method === 'GET' || method === 'HEAD') {
    if (request.params.get('symlink') !== 'get') return follow(request, next);
    const response = await next(request);
    for (const part of ['target', 'target-account', 'target-etag', 'target-bytes']) {
      const value = response.headers.get(SYSMETA + part);
      if (value !== null) response.headers.set(`X-Symlink-${part}`, value);
    }
    return response;
  }
  if (method === 'PUT' && request.headers.has('X-Symlink-Target')) return put(request, next);
  if (method === 'POST') return post(request, next);
  return next(request);
};

/** In listings a link stands with its target: `_extract_symlink_path_json`. */
function describeLinks(response: SwiftResponse, request: SwiftRequest): void {
  const { version, account } = request.parts;
  for (const entry of response.listing ?? []) {
    if (entry.hash?.includes(';') !== true) continue;
    const [hash = '', ...parameters] = entry.hash.split('; ');
    const kept: string[] = [];
    let target: string | undefined;
    let targetAccount = account;
    for (const parameter of parameters) {
      const [name = '', ...rest] = parameter.split('=');
      const value = rest.join('=');
      if (name === 'symlink_target') target = value;
      else if (name === 'symlink_target_account') targetAccount = value;
      else if (name === 'symlink_target_etag') entry['symlink_etag'] = value;
      else if (name === 'symlink_target_bytes') entry['symlink_bytes'] = Number(value);
      else kept.push(parameter);
    }
    entry.hash = [hash, ...kept].join('; ');
    if (target !== undefined) entry['symlink_path'] = `/${version}/${targetAccount}/${target}`;
  }
}

interface Walk {
  loops: number;
  lastPath?: string;
  /** What the link before says of its target. */
  etag?: string | undefined;
}

/** `_recursive_get_head`. */
async function follow(
  request: SwiftRequest,
  next: App,
  walk: Walk = { loops: 0 },
  softly = true,
  before = request,
): Promise<SwiftResponse> {
  const response = await next(request);
  const { headers } = response;
  const target = headers.get(TARGET);
  const etag = headers.get(TARGET_ETAG) ?? undefined;
  const found = etag ?? headers.get('Etag') ?? undefined;
  const location: Record<string, string> =
    walk.lastPath === undefined ? {} : { 'Content-Location': walk.lastPath };
  if (target === null || (etag === undefined && !softly)) {
    if (found !== undefined && walk.etag !== undefined && normalizeEtag(found) !== walk.etag)
      return error(409, `Object Etag '${found}' does not match X-Symlink-Target-Etag header '${walk.etag}'`, {
        'Content-Type': 'text/plain',
        ...location,
      });
    if (walk.lastPath !== undefined) headers.set('Content-Location', walk.lastPath);
    return response;
  }
  if (walk.etag !== undefined && walk.etag !== found)
    return error(409, 'X-Symlink-Target-Etag headers do not match', {
      'Content-Type': 'text/plain',
      ...location,
    });
  if (walk.loops >= SYMLOOP_MAX)
    throw new HTTPException(
      error(409, `Too many levels of symbolic links, maximum allowed is ${SYMLOOP_MAX}`, {
        'Content-Type': 'text/plain',
      }),
    );
  const { version, account } = request.parts;
  const owner = headers.get(TARGET_ACCOUNT) ?? quote(account);
  const quoted = `/${version}/${owner}/${target}`;
  const hidden = headers.has(ALLOW_RESERVED);
  // what nobody was asked about does not spread to where its target leads
  const step = before.sub({
    method: request.method,
    path: unquote(quoted) ?? quoted,
    params: request.params,
    headers: request.headers,
    preAuthed: hidden,
  });
  step.env.allowReserved = hidden;
  const loops = walk.loops + (headers.has(SYMLOOP_EXTEND) ? 0 : 1);
  return follow(step, next, { loops, lastPath: quoted, etag }, true, request);
}

async function put(request: SwiftRequest, next: App): Promise<SwiftResponse> {
  const { headers } = request;
  if (headers.get('Content-Length') !== '0')
    for await (const chunk of request.body())
      if (chunk.length > 0) return plainError(400, 'Symlink requests require a zero byte body');
  const form = 'X-Symlink-Target header must be of the form <container name>/<object name>';
  const wanted = headers.get('X-Symlink-Target') ?? '';
  if ((unquote(wanted) ?? '').startsWith('/')) return plainError(412, form);
  const [container, object] = containerAndObject(wanted, form);
  const parts = request.parts;
  const givenAccount = headers.get('X-Symlink-Target-Account');
  const account = givenAccount === null ? parts.account : accountName(givenAccount);
  if (account === parts.account && container === parts.container && object === parts.object)
    return plainError(400, 'Symlink cannot target itself');
  const etag = normalizeEtag(headers.get('X-Symlink-Target-Etag') ?? '');
  if (/[;"\\]/.test(etag)) return plainError(400, 'Bad X-Symlink-Target-Etag format');
  const noType = (headers.get('Content-Type') ?? '') === '';
  if (etag === '' && noType) headers.set('Content-Type', 'application/symlink');

  let override = headers.get(OVERRIDE_ETAG) ?? EMPTY_MD5;
  if (etag !== '') {
    const path = objectPath(account, container, object);
    const head = request.sub({ method: 'HEAD', path });
    head.env.allowReserved = request.env.allowReserved;
    const found = await follow(head, next, { loops: 0, lastPath: path, etag }, false);
    if (found.status === 404)
      return error(409, 'X-Symlink-Target does not exist', {
        'Content-Type': 'text/plain',
        'Content-Location': quote(path),
      });
    if (!found.isSuccess) return found.status === 409 ? found : new SwiftResponse(found.status);
    const slo = found.headers.get('x-object-sysmeta-slo-etag');
    if (slo !== null) override = `${EMPTY_MD5}; slo_etag=${slo}`;
    const bytes = found.headers.get('x-object-sysmeta-slo-size') ?? found.headers.get('Content-Length');
    headers.set(TARGET_BYTES, bytes ?? '0');
    headers.set(TARGET_ETAG, etag);
    if (noType) headers.set('Content-Type', found.headers.get('Content-Type') ?? '');
  }
  headers.set(TARGET, quote(`${container}/${object}`));
  if (givenAccount !== null) headers.set(TARGET_ACCOUNT, quote(account));
  for (const header of ['X-Symlink-Target', 'X-Symlink-Target-Account', 'X-Symlink-Target-Etag'])
    headers.delete(header);
  const words = [override, `symlink_target=${headers.get(TARGET) ?? ''}`];
  if (givenAccount !== null) words.push(`symlink_target_account=${quote(account)}`);
  if (headers.has(TARGET_ETAG))
    words.push(
      `symlink_target_etag=${headers.get(TARGET_ETAG) ?? ''}`,
      `symlink_target_bytes=${headers.get(TARGET_BYTES) ?? ''}`,
    );
  headers.set(OVERRIDE_ETAG, words.join('; '));
  return next(request);
}

/** A POST changes the link, and says so. */
async function post(request: SwiftRequest, next: App): Promise<SwiftResponse> {
  if (request.headers.has('X-Symlink-Target'))
    return plainError(400, 'A PUT request is required to set a symlink target');
  const response = await next(request);
  const target = response.headers.get(TARGET);
  if (!response.isSuccess || target === null) return response;
  const { version, account } = request.parts;
  const owner = response.headers.get(TARGET_ACCOUNT) ?? quote(account);
  const etag = response.headers.get(TARGET_ETAG);
  const system = [...response.headers].filter(([name]) => name.startsWith('x-object-sysmeta-'));
  return error(
    307,
    'The requested POST was applied to a symlink. POST directly to the target to apply requested metadata.',
    {
      ...Object.fromEntries(system),
      Location: `/${version}/${owner}/${target}`,
      ...(etag === null ? {} : { 'X-Symlink-Target-Etag': etag }),
    },
  );
}
