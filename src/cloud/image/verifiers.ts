/** Whether signatures are right: what cursive leaves to `cryptography`. */
import { inverse, modPow, toBytes, toNumber } from '../big-number';
import { signatureNumbers, type PublicKey } from './x509';

type HashFunction = (data: Uint8Array) => Uint8Array;

/** @param digest of the data, made with `hash`. */
export function isSignature(
  signature: Uint8Array,
  digest: Uint8Array,
  hash: HashFunction,
  key: PublicKey,
): boolean {
  switch (key.type) {
    case 'rsa':
      return isPss(signature, digest, hash, key);
    case 'dsa':
      return isDsa(signature, digest, key);
    case 'ec':
      return isEcdsa(signature, digest, key);
  }
}

/** RSASSA-PSS-VERIFY of RFC 8017, with as much salt as there is room for. */
function isPss(
  signature: Uint8Array,
  digest: Uint8Array,
  hash: HashFunction,
  { n, e }: Extract<PublicKey, { type: 'rsa' }>,
): boolean {
  const bits = n.toString(2).length;
  if (signature.length !== Math.ceil(bits / 8)) return false;
  const size = Math.ceil((bits - 1) / 8);
  const encoded = toBytes(modPow(toNumber(signature), e, n), size);
  const maskedSize = size - digest.length - 1;
  const masked = encoded.subarray(0, maskedSize);
  const inside = encoded.subarray(maskedSize, -1);
  if (encoded.length !== size || maskedSize < 1 || encoded.at(-1) !== 0xbc) return false;
  const mask = mgf1(inside, maskedSize, hash);
  const block = masked.map((byte, i) => byte ^ (mask[i] ?? 0));
  // the highest bits have no room in the number
  const spare = size * 8 - (bits - 1);
  if ((masked[0] ?? 0) >> (8 - spare) !== 0) return false;
  block[0] = (block[0] ?? 0) & (0xff >> spare);
  const salt = block.subarray(1);
  if (block[0] !== 1) return false;
  const again = hash(Uint8Array.of(...new Uint8Array(8), ...digest, ...salt));
  return again.every((byte, i) => byte === inside[i]);
}

function mgf1(seed: Uint8Array, size: number, hash: HashFunction): Uint8Array {
  const bytes: number[] = [];
  for (let counter = 0; bytes.length < size; counter += 1)
    bytes.push(...hash(Uint8Array.of(...seed, ...toBytes(BigInt(counter), 4))));
  return Uint8Array.from(bytes.slice(0, size));
}

/** The highest bits of a digest, as many as the order of the group has. */
function truncated(digest: Uint8Array, order: bigint): bigint {
  const surplus = digest.length * 8 - order.toString(2).length;
  return toNumber(digest) >> BigInt(Math.max(0, surplus));
}

function isDsa(signature: Uint8Array, digest: Uint8Array, key: Extract<PublicKey, { type: 'dsa' }>): boolean {
  const { p, q, g, y } = key;
  const numbers = signatureNumbers(signature);
  if (numbers === undefined || numbers.some((one) => one <= 0n || one >= q)) return false;
  const [r, s] = numbers;
  const w = inverse(s, q);
  const u1 = (truncated(digest, q) * w) % q;
  const u2 = (r * w) % q;
  return ((modPow(g, u1, p) * modPow(y, u2, p)) % p) % q === r;
}

type Point = readonly [x: bigint, y: bigint] | undefined;

interface Curve {
  p: bigint;
  n: bigint;
  g: Point;
}

const P521 = (1n << 521n) - 1n;
/** Curves over primes, all with a = -3, by their OID. FIPS 186-4. */
const CURVES: Readonly<Record<string, Curve>> = {
  '2b81040022': {
    p: (1n << 384n) - (1n << 128n) - (1n << 96n) + (1n << 32n) - 1n,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    g: [
      0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
      0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
    ],
  },
  '2b81040023': {
    p: P521,
    n: 0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    g: [
      0x00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
      0x011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
    ],
  },
};

/** ECDSA on P-384 and P-521; on other curves no signature is right. */
function isEcdsa(
  signature: Uint8Array,
  digest: Uint8Array,
  key: Extract<PublicKey, { type: 'ec' }>,
): boolean {
  const curve = CURVES[key.curve];
  const numbers = signatureNumbers(signature);
  if (curve === undefined || numbers === undefined) return false;
  const { n, p, g } = curve;
  if (numbers.some((one) => one <= 0n || one >= n)) return false;
  const [r, s] = numbers;
  const w = inverse(s, n);
  const sum = add(times(g, (truncated(digest, n) * w) % n, p), times([key.x, key.y], (r * w) % n, p), p);
  return sum !== undefined && sum[0] % n === r;
}

function add(a: Point, b: Point, p: bigint): Point {
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (a[0] === b[0] && (a[1] + b[1]) % p === 0n) return undefined;
  const slope =
    a[0] === b[0] ? (3n * a[0] * a[0] - 3n) * inverse(2n * a[1], p) : (b[1] - a[1]) * inverse(b[0] - a[0], p);
  const positive = (value: bigint): bigint => ((value % p) + p) % p;
  const x = positive(slope * slope - a[0] - b[0]);
  return [x, positive(slope * (a[0] - x) - a[1])];
}

function times(point: Point, factor: bigint, p: bigint): Point {
  let result: Point;
  let power = point;
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = add(result, power, p);
    power = add(power, power, p);
  }
  return result;
}
