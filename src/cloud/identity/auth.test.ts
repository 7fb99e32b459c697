import { expect, test } from 'vitest';
import { TestCloud } from '../testing/test-cloud';

const domain = { id: 'default' };
const password = (name: string, secret = 'secret') => ({
  methods: ['password'],
  password: { user: { name, domain, password: secret } },
});
const HOUR = 3600_000;

test('a password buys a token for a project, with roles and catalog', async () => {
  const cloud = await TestCloud.start();
  const answer = await cloud.authenticate({
    identity: password('demo'),
    scope: { project: { name: 'demo', domain } },
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('X-Subject-Token')).toMatch(/^gAAAAA[\w-]{177}$/);
  expect(answer.json['token']).toMatchObject({
    methods: ['password'],
    user: { name: 'demo', domain: { id: 'default', name: 'Default' } },
    project: { name: 'demo' },
    issued_at: '2026-11-22T09:00:00.000000Z',
    expires_at: '2026-11-22T10:00:00.000000Z',
    roles: [{ name: 'member' }, { name: 'reader' }],
  });
  const { catalog } = answer.json['token'] as { catalog: { type: string }[] }; // asserted below
  expect(catalog.map(({ type }) => type).sort()).toEqual([
    'block-storage',
    'compute',
    'container-infra',
    'identity',
    'image',
    'key-manager',
    'network',
    'object-store',
    'placement',
    'shared-file-system',
  ]);
});

test.each([
  ['a wrong password', { identity: password('demo', 'wrong') }],
  ['a user who does not exist', { identity: password('nobody') }],
  [
    'a project where she has no role',
    { identity: password('demo'), scope: { project: { name: 'admin', domain } } },
  ],
  [
    'a project that does not exist',
    { identity: password('demo'), scope: { project: { name: 'nosuch', domain } } },
  ],
  ['the whole system without a role on it', { identity: password('demo'), scope: { system: { all: true } } }],
])('%s is a 401 that tells nothing', async (_what, auth) => {
  const answer = await (await TestCloud.start()).authenticate(auth);
  expect(answer.status).toBe(401);
  expect(answer.text).toBe(
    '{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}',
  );
  expect(answer.headers.get('WWW-Authenticate')).toBe('Keystone uri="https://openstack.example/identity/v3"');
});

test('without a scope the token is for the default project, and unscoped only when asked for', async () => {
  const cloud = await TestCloud.start();
  const scoped = await cloud.authenticate({ identity: password('demo') });
  expect(scoped.json['token']).toMatchObject({ project: { name: 'demo' } });
  const unscoped = await cloud.authenticate({ identity: password('demo'), scope: 'unscoped' });
  expect(unscoped.json['token']).not.toHaveProperty('project');
  expect(unscoped.json['token']).not.toHaveProperty('catalog');
});

test('an unscoped token is exchanged for a scoped one that lives no longer', async () => {
  const cloud = await TestCloud.start();
  const unscoped = await cloud.authenticate({ identity: password('demo'), scope: 'unscoped' });
  cloud.clock.advance(HOUR / 2);
  const id = unscoped.headers.get('X-Subject-Token');
  const scoped = await cloud.authenticate({
    identity: { methods: ['token'], token: { id } },
    scope: { project: { name: 'demo', domain } },
  });
  expect(scoped.json['token']).toMatchObject({
    methods: ['token', 'password'],
    project: { name: 'demo' },
    expires_at: '2026-11-22T10:00:00.000000Z',
  });
});

test('a token ends after an hour', async () => {
  const cloud = await TestCloud.start();
  await cloud.login('demo');
  cloud.clock.advance(HOUR - 1);
  expect((await cloud.as('demo', 'GET', '/image/v2/images')).status).toBe(200);
  cloud.clock.advance(1);
  expect((await cloud.as('demo', 'GET', '/image/v2/images')).status).toBe(401);
  expect((await cloud.as('demo', 'GET', '/identity/v3/auth/projects')).status).toBe(401);
});

test('a token can be looked at and given back', async () => {
  const cloud = await TestCloud.start();
  const token = await cloud.login('demo');
  const about = { 'X-Subject-Token': token };
  expect((await cloud.as('demo', 'GET', '/identity/v3/auth/tokens', undefined, about)).status).toBe(200);
  expect((await cloud.as('demo', 'HEAD', '/identity/v3/auth/tokens', undefined, about)).text).toBe('');
  expect((await cloud.as('partner', 'GET', '/identity/v3/auth/tokens', undefined, about)).status).toBe(403);
  expect((await cloud.as('demo', 'DELETE', '/identity/v3/auth/tokens', undefined, about)).status).toBe(204);
  expect((await cloud.as('demo', 'GET', '/image/v2/images')).status).toBe(401);
  const gone = await cloud.as('admin', 'GET', '/identity/v3/auth/tokens', undefined, about);
  expect(gone.json).toMatchObject({ error: { code: 404, message: 'Failed to validate token' } });
});

test('an application credential logs in to its project only, until it is deleted', async () => {
  const cloud = await TestCloud.start();
  const { json } = await cloud.authenticate({ identity: password('demo') });
  const { token } = json as unknown as { token: { user: { id: string } } };
  const path = `/identity/v3/users/${token.user.id}/application_credentials`;
  const created = await cloud.as('demo', 'POST', path, {
    application_credential: { name: 'robot', roles: [{ name: 'reader' }] },
  });
  expect(created.status).toBe(201);
  const { id, secret } = created.json['application_credential'] as { id: string; secret: string };
  const identity = { methods: ['application_credential'], application_credential: { id, secret } };

  const login = await cloud.authenticate({ identity });
  expect(login.json['token']).toMatchObject({
    project: { name: 'demo' },
    roles: [{ name: 'reader' }],
    application_credential: { name: 'robot' },
  });
  expect((await cloud.authenticate({ identity, scope: { project: { name: 'demo', domain } } })).status).toBe(
    401,
  );
  const robot = {
    'X-Auth-Token': login.headers.get('X-Subject-Token') ?? '',
    'Content-Type': 'application/json',
  };
  expect((await cloud.send('POST', '/image/v2/images', { headers: robot, body: '{}' })).status).toBe(403);

  expect((await cloud.as('demo', 'DELETE', `${path}/${id}`)).status).toBe(204);
  expect((await cloud.authenticate({ identity })).status).toBe(404);
  expect((await cloud.send('GET', '/image/v2/images', { headers: robot })).status).toBe(401);
});

test.each([
  ['', 400, 'auth in request body'],
  ['{', 400, 'valid JSON in request body'],
  ['[]', 400, 'valid JSON in request body'],
  ['{"auth": {"identity": {"methods": ["x"], "x": {}}}}', 401, 'unsupported method'],
])('the login body %j is refused with %i', async (body, status, part) => {
  const cloud = await TestCloud.start();
  const answer = await cloud.send('POST', '/identity/v3/auth/tokens', {
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(part);
});
