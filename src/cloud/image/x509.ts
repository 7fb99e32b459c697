import { toNumber } from '../big-number';

/** The public key in a certificate. */
export type PublicKey =
  | { type: 'rsa'; n: bigint; e: bigint }
  | { type: 'dsa'; p: bigint; q: bigint; g: bigint; y: bigint }
  | { type: 'ec'; curve: string; x: bigint; y: bigint };

/** One value in DER. */
interface Der {
  tag: number;
  content: Uint8Array;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;

/** The bytes of the first certificate in a PEM file; undefined without one. */
export function pemCertificate(text: string): Uint8Array | undefined {
  const body = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/.exec(text)?.[1];
  if (body === undefined) return undefined;
  try {
    return Uint8Array.from(atob(body.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The public key of an X.509 certificate; undefined for what is none, and for kinds of keys that signatures do not have. */
export function publicKeyOf(certificate: Uint8Array): PublicKey | undefined {
  try {
    const body = parts(inner(parts(certificate)[0], SEQUENCE))[0];
    const fields = parts(inner(body, SEQUENCE));
    // serial number, algorithm, issuer, validity and subject come before it
    const info = fields[(fields[0]?.tag === VERSION ? 1 : 0) + 5];
    const [algorithm, bits] = parts(inner(info, SEQUENCE));
    const [oid, parameters] = parts(inner(algorithm, SEQUENCE));
    return keyOf(hex(inner(oid, 0x06)), parameters, inner(bits, 0x03).subarray(1));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function keyOf(algorithm: string, parameters: Der | undefined, key: Uint8Array): PublicKey | undefined {
  switch (algorithm) {
    case '2a864886f70d010101': {
      const [n, e] = parts(inner(parts(key)[0], SEQUENCE)).map(integer);
      return n === undefined || e === undefined ? undefined : { type: 'rsa', n, e };
    }
    case '2a8648ce380401': {
      const [p, q, g] = parts(inner(parameters, SEQUENCE)).map(integer);
      const y = parts(key).map(integer)[0];
      return p === undefined || q === undefined || g === undefined || y === undefined
        ? undefined
        : { type: 'dsa', p, q, g, y };
    }
    case '2a8648ce3d0201': {
      const size = (key.length - 1) / 2;
      // 4: both coordinates are there
      if (key[0] !== 4) return undefined;
      const [x, y] = [toNumber(key.subarray(1, 1 + size)), toNumber(key.subarray(1 + size))];
      return { type: 'ec', curve: hex(inner(parameters, 0x06)), x, y };
    }
    default:
      return undefined;
  }
}

/** The two numbers of a DSA or ECDSA signature; undefined for what is none. */
export function signatureNumbers(signature: Uint8Array): [r: bigint, s: bigint] | undefined {
  try {
    const [r, s] = parts(inner(parts(signature)[0], SEQUENCE)).map(integer);
    return r === undefined || s === undefined ? undefined : [r, s];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function parts(bytes: Uint8Array): Der[] {
  const found: Der[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    let length = bytes[at + 1] ?? 0;
    at += 2;
    if (length >= 0x80) {
      const size = length & 0x7f;
      length = Number(toNumber(bytes.subarray(at, at + size)));
      at += size;
    }
    if (at + length > bytes.length) throw new RangeError('cut off');
    found.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return found;
}

function inner(value: Der | undefined, tag: number): Uint8Array {
  if (value?.tag !== tag) throw new RangeError('not what a certificate has there');
  return value.content;
}

const integer = (value: Der): bigint => toNumber(inner(value, 0x02));
const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
