/** RSA keys as `cryptography` writes them: PEM around PKCS #8, and around SubjectPublicKeyInfo. */
import { toBase64 } from '../base64';
import { inverse, modPow, toNumber } from '../big-number';

const EXPONENT = 65537n;

/** @param random gives as many random bytes as asked for. */
export function generateRsaKey(
  bits: number,
  random: (size: number) => Uint8Array,
): { privateKey: string; publicKey: string } {
  const [p, q] = [prime(bits / 2, random), prime(bits / 2, random)].sort((a, b) => (a > b ? -1 : 1)) as [
    bigint,
    bigint,
  ]; // two go in, two come out
  const n = p * q;
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const numbers = [0n, n, EXPONENT, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  const secret = der(0x30, ...numbers.map(integer));
  return {
    privateKey: pem('PRIVATE KEY', der(0x30, integer(0n), RSA_ENCRYPTION, der(0x04, secret))),
    publicKey: pem(
      'PUBLIC KEY',
      der(0x30, RSA_ENCRYPTION, der(0x03, [0], der(0x30, integer(n), integer(EXPONENT)))),
    ),
  };
}

const SMALL_PRIMES = Array.from({ length: 2000 }, (_, i) => i + 3).filter((n) =>
  Array.from({ length: Math.floor(Math.sqrt(n)) - 1 }, (_, i) => i + 2).every((divisor) => n % divisor !== 0),
);

/** A prime of so many bits, its two highest set, so that the product of two has all its bits. */
function prime(bits: number, random: (size: number) => Uint8Array): bigint {
  const top = 3n << BigInt(bits - 2);
  for (;;) {
    const candidate = toNumber(random(bits / 8)) | top | 1n;
    const divisible = SMALL_PRIMES.some((small) => candidate % BigInt(small) === 0n);
    const fits = !divisible && (candidate - 1n) % EXPONENT !== 0n;
    if (fits && [2n, 3n, 5n, 7n, 11n].every((base) => isProbablePrime(candidate, base))) return candidate;
  }
}

/** The test of Miller and Rabin. */
function isProbablePrime(n: bigint, base: bigint): boolean {
  let odd = n - 1n;
  let twos = 0;
  for (; (odd & 1n) === 0n; twos += 1) odd >>= 1n;
  let x = modPow(base, odd, n);
  if (x === 1n || x === n - 1n) return true;
  for (let i = 1; i < twos; i += 1) {
    x = (x * x) % n;
    if (x === n - 1n) return true;
  }
  return false;
}

/** The algorithm rsaEncryption, without parameters. */
const RSA_ENCRYPTION = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00]; // prettier-ignore

/** One value in DER: tag, length, content. */
function der(tag: number, ...parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  const content = parts.flatMap((part) => [...part]);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([tag, ...size, ...content]);
}

function integer(value: bigint): Uint8Array {
  const digits = value.toString(16);
  const pairs = digits.padStart(digits.length + (digits.length % 2), '0').match(/../g) ?? [];
  const bytes = pairs.map((pair) => Number.parseInt(pair, 16));
  // the highest bit is a sign
  return der(0x02, (bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : bytes);
}

function pem(label: string, bytes: Uint8Array): string {
  const lines = toBase64(bytes).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
