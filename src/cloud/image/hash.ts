import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

/** A checksum in the making. */
export interface Hash {
  update(chunk: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** With how many bytes of result: those that Glance takes. */
export const DIGEST_SIZES = { md5: 16, sha1: 20, sha256: 32, sha512: 64 } as const;
export type HashAlgorithm = keyof typeof DIGEST_SIZES;

/** Starts a checksum. `createHash` of `node:crypto` is one, ten times as fast as {@link createHash}. */
export type CreateHash = (algorithm: HashAlgorithm) => Hash;

const HASHES = { md5, sha1, sha256, sha512 };

/** For wherever JavaScript runs. */
export const createHash: CreateHash = (algorithm) => HASHES[algorithm].create();
