import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { CHash } from '@noble/hashes/utils.js';
import { HTTPError } from '../http/webob';
import type { ImageRecord } from './state';
import { isSignature } from './verifiers';
import { pemCertificate, publicKeyOf, type PublicKey } from './x509';

const HASH_METHODS = new Map<string, CHash>([
  ['SHA-224', sha224],
  ['SHA-256', sha256],
  ['SHA-384', sha384],
  ['SHA-512', sha512],
]);
/** What kind of key each type of signature is made with. */
const KEY_TYPES = new Map<string, PublicKey['type']>([
  ['RSA-PSS', 'rsa'],
  ['DSA', 'dsa'],
  ['ECC_SECT571K1', 'ec'],
  ['ECC_SECT409K1', 'ec'],
  ['ECC_SECT571R1', 'ec'],
  ['ECC_SECT409R1', 'ec'],
  ['ECC_SECP521R1', 'ec'],
  ['ECC_SECP384R1', 'ec'],
]);

/** Asks the key manager, in the name of whoever uploads; the path begins behind `/v1`. */
export type AskKeyManager = (path: string, accept: string) => Promise<Response>;

/** Looks at the data of a signed image while they pass. */
export interface Verifier {
  update(chunk: Uint8Array): void;
  /** @throws {@link HTTPError} 400 when the signature is not that of the data. */
  verify(): void;
}

/**
 * The verifier for an image that says it is signed, which is one with all four properties. Modelled on `get_verifier` of
 * cursive/signature_utils.py. Binary curves (ECC_SECT…) are not modelled: with them no signature is right.
 *
 * @param ask undefined where nobody's token is at hand: then no certificate can be had.
 * @returns undefined for an image that is not signed.
 * @throws {@link HTTPError} 400 when there can be none.
 */
export async function getVerifier(
  { id, properties }: ImageRecord,
  ask?: AskKeyManager,
): Promise<Verifier | undefined> {
  const [signature, certificate, method, type] = [
    'img_signature',
    'img_signature_certificate_uuid',
    'img_signature_hash_method',
    'img_signature_key_type',
  ].map((name) => properties[name]);
  if (signature === undefined || certificate === undefined || method === undefined || type === undefined)
    return undefined;
  const failed = (why: string) => new HTTPError(400, `Signature verification failed for image ${id}: ${why}`);
  const refused = (reason: string) => failed(`Signature verification for the image failed: ${reason}.`);
  const bytes = decodeBase64(signature);
  if (bytes === undefined) throw refused('The signature data was not properly encoded using base64');
  const hash = HASH_METHODS.get(method);
  if (hash === undefined) throw refused(`Invalid signature hash method: ${method}`);
  const keyType = KEY_TYPES.get(type);
  if (keyType === undefined) throw refused(`Invalid signature key type: ${type}`);
  const found = await certificateOf(certificate, ask);
  if (typeof found === 'string') throw refused(found);
  if (found.type !== keyType) throw refused(`Invalid public key type for signature key type: ${type}`);
  const state = hash.create();
  return {
    update: (chunk) => void state.update(chunk),
    verify() {
      if (!isSignature(bytes, state.digest(), hash, found)) throw failed('Signature verification failed');
    },
  };
}

/** `get_certificate`: the key in it, or why there is none. */
async function certificateOf(id: string, ask: AskKeyManager | undefined): Promise<PublicKey | string> {
  const lost = `Unable to retrieve certificate with ID: ${id}`;
  const path = `/secrets/${encodeURIComponent(id)}`;
  const answer = await ask?.(path, 'application/json');
  if (answer?.status === 404) return `Certificate not found with ID: ${id}`;
  if (answer?.ok !== true) return lost;
  const { secret_type, content_types } = (await answer.json()) as {
    secret_type: string;
    content_types?: { default: string };
  }; // Barbican's contract
  if (secret_type !== 'certificate') return `Invalid certificate format: ${FORMATS[secret_type] ?? 'RAW'}`;
  const payload = await ask?.(`${path}/payload`, content_types?.default ?? 'text/plain');
  if (payload?.ok !== true) return lost;
  // castellan hands the payload to a library that takes bytes only; what was stored as text is none
  if (content_types?.default.startsWith('text/')) throw new HTTPError(500);
  const der = pemCertificate(await payload.text());
  const key = der && publicKeyOf(der);
  // what is no certificate at all is a surprise to Glance
  if (key === undefined) throw new HTTPError(500);
  return key;
}

/** What castellan calls the formats of what is no certificate. */
const FORMATS: Readonly<Record<string, string>> = {
  opaque: 'Opaque',
  private: 'PKCS8',
  public: 'SubjectPublicKeyInfo',
  symmetric: 'RAW',
  passphrase: 'RAW',
};

/** Python's `b64decode` overlooks every other character, but not a last group that is too short. */
function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/[^A-Za-z0-9+/]/g, '');
  const rest = digits.length % 4;
  if (rest === 1 || (rest > 1 && text.split('=').length - 1 < 4 - rest)) return undefined;
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
}
