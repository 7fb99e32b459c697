import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64 } from '../../base64';
import type { Store } from '../backend/store';
import { error, SwiftResponse, type Authorize, type Middleware, type SwiftRequest } from '../common/swob';
import { equalInConstantTime, fromWsgi, parseInteger, quote, toWsgi } from '../common/text';
import { titled } from '../common/constraints';
import { unauthorized } from './keystoneauth';

/** Which a signature may be made with. */
export const DIGESTS = { sha1, sha256, sha512 };
type Digest = keyof typeof DIGESTS;
const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];
/** Nobody makes an object that points at others with the help of such a URL. */
const DISALLOWED = ['x-object-manifest', 'x-symlink-target', 'x-copy-from'];
/** Where all requests come from: this machine. */
const CLIENT = [127, 0, 0, 1];

/** Lets whoever has a signed URL do what it says until it says so. Modelled on swift/common/middleware/tempurl.py. */
export function tempurl(store: Store): Middleware {
  return async (request, next) => {
    const { method, params, env } = request;
    const given = params.get('temp_url_sig');
    const clientExpires = params.get('temp_url_expires');
    if (method === 'OPTIONS' || (given === undefined && clientExpires === undefined)) return next(request);
    const expires = expiry(clientExpires, store.seconds);
    const prefix = params.get('temp_url_prefix');
    const range = params.get('temp_url_ip_range') ?? '';
    const signature = given === undefined || given === '' ? undefined : readSignature(given);
    const { version, account, container, object } = request.parts;
    const atRoot = (method === 'GET' || method === 'HEAD') && prefix === '';
    const fits = version === 'v1' && account !== '' && container !== '' && METHODS.includes(method);
    if (
      signature === undefined ||
      expires === 0 ||
      !fits ||
      (object.replaceAll('/', '') === '' && !atRoot) ||
      (range !== '' && !isInRange(range)) ||
      (prefix !== undefined && !object.startsWith(prefix))
    )
      return invalid(request);

    const path = `/v1/${account}/${container}/${prefix ?? object}`;
    const methods = method === 'HEAD' ? ['HEAD', 'GET', 'POST', 'PUT'] : [method];
    let scope: 'account' | 'container' | undefined;
    for (const { key, scope: keyScope } of keysOf(store, account, container)) {
      for (const one of methods) {
        const lines = [one, String(expires), prefix === undefined ? path : `prefix:${path}`];
        const message = (range === '' ? lines : [`ip=${range}`, ...lines]).join('\n');
        const right = bytesToHex(hmac(DIGESTS[signature.digest], utf8ToBytes(key), utf8ToBytes(message)));
        if (equalInConstantTime(signature.hex, right)) scope ??= keyScope;
      }
    }
    if (scope === undefined) return invalid(request);

    if (!['GET', 'HEAD'].includes(method))
      for (const header of DISALLOWED)
        if (request.headers.has(header))
          return error(400, `The header '${titled(header)}' is not allowed in this tempurl`);
    request.headers.delete('X-Open-Expired');
    env.authorize = only(account, scope === 'container' ? container : undefined);
    env.authorizeOverride = true;
    env.remoteUser = '.wsgi.tempurl';
    const filename = params.get('filename') ?? '';
    const inline = params.has('inline');
    for (const name of [...params.keys()])
      if (!['temp_url_sig', 'temp_url_expires', 'temp_url_prefix', 'filename', 'format'].includes(name))
        params.delete(name);
    const response = await next(request);
    const { headers } = response;
    for (const [name] of [...headers])
      if (name.startsWith('x-object-meta-') && !name.startsWith('x-object-meta-public-'))
        headers.delete(name);
    if ((method !== 'GET' && method !== 'HEAD') || !response.isSuccess) return response;
    const isSite = headers.get('X-Backend-Content-Generator') === 'staticweb';
    if (!isSite && object === '') return invalid(request);
    let disposition: string;
    if (inline || isSite) disposition = filename === '' ? 'inline' : format('inline', filename);
    else if (filename !== '') disposition = format('attachment', filename);
    else
      disposition =
        headers.get('Content-Disposition') ??
        format('attachment', request.path.replace(/\/+$/, '').replace(/^.*\//s, ''));
    headers.set('Content-Disposition', toWsgi(disposition.replaceAll('\n', '%0A')));
    headers.set('Expires', new Date(expires * 1000).toUTCString());
    return response;
  };
}

function invalid(request: SwiftRequest): SwiftResponse {
  const body = request.method === 'HEAD' ? undefined : '401 Unauthorized: Temp URL invalid\n';
  return unauthorized(undefined, body);
}

/** Seconds since 1970; 0 for what is over, or no time. `normalize_temp_url_expires`. */
function expiry(text: string | undefined, now: number): number {
  if (text === undefined) return 0;
  let seconds = parseInteger(text);
  if (seconds === undefined && /^\d{4}-\d\d?-\d\d?T\d\d?:\d\d?:\d\d?Z$/.test(text))
    seconds = Date.parse(text) / 1000;
  return seconds === undefined || Number.isNaN(seconds) || seconds < now ? 0 : seconds;
}

/** `extract_digest_and_algorithm` of swift/common/digest.py. */
export function readSignature(text: string): { digest: Digest; hex: string } | undefined {
  const [, name, base64] = /^(\w+):(.*)$/s.exec(text) ?? [];
  if (name !== undefined && base64 !== undefined) {
    if (!Object.hasOwn(DIGESTS, name)) return undefined;
    try {
      const bytes = fromBase64(base64.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
      return { digest: name as Digest, hex: bytesToHex(bytes) }; // one of the digests' names
    } catch {
      return undefined;
    }
  }
  const digest = ({ 40: 'sha1', 64: 'sha256', 128: 'sha512' } as const)[text.length];
  return digest === undefined || !/^[\da-f]+$/i.test(text) ? undefined : { digest, hex: text };
}

/** Up to four keys: two of the account, two of the container. */
export function keysOf(
  store: Store,
  account: string,
  container: string,
): { key: string; scope: 'account' | 'container' }[] {
  const owners = [
    ['account', store.account(account)?.record.headers],
    ['container', store.container(account, container)?.record.headers],
  ] as const;
  return owners.flatMap(([scope, headers]) =>
    ['temp-url-key', 'temp-url-key-2'].flatMap((name) => {
      const key = headers?.[`x-${scope}-meta-${name}`];
      return key === undefined ? [] : [{ key: fromWsgi(key) ?? key, scope }];
    }),
  );
}

/** Nothing but what is in this account, or in this container of it. */
function only(account: string, container: string | undefined): Authorize {
  return (request) => {
    const { parts } = request;
    const fits = parts.account === account && (container === undefined || parts.container === container);
    return fits ? undefined : unauthorized(request);
  };
}

function isInRange(range: string): boolean {
  const [address = '', bits = '32'] = range.split('/');
  const bytes = address.split('.');
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256))
    return false;
  if (!/^\d+$/.test(bits) || Number(bits) > 32) return false;
  const toNumber = (all: readonly (string | number)[]) =>
    all.reduce<number>((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - Number(bits));
  const start = toNumber(bytes);
  // a network with host bits is none
  return start % size === 0 && Math.floor(toNumber(CLIENT) / size) === start / size;
}

function format(type: string, filename: string): string {
  return `${type}; filename="${quote(filename, ' /')}"; filename*=UTF-8''${quote(filename)}`;
}
