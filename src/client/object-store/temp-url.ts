/** Temporary URLs: who has one needs no token. Models `generate_temp_url` of swiftclient/utils.py. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { quotePath } from './headers';

/** How a signature is made; sha1 is outdated. */
export type TempUrlDigest = 'sha1' | 'sha256' | 'sha512';

const DIGESTS = { sha1, sha256, sha512 };

export interface TempUrlRequest {
  /** `GET`, `PUT`, `HEAD`, `POST` or `DELETE`. A URL for GET is good for HEAD too. */
  method: string;
  /** `/v1/AUTH_…/container/object`, not escaped; with `prefix`, the beginning of the paths it is good for. */
  path: string;
  /** The secret that is `Temp-URL-Key` in the metadata of the account or the container. */
  key: string;
  /** When the URL ends, in seconds since 1970. */
  expires: number;
  /** Default `sha256`. */
  digest?: TempUrlDigest;
  /** Whether the URL is good for everything that begins with `path`. */
  prefix?: boolean;
  /** An address or range, such as `203.0.113.0/24`, to which it is good only. */
  ipRange?: string;
}

/**
 * The signature of a temporary URL: the HMAC of method, end and path, in hexadecimal digits, or for sha512 with its
 * name in front and in base 64.
 */
export function tempUrlSignature(request: TempUrlRequest): string {
  const { method, path, key, expires, digest = 'sha256', prefix = false, ipRange } = request;
  const lines = [
    ...(ipRange === undefined ? [] : [`ip=${ipRange}`]),
    method.toUpperCase(),
    String(expires),
    `${prefix ? 'prefix:' : ''}${path}`,
  ];
  const mac = hmac(DIGESTS[digest], utf8ToBytes(key), utf8ToBytes(lines.join('\n')));
  if (digest !== 'sha512') return bytesToHex(mac);
  const text = btoa(String.fromCharCode(...mac));
  return `sha512:${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/**
 * Path and query of a temporary URL; the host comes in front.
 *
 * @example
 * const path = signTempUrl({ method: 'GET', path: '/v1/AUTH_abc/www/report.pdf', key, expires: now + 3600 });
 */
export function signTempUrl(request: TempUrlRequest): string {
  const { path, expires, prefix = false, ipRange } = request;
  const query = new URLSearchParams({
    temp_url_sig: tempUrlSignature(request),
    temp_url_expires: String(expires),
    ...(ipRange !== undefined && { temp_url_ip_range: ipRange }),
    ...(prefix && { temp_url_prefix: path.split('/').slice(4).join('/') }),
  });
  return `${quotePath(path)}?${query}`;
}
