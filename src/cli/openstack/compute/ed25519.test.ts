import { expect, test } from 'vitest';
import { generateKeypair } from './ed25519';

// what `openstack keypair create` 7.4.0 printed, and what it registered; the key has never opened anything
const SEED = '8fb45e84adbde1dc4da4af4a9e6243e36f4750e949b30934410525c533d6b709';
const CHECK = 'ca7eb444';
const PRIVATE = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZWQyNTUx
OQAAACDYsTPqrn1tYXyxjKEET5ETfSUNtumO8iR8x7O2h6WaLgAAAIjKfrREyn60RAAAAAtzc2gt
ZWQyNTUxOQAAACDYsTPqrn1tYXyxjKEET5ETfSUNtumO8iR8x7O2h6WaLgAAAECPtF6Erb3h3E2k
r0qeYkPjb0dQ6UmzCTRBBSXFM9a3CdixM+qufW1hfLGMoQRPkRN9JQ226Y7yJHzHs7aHpZouAAAA
AAECAwQF
-----END OPENSSH PRIVATE KEY-----
`;
const PUBLIC = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINixM+qufW1hfLGMoQRPkRN9JQ226Y7yJHzHs7aHpZou';

test('a key pair of the same random bytes is the same file that the real client writes', async () => {
  const random = (size: number) =>
    Uint8Array.from((size === 32 ? SEED : CHECK).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  expect(await generateKeypair(random)).toEqual({ privateKey: PRIVATE, publicKey: PUBLIC });
});
