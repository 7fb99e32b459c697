import { expect, it } from 'vitest';
import { explanation, TestCloud } from '../testing/test-cloud';

const SIGNED = {
  disk_format: 'raw',
  container_format: 'bare',
  img_signature: 'eHh4',
  img_signature_certificate_uuid: '3df7b0a4-0c0e-4c0c-8d0c-000000000000',
  img_signature_hash_method: 'SHA-256',
  img_signature_key_type: 'RSA-PSS',
};

// the sentences are those of Glance 30 without a key manager
it.each([
  [{}, 'Unable to retrieve certificate with ID: 3df7b0a4-0c0e-4c0c-8d0c-000000000000.'],
  [{ img_signature: 'x' }, 'The signature data was not properly encoded using base64.'],
  [{ img_signature_hash_method: 'FOO' }, 'Invalid signature hash method: FOO.'],
])('data of a signed image are refused, for there is no key manager: %j', async (changes, reason) => {
  const test = await TestCloud.start();
  const id = await test.image({ ...SIGNED, ...changes });
  const headers = { 'X-Auth-Token': await test.login('demo'), 'Content-Type': 'application/octet-stream' };
  const answer = await test.send('PUT', `/image/v2/images/${id}/file`, { headers, body: 'hello' });
  expect(answer.status).toBe(400);
  expect(explanation(answer)).toContain(
    `Signature verification failed for image ${id}: Signature verification for the image failed: ${reason}`,
  );
  expect((await test.as('demo', 'GET', `/image/v2/images/${id}`)).json).toMatchObject({ status: 'queued' });
});
