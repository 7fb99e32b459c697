import { HTTPError } from '../http/webob';
import type { ImageRecord } from './state';

const HASH_METHODS = ['SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'];
const KEY_TYPES = [
  'RSA-PSS',
  'DSA',
  'ECC_SECT571K1',
  'ECC_SECT409K1',
  'ECC_SECT571R1',
  'ECC_SECT409R1',
  'ECC_SECP521R1',
  'ECC_SECP384R1',
];

/**
 * Refuses data of an image that says it is signed: this cloud has no key manager to get the certificate from.
 * Modelled on `get_verifier` of `cursive/signature_utils.py`, which Glance asks as soon as all four properties are set.
 *
 * @throws {@link HTTPError}
 */
export function checkSignature({ id, properties }: ImageRecord): void {
  const [signature, certificate, method, type] = [
    'img_signature',
    'img_signature_certificate_uuid',
    'img_signature_hash_method',
    'img_signature_key_type',
  ].map((name) => properties[name]);
  if (signature === undefined || certificate === undefined || method === undefined || type === undefined)
    return;
  const reason = !isBase64(signature)
    ? 'The signature data was not properly encoded using base64.'
    : !HASH_METHODS.includes(method)
      ? `Invalid signature hash method: ${method}.`
      : !KEY_TYPES.includes(type)
        ? `Invalid signature key type: ${type}.`
        : `Unable to retrieve certificate with ID: ${certificate}.`;
  throw new HTTPError(
    400,
    `Signature verification failed for image ${id}: Signature verification for the image failed: ${reason}`,
  );
}

/** Python's `b64decode` overlooks every other character, but not a last group that is too short. */
function isBase64(text: string): boolean {
  const rest = text.replace(/[^A-Za-z0-9+/]/g, '').length % 4;
  return rest === 0 || (rest > 1 && text.split('=').length - 1 >= 4 - rest);
}
