import { describe, expect, it, test } from 'vitest';
import { TestCloud } from '../testing/test-cloud';

const V3 = '/identity/v3';

async function make(test: TestCloud, kind: string, record: object): Promise<string> {
  const { json } = await test.as('admin', 'POST', `${V3}/${kind}s`, { [kind]: record });
  return (json[kind] as { id: string }).id; // what a POST answers
}

function login(test: TestCloud, user: string, password: string, scope?: object) {
  return test.authenticate({
    identity: { methods: ['password'], password: { user: { id: user, password } } },
    ...(scope === undefined ? {} : { scope }),
  });
}

describe('what an administrator makes', () => {
  it('is a user who can log in where she has a role, and nowhere else', async () => {
    const test = await TestCloud.start();
    const project = await make(test, 'project', { name: 'new' });
    const user = await make(test, 'user', { name: 'ada', password: 'first' });
    const role = await make(test, 'role', { name: 'painter' });
    const scope = { project: { id: project } };
    expect((await login(test, user, 'first', scope)).status).toBe(401);
    const grant = `${V3}/projects/${project}/users/${user}/roles/${role}`;
    expect((await test.as('admin', 'PUT', grant)).status).toBe(204);
    const { json } = await login(test, user, 'first', scope);
    expect(json['token']).toMatchObject({ roles: [{ name: 'painter' }], project: { name: 'new' } });
    expect((await test.as('admin', 'DELETE', grant)).status).toBe(204);
    expect((await test.as('admin', 'DELETE', grant)).status).toBe(404);
  });

  it('is a role on a domain, which a domain-scoped token carries', async () => {
    const test = await TestCloud.start();
    const domain = await make(test, 'domain', { name: 'research' });
    const user = await make(test, 'user', { name: 'ada', password: 'first' });
    const role = await make(test, 'role', { name: 'painter' });
    await test.as('admin', 'PUT', `${V3}/domains/${domain}/users/${user}/roles/${role}`);
    const { json } = await login(test, user, 'first', { domain: { id: domain } });
    expect(json['token']).toMatchObject({ domain: { name: 'research' }, roles: [{ name: 'painter' }] });
  });

  it('is a service that stands in the catalog with its endpoint', async () => {
    const test = await TestCloud.start();
    const service = await make(test, 'service', { type: 'paint', name: 'brush' });
    await make(test, 'endpoint', { service_id: service, interface: 'public', url: 'http://paint.example/' });
    const { json } = await test.as('demo', 'GET', `${V3}/auth/catalog`);
    expect(json['catalog']).toContainEqual(
      expect.objectContaining({
        type: 'paint',
        endpoints: [expect.objectContaining({ url: 'http://paint.example/' })],
      }),
    );
  });

  it.each([
    ['project', { name: 'admin' }],
    ['user', { name: 'admin' }],
    ['role', { name: 'admin' }],
    ['domain', { name: 'Default' }],
    ['region', { id: 'RegionOne' }],
  ])('is no second %s of a name that is taken', async (kind, record) => {
    const test = await TestCloud.start();
    expect((await test.as('admin', 'POST', `${V3}/${kind}s`, { [kind]: record })).status).toBe(409);
  });

  it.each(['project', 'user', 'role', 'domain', 'region', 'endpoint'])(
    'is for administrators only: %s',
    async (kind) => {
      const test = await TestCloud.start();
      expect((await test.as('demo', 'POST', `${V3}/${kind}s`, { [kind]: { name: 'x' } })).status).toBe(403);
    },
  );
});

describe('a changed password', () => {
  it('ends what the old one opened', async () => {
    const test = await TestCloud.start();
    const user = await make(test, 'user', { name: 'ada', password: 'first' });
    const token = (await login(test, user, 'first')).headers.get('X-Subject-Token') ?? '';
    const change = (original_password: string) =>
      test.as('demo', 'POST', `${V3}/users/${user}/password`, {
        user: { original_password, password: 'second' },
      });
    expect((await change('wrong')).status).toBe(401);
    expect((await change('first')).status).toBe(204);
    const headers = { 'X-Auth-Token': token };
    expect((await test.send('GET', `${V3}/auth/projects`, { headers })).status).toBe(401);
    expect((await login(test, user, 'first')).status).toBe(401);
    expect((await login(test, user, 'second')).status).toBe(201);
  });
});

describe('what is deleted', () => {
  it('takes along what belongs to it', async () => {
    const test = await TestCloud.start();
    const domain = await make(test, 'domain', { name: 'research' });
    const user = await make(test, 'user', { name: 'ada', domain_id: domain });
    const path = `${V3}/domains/${domain}`;
    expect((await test.as('admin', 'DELETE', path)).status).toBe(403);
    await test.as('admin', 'PATCH', path, { domain: { enabled: false } });
    expect((await test.as('admin', 'DELETE', path)).status).toBe(204);
    expect((await test.as('admin', 'GET', `${V3}/users/${user}`)).status).toBe(404);
  });

  it('is never a role that came with the cloud', async () => {
    const test = await TestCloud.start();
    const { json } = await test.as('admin', 'GET', `${V3}/roles?name=admin`);
    const [role] = json['roles'] as { id: string }[]; // a list's shape
    expect((await test.as('admin', 'DELETE', `${V3}/roles/${role?.id}`)).status).toBe(403);
  });
});

describe('a region', () => {
  it('may be made under an id that somebody chose, once', async () => {
    const test = await TestCloud.start();
    const put = (body: object) => test.as('admin', 'PUT', `${V3}/regions/RegionTwo`, { region: body });
    expect((await put({ id: 'RegionThree' })).status).toBe(400);
    expect((await put({ description: 'd' })).json['region']).toMatchObject({ id: 'RegionTwo' });
    expect((await put({})).status).toBe(409);
  });

  it('is found by its parent', async () => {
    const test = await TestCloud.start();
    await make(test, 'region', { id: 'child', parent_region_id: 'RegionOne' });
    const { json } = await test.as('admin', 'GET', `${V3}/regions?parent_region_id=RegionOne`);
    expect(json['regions']).toMatchObject([{ id: 'child' }]);
  });
});

test('an implied role is there without a body for HEAD, as Keystone 2025.1 answers', async () => {
  const test = await TestCloud.start();
  const [prior, implied] = [await make(test, 'role', { name: 'a' }), await make(test, 'role', { name: 'b' })];
  const path = `${V3}/roles/${prior}/implies/${implied}`;
  expect((await test.as('admin', 'HEAD', path)).status).toBe(404);
  await test.as('admin', 'PUT', path);
  expect((await test.as('admin', 'HEAD', path)).status).toBe(204);
  expect((await test.as('admin', 'GET', path)).status).toBe(200);
});

test('an application credential keeps the fraction of its last second, and a role in it says only what it may', async () => {
  const cloud = await TestCloud.start();
  const users = (await cloud.as('admin', 'GET', `${V3}/users?name=demo`)).json['users'];
  const [{ id: user }] = users as [{ id: string }]; // as the API shows them
  const create = (credential: object) =>
    cloud.as('demo', 'POST', `${V3}/users/${user}/application_credentials`, {
      application_credential: credential,
    });
  const { json } = await create({ name: 'a', expires_at: '2027-01-01T00:00:00.123456Z' });
  expect(json['application_credential']).toMatchObject({ expires_at: '2027-01-01T00:00:00.123456' });
  const refused = await create({ name: 'b', roles: [{ name: 'member', links: {} }] });
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.json)).toContain(
    "Additional properties are not allowed ('links' was unexpected)",
  );
});
