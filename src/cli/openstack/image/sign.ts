/** Signing an image before it is uploaded: the signing part of CreateImage, and openstack/image/image_signer.py. */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';

const HASH_BYTES = 32;

/**
 * The properties that carry the signature; undefined when none is asked for. The real client asks for the password
 * of the private key on the terminal. Nobody can be asked here: the answer is an empty one.
 *
 * @throws {@link CommandError} when something is missing or the key cannot be used.
 */
export async function signatureOf(
  app: App,
  args: ParsedArgs,
  data: Blob | undefined,
): Promise<Record<string, string> | undefined> {
  const path = args.string('sign_key_path') ?? '';
  const certificate = args.string('sign_cert_id') ?? '';
  if (path === '' && certificate === '') return undefined;
  if (data === undefined || !args.string('filename'))
    throw new CommandError(
      'signing an image requires the --file option, passing files via stdin when signing is not supported.',
    );
  if (path === '' || certificate === '')
    throw new CommandError(
      "'sign-key-path' and 'sign-cert-id' must both be specified when attempting to sign an image.",
    );
  const key = await loadPrivateKey(app, path);
  const signature = await sign(key, data);
  return {
    img_signature: `b'${signature}'`, // the SDK's str() of bytes
    img_signature_certificate_uuid: certificate,
    img_signature_hash_method: 'SHA-256',
    img_signature_key_type: 'RSA-PSS',
  };
}

async function loadPrivateKey(app: App, path: string): Promise<CryptoKey> {
  try {
    if (app.context.stdin !== undefined) throw new CommandError('no terminal to ask for the password');
    app.output.error('Please enter private key password, leave empty if none: \n');
    const der = pkcs8(await (await app.context.files.open(path)).text());
    return await crypto.subtle.importKey('pkcs8', der, { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['sign']);
  } catch {
    throw new CommandError('Error during sign operation: private key could not be loaded.');
  }
}

/** RSA-PSS over SHA-256, with as much salt as the key has room for; in base64. */
async function sign(key: CryptoKey, data: Blob): Promise<string> {
  const { modulusLength } = key.algorithm as RsaKeyAlgorithm; // an RSA key was asked for
  const saltLength = Math.ceil((modulusLength - 1) / 8) - HASH_BYTES - 2;
  const bytes = new Uint8Array(
    await crypto.subtle.sign({ name: 'RSA-PSS', saltLength }, key, await data.arrayBuffer()),
  );
  return btoa(String.fromCharCode(...bytes));
}

/** The bytes of a PEM file, as PKCS #8; RSA's own older form gets its envelope. */
function pkcs8(pem: string): Uint8Array<ArrayBuffer> {
  const found = /-----BEGIN (RSA )?PRIVATE KEY-----\s+([A-Za-z0-9+/=\s]+)-----END/.exec(pem);
  if (found === null) throw new TypeError('no private key');
  const bytes = Uint8Array.from(atob((found[2] ?? '').replace(/\s/g, '')), (c) => c.charCodeAt(0));
  if (found[1] === undefined) return bytes;
  // version 0, algorithm rsaEncryption without parameters
  // prettier-ignore
  const head = [0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
  return der(0x30, [...head, ...der(0x04, bytes)]);
}

/** One value in DER: tag, length, content. */
function der(tag: number, content: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([tag, ...size, ...Array.from(content)]);
}
