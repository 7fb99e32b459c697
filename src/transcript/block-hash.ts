import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Block } from './transcript';

/**
 * Names a block by what it says: client, commands, outputs and exit codes, not by where it stands.
 * A verification belongs to the hash, so a block whose text changed is unverified again.
 *
 * @returns 16 hexadecimal digits.
 */
export function blockHash({ client, commands }: Pick<Block, 'client' | 'commands'>): string {
  const text = JSON.stringify([
    client ?? '',
    ...commands.map(({ source, expected, exitCode }) => [source, expected, exitCode]),
  ]);
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16);
}
