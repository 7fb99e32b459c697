import { md5, sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ComputeApi, NovaRequest } from './api';
import { badRequest, conflict, forbidden, notFound } from './errors';
import { limitAndMarker, listAnswer, page } from './paging';
import { limitOf } from './quota';
import { createKeypair, keypairQuery } from './schemas/keypairs';
import { nextNumber, type KeypairRecord } from './state';

/** Key pairs, which belong to a user: nova/api/openstack/compute/keypairs.py. */
export function mountKeypairs(api: ComputeApi): void {
  const { nova } = api;
  const { state } = nova;

  api.route('/os-keypairs', {
    GET: {
      query: (version) => keypairQuery(version, true),
      handle(request) {
        const userId = userOf(request, 'index');
        const pairs = state.keypairs.filter(({ user_id }) => user_id === userId);
        pairs.sort((a, b) => (a.name < b.name ? -1 : 1));
        const listed = request.supports(35)
          ? page(pairs, limitAndMarker(request), ({ name }) => name)
          : pairs;
        const keypairs = listed.map((pair) => ({ keypair: view(request, pair) }));
        if (!request.supports(35)) return { keypairs };
        return listAnswer(api, request, 'os-keypairs', 'keypairs', keypairs, listed.at(-1)?.name);
      },
    },
    POST: {
      status: (version) => (version >= 2 ? 201 : 200),
      body: createKeypair,
      handle(request) {
        const given = request.member('keypair');
        const userId = typeof given['user_id'] === 'string' ? given['user_id'] : request.context.userId;
        if (userId !== request.context.userId) request.enforce('admin', 'os-keypairs:create');
        const name = String(given['name']).trim();
        const type = request.supports(2) && given['type'] === 'x509' ? 'x509' : 'ssh';
        const publicKey = given['public_key'];
        const own = state.keypairs.filter(({ user_id }) => user_id === userId);
        const limit = limitOf(state, request.context.projectId ?? '', 'key_pairs');
        if (limit >= 0 && own.length >= limit) throw forbidden('Quota exceeded, too many key pairs.');
        if (typeof publicKey !== 'string')
          throw badRequest('Keypair data is invalid: this cloud makes no keys');
        const fingerprint = type === 'ssh' ? sshFingerprint(publicKey) : x509Fingerprint(publicKey);
        if (own.some((pair) => pair.name === name)) throw conflict(`Key pair '${name}' already exists.`);
        const pair: KeypairRecord = {
          number: nextNumber(state, 'keypair'),
          user_id: userId,
          name,
          type,
          public_key: publicKey,
          fingerprint,
          created_at: nova.now(),
        };
        state.keypairs.push(pair);
        return { keypair: { ...view(request, pair), user_id: userId } };
      },
    },
  });

  const find = (request: NovaRequest, action: string): KeypairRecord => {
    const userId = userOf(request, action);
    const name = request.param('id');
    const pair = state.keypairs.find((each) => each.user_id === userId && each.name === name);
    if (pair === undefined) throw notFound(`Keypair ${name} not found for user ${userId}`);
    return pair;
  };
  api.route('/os-keypairs/{id}', {
    GET: {
      query: (version) => keypairQuery(version),
      handle(request) {
        const pair = find(request, 'show');
        return {
          keypair: {
            ...view(request, pair),
            created_at: pair.created_at,
            deleted: false,
            deleted_at: null,
            id: pair.number,
            user_id: pair.user_id,
            updated_at: null,
          },
        };
      },
    },
    DELETE: {
      status: (version) => (version >= 2 ? 204 : 202),
      query: (version) => keypairQuery(version),
      handle(request) {
        const pair = find(request, 'delete');
        state.keypairs = state.keypairs.filter((other) => other !== pair);
      },
    },
  });
}

/** Whose key pairs: one's own, or somebody else's for administrators. */
function userOf(request: NovaRequest, action: string): string {
  const asked = request.supports(10) ? request.query.get('user_id') : null;
  const userId = asked ?? request.context.userId;
  if (userId !== request.context.userId) request.enforce('admin', `os-keypairs:${action}`);
  return userId;
}

function view(request: NovaRequest, { name, public_key, fingerprint, type }: KeypairRecord): object {
  return { name, public_key, fingerprint, ...(request.supports(2) ? { type } : {}) };
}

const SSH_TYPES =
  /^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/;

/**
 * The MD5 of an SSH public key, in pairs of digits: nova/crypto.py `generate_fingerprint`.
 *
 * @throws {@link NovaError} 400 for what is no SSH public key.
 */
export function sshFingerprint(publicKey: string): string {
  const [type = '', data = ''] = publicKey.split(' ');
  const bytes = decodeBase64(data);
  if (!SSH_TYPES.test(type) || bytes === undefined || keyType(bytes) !== type || !isWhole(bytes))
    throw badRequest('Keypair data is invalid: failed to generate fingerprint');
  return pairs(md5(bytes));
}

/** The SHA-1 of a certificate: nova/crypto.py `generate_x509_fingerprint`. */
function x509Fingerprint(pem: string): string {
  const body = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/.exec(pem)?.[1];
  const bytes = body === undefined ? undefined : decodeBase64(body.replace(/\s+/g, ''));
  // a certificate is a sequence
  if (bytes === undefined || bytes[0] !== 0x30)
    throw badRequest(
      'Keypair data is invalid: failed to generate X509 fingerprint. Error message: Unable to load PEM file. See ' +
        'https://cryptography.io/en/latest/faq/#why-can-t-i-import-my-pem-file for more details. MalformedFraming',
    );
  return pairs(sha1(bytes));
}

/** Whether the parts of a key, each behind its length, are all there. */
function isWhole(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (at + 4 <= bytes.length) at += 4 + view.getUint32(at);
  return at === bytes.length;
}

/** The first text in the key's data is its type again. */
function keyType(bytes: Uint8Array): string | undefined {
  if (bytes.length < 8) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return length > 64 ? undefined : String.fromCharCode(...bytes.subarray(4, 4 + length));
}

function decodeBase64(text: string): Uint8Array | undefined {
  if (text === '' || !/^[A-Za-z0-9+/]+={0,2}\s*$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function pairs(bytes: Uint8Array): string {
  return (bytesToHex(bytes).match(/../g) ?? []).join(':');
}
