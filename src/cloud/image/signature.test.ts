import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { explanation, TestCloud } from '../testing/test-cloud';

const UUID = '3df7b0a4-0c0e-4c0c-8d0c-000000000000';
const SIGNED = {
  disk_format: 'raw',
  container_format: 'bare',
  img_signature: 'eHh4',
  img_signature_certificate_uuid: UUID,
  img_signature_hash_method: 'SHA-256',
  img_signature_key_type: 'RSA-PSS',
};
const DATA = 'hello';

let folder: string;
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'signature-'));
  writeFileSync(join(folder, 'data'), DATA);
  openssl('ecparam', '-name', 'secp384r1', '-out', 'p384');
  openssl('ecparam', '-name', 'secp521r1', '-out', 'p521');
  openssl('dsaparam', '-out', 'dsa', '2048');
  for (const [name, key] of [['rsa', 'rsa:2048'], ['p384', 'ec:p384'], ['p521', 'ec:p521'], ['dsakey', 'dsa:dsa']] as const)
    openssl('req', '-x509', '-newkey', key, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.crt`, '-subj', '/CN=x', '-days', '2'); // prettier-ignore
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A signature that openssl makes. */
function sign(key: string, hash: string): string {
  const pss = key === 'rsa' ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:max'] : [];
  openssl('dgst', `-${hash}`, '-sign', `${key}.key`, ...pss, '-out', 'signature', 'data');
  return readFileSync(join(folder, 'signature')).toString('base64');
}

async function store(test: TestCloud, payload: string, secret_type = 'certificate'): Promise<string> {
  const body = {
    payload: btoa(payload),
    payload_content_type: 'application/octet-stream',
    payload_content_encoding: 'base64',
    secret_type,
  };
  const made = await test.as('demo', 'POST', '/key-manager/v1/secrets', body);
  return String(made.json['secret_ref']).split('/').at(-1) ?? '';
}

async function upload(test: TestCloud, properties: object, data = DATA) {
  const id = await test.image({ ...SIGNED, ...properties });
  const headers = { 'X-Auth-Token': await test.login('demo'), 'Content-Type': 'application/octet-stream' };
  const answer = await test.send('PUT', `/image/v2/images/${id}/file`, { headers, body: data });
  const { status } = (await test.as('demo', 'GET', `/image/v2/images/${id}`)).json;
  return { id, answer, status };
}

// the sentences are those of Glance 30 and cursive 0.2
it.each([
  [{}, `Certificate not found with ID: ${UUID}.`],
  [{ img_signature: 'x' }, 'The signature data was not properly encoded using base64.'],
  [{ img_signature_hash_method: 'FOO' }, 'Invalid signature hash method: FOO.'],
  [{ img_signature_key_type: 'FOO' }, 'Invalid signature key type: FOO.'],
])('data of an image whose signature cannot be looked at are refused: %j', async (changes, reason) => {
  const test = await TestCloud.start();
  const { id, answer, status } = await upload(test, changes);
  expect(answer.status).toBe(400);
  expect(explanation(answer)).toContain(
    `Signature verification failed for image ${id}: Signature verification for the image failed: ${reason}`,
  );
  expect(status).toBe('queued');
});

it.each([
  ['rsa', 'RSA-PSS', 'SHA-256'],
  ['rsa', 'RSA-PSS', 'SHA-512'],
  ['p384', 'ECC_SECP384R1', 'SHA-384'],
  ['p521', 'ECC_SECP521R1', 'SHA-512'],
  ['dsakey', 'DSA', 'SHA-224'],
])('what openssl signs with %s is taken as %s over %s, and nothing else', async (key, type, method) => {
  const test = await TestCloud.start();
  const certificate = await store(test, readFileSync(join(folder, `${key}.crt`), 'utf8'));
  const properties = {
    img_signature: sign(key, method.replace('-', '').toLowerCase()),
    img_signature_certificate_uuid: certificate,
    img_signature_hash_method: method,
    img_signature_key_type: type,
  };
  expect((await upload(test, properties)).status).toBe('active');
  const other = await upload(test, properties, 'hellO');
  expect(other.status).toBe('queued');
  expect(explanation(other.answer)).toContain(
    `Signature verification failed for image ${other.id}: Signature verification failed`,
  );
});

it('a key of another kind, and a secret that is no certificate, are refused', async () => {
  const test = await TestCloud.start();
  const pem = readFileSync(join(folder, 'rsa.crt'), 'utf8');
  const right = await store(test, pem);
  const wrong = await store(test, pem, 'opaque');
  const why = async (properties: object) => explanation((await upload(test, properties)).answer);
  expect(await why({ img_signature_certificate_uuid: right, img_signature_key_type: 'DSA' })).toContain(
    'Invalid public key type for signature key type: DSA.',
  );
  expect(await why({ img_signature_certificate_uuid: wrong })).toContain(
    'Invalid certificate format: Opaque.',
  );
});

it('a certificate that was stored as text is more than Glance can take', async () => {
  const test = await TestCloud.start();
  const payload = readFileSync(join(folder, 'rsa.crt'), 'utf8');
  const body = { payload, payload_content_type: 'text/plain', secret_type: 'certificate' };
  const made = await test.as('demo', 'POST', '/key-manager/v1/secrets', body);
  const img_signature_certificate_uuid = String(made.json['secret_ref']).split('/').at(-1) ?? '';
  const { answer, status } = await upload(test, { img_signature_certificate_uuid });
  expect([answer.status, status]).toEqual([500, 'queued']);
});
