import { HTTPError } from '../http/webob';

const MAX_MINOR = 1;

/**
 * The N of the microversion 1.N that a request asks for, 0 without; or how to refuse it. Modelled on
 * microversion_parse, which barbican/api/middleware/microversion.py uses.
 */
export function negotiate(headers: Headers): number | HTTPError {
  const asked = (headers.get('OpenStack-API-Version') ?? '')
    .split(',')
    .map((part) => part.trim().split(/\s+/))
    .find(([service]) => service?.toLowerCase() === 'key-manager')?.[1];
  if (asked === undefined) return 0;
  if (asked === 'latest') return MAX_MINOR;
  const [major = '', minor = '', ...more] = asked.split('.');
  const words = [major, minor].slice(0, asked.includes('.') ? 2 : 1);
  const wrong = words.find((word) => !/^\d+$/.test(word));
  if (wrong !== undefined || words.length < 2 || more.length > 0) {
    const why =
      wrong !== undefined && more.length === 0
        ? `invalid literal for int() with base 10: '${wrong}'`
        : `not enough values to unpack (expected 2, got ${words.length})`;
    return new HTTPError(
      400,
      'The server could not comply with the request since it is either malformed or otherwise incorrect.',
      { detail: `Invalid microversion: invalid version string: ${asked}; ${why}` },
    );
  }
  if (major === '1' && Number(minor) <= MAX_MINOR) return Number(minor);
  return new HTTPError(406, '', { detail: `Invalid microversion: Unacceptable version header: ${asked}` });
}
