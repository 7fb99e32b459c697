import { createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { TestCloud, type UserName } from '../testing/test-cloud';

// The answers were read off Barbican 20 with fetch.

let cloud: TestCloud;

beforeEach(async () => {
  cloud = await TestCloud.start('empty');
});

function send(method: string, path: string, body?: unknown, user: UserName = 'demo', accept?: string) {
  const headers = {
    'OpenStack-API-Version': 'key-manager 1.1',
    Accept: accept ?? 'application/json',
  };
  return cloud.as(user, method, `/key-manager/v1${path}`, body, headers);
}

async function secret(fields: object = {}): Promise<string> {
  const { json } = await send('POST', '/secrets/', { name: 's', ...fields });
  return String(json['secret_ref']).split('/').at(-1) ?? '';
}

const TEXT = { payload: 's3cret', payload_content_type: 'text/plain' };

test('a secret goes in and comes out', async () => {
  const id = await secret(TEXT);
  expect((await send('GET', `/secrets/${id}`)).json).toMatchObject({
    created: '2026-11-22T09:00:00',
    content_types: { default: 'text/plain' },
    secret_ref: `https://openstack.example/key-manager/v1/secrets/${id}`,
  });
  expect((await send('GET', `/secrets/${id}/payload`, undefined, 'demo', 'text/plain')).text).toBe('s3cret');
});

test('a reader gets no secret, another project none but by an access list, an administrator sees but does not read', async () => {
  const id = await secret(TEXT);
  const payload = async (user: UserName) =>
    (await send('GET', `/secrets/${id}/payload`, undefined, user, 'text/plain')).status;
  expect([await payload('viewer'), await payload('partner'), await payload('admin')]).toEqual([
    403, 403, 403,
  ]);
  expect((await send('GET', `/secrets/${id}`, undefined, 'admin')).status).toBe(200);
  await cloud.login('partner');
  const users = cloud.cloud.snapshot().then(({ identity }) => identity.users);
  const partner = (await users).find(({ name }) => name === 'partner')?.id;
  await send('PUT', `/secrets/${id}/acl`, { read: { users: [partner] } });
  expect(await payload('partner')).toBe(200);
});

test('an expired secret is gone', async () => {
  const id = await secret({ ...TEXT, expiration: '2026-11-22T10:30:00+01:00' });
  expect((await send('GET', `/secrets/${id}`)).json['expiration']).toBe('2026-11-22T09:30:00');
  cloud.clock.advance(1800_000);
  expect((await send('GET', `/secrets/${id}`)).json).toEqual({
    code: 404,
    title: 'Not Found',
    description: 'Secret not found.',
  });
  expect((await send('GET', '/secrets')).json['total']).toBe(0);
});

test('a pair that is ordered is a pair', async () => {
  const meta = { name: 'pair', algorithm: 'rsa', bit_length: 1024 };
  await send('POST', '/orders/', { type: 'asymmetric', meta });
  const { secrets } = (await send('GET', '/secrets?name=pair')).json as {
    secrets: { secret_ref: string; secret_type: string }[];
  };
  const pem = async (type: string): Promise<string> => {
    const ref = secrets.find(({ secret_type }) => secret_type === type)?.secret_ref ?? '';
    const id = ref.split('/').at(-1) ?? '';
    return (await send('GET', `/secrets/${id}/payload`, undefined, 'demo', 'text/plain')).text;
  };
  const hello = Buffer.from('hello');
  const hidden = publicEncrypt(createPublicKey(await pem('public')), hello);
  expect(privateDecrypt(await pem('private'), hidden).toString()).toBe('hello');
});

test('what a project may have is enough when its quota is reached', async () => {
  const { identity } = await cloud.cloud.snapshot();
  const project = identity.projects.find(({ name }) => name === 'demo')?.id ?? '';
  await send('PUT', `/project-quotas/${project}`, { project_quotas: { secrets: 1 } }, 'admin');
  await secret();
  expect((await send('POST', '/secrets/', {})).json['description']).toBe(
    'Secret creation issue seen - Creation not allowed because a quota has been reached.',
  );
});

test('a saved cloud still has its secrets', async () => {
  const id = await secret(TEXT);
  const again = await TestCloud.start(await cloud.cloud.snapshot());
  const answer = await again.as('demo', 'GET', `/key-manager/v1/secrets/${id}`);
  expect(answer.status).toBe(200);
});
