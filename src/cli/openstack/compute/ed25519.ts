/** A key pair for SSH as `cryptography` writes it: Ed25519, in OpenSSH's own format, without a passphrase. */
import { CommandError } from '../../errors';

export interface SshKeypair {
  privateKey: string;
  publicKey: string;
}

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410). */
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
const TYPE = 'ssh-ed25519';

/**
 * Makes a key pair.
 *
 * @param random gives as many random bytes as asked for.
 * @throws {@link CommandError} in a browser that cannot work with such keys.
 */
export async function generateKeypair(
  random: (size: number) => Uint8Array<ArrayBuffer>,
): Promise<SshKeypair> {
  const seed = random(32);
  const key = await publicHalf(seed);
  const publicBlob = bytes(text(TYPE), text(key));
  const check = random(4);
  const secret = bytes(check, check, text(TYPE), text(key), text(bytes(seed, key)), text(''));
  const padding = Uint8Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1);
  const file = bytes(
    new TextEncoder().encode('openssh-key-v1\0'),
    text('none'), // cipher
    text('none'), // key derivation
    text(''),
    number(1), // one key
    text(publicBlob),
    text(bytes(secret, padding)),
  );
  const lines = base64(file).match(/.{1,76}/g) ?? [];
  return {
    privateKey: [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      ...lines,
      '-----END OPENSSH PRIVATE KEY-----',
      '',
    ].join('\n'),
    publicKey: `${TYPE} ${base64(publicBlob)}`,
  };
}

async function publicHalf(seed: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { subtle } = globalThis.crypto;
    const key = await subtle.importKey('pkcs8', bytes(Uint8Array.from(PKCS8), seed), 'Ed25519', true, [
      'sign',
    ]);
    const { x = '' } = await subtle.exportKey('jwk', key);
    return Uint8Array.from(atob(x.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    throw new CommandError(
      'This browser cannot make Ed25519 keys. Give a public key of your own with --public-key.',
    );
  }
}

/** A string of SSH's wire format: its length, and itself. */
function text(value: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const data = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return bytes(number(data.length), data);
}

function number(value: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(4);
  new DataView(data.buffer).setUint32(0, value);
  return data;
}

function bytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function base64(data: Uint8Array): string {
  return btoa(String.fromCharCode(...data));
}
