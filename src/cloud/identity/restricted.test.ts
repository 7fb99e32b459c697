import { expect, test } from 'vitest';
import { TestCloud } from '../testing/test-cloud';

/** Logs in with a credential that has these rules, and says how requests to several services are answered. */
async function answers(rules: readonly object[], requests: readonly [method: string, path: string][]) {
  const cloud = await TestCloud.start('empty');
  await cloud.login('demo');
  const { identity } = await cloud.cloud.snapshot();
  const user = identity.users.find(({ name }) => name === 'demo')?.id ?? '';
  const made = await cloud.as('demo', 'POST', `/identity/v3/users/${user}/application_credentials`, {
    application_credential: { name: 'robot', secret: 'pw', access_rules: rules },
  });
  const { id } = made.json['application_credential'] as { id: string };
  const login = await cloud.authenticate({
    identity: { methods: ['application_credential'], application_credential: { id, secret: 'pw' } },
  });
  const headers = { 'X-Auth-Token': login.headers.get('X-Subject-Token') ?? '' };
  const statuses: number[] = [];
  for (const [method, path] of requests) statuses.push((await cloud.send(method, path, { headers })).status);
  return statuses;
}

test('an application credential with access rules sends what they allow, and nothing else', async () => {
  const rules = [
    { service: 'image', method: 'GET', path: '/v2/images' },
    { service: 'compute', method: 'GET', path: '/v2.1/flavors/*' },
    { service: 'key-manager', method: 'GET', path: '/v1/**' },
  ];
  expect(
    await answers(rules, [
      ['GET', '/image/v2/images'],
      ['GET', '/image/v2/images/x'],
      ['DELETE', '/image/v2/images'],
      ['GET', '/compute/v2.1/flavors/detail'],
      ['GET', '/compute/v2.1/flavors/1/os-extra_specs'],
      ['GET', '/compute/v2.1/servers'],
      ['GET', '/key-manager/v1/secrets'],
      ['GET', '/volume/v3/volumes'],
      ['GET', '/identity/v3/projects'],
    ]),
  ).toEqual([200, 401, 401, 200, 401, 401, 200, 401, 401]);
});

test('without access rules an application credential may send what its roles allow', async () => {
  expect(
    await answers(
      [],
      [
        ['GET', '/image/v2/images'],
        ['GET', '/volume/v3/volumes'],
      ],
    ),
  ).toEqual([200, 200]);
});

test('a request that is refused need not be of the platform: an HTTP server has its own', async () => {
  const cloud = await TestCloud.start('empty');
  await cloud.login('demo');
  const { identity } = await cloud.cloud.snapshot();
  const user = identity.users.find(({ name }) => name === 'demo')?.id ?? '';
  const made = await cloud.as('demo', 'POST', `/identity/v3/users/${user}/application_credentials`, {
    application_credential: {
      name: 'robot',
      secret: 'pw',
      access_rules: [{ service: 'image', method: 'DELETE', path: '/v2/images/*' }],
    },
  });
  const { id } = made.json['application_credential'] as { id: string };
  const login = await cloud.authenticate({
    identity: { methods: ['application_credential'], application_credential: { id, secret: 'pw' } },
  });
  const headers = new Headers({ 'X-Auth-Token': login.headers.get('X-Subject-Token') ?? '' });
  const url = `${cloud.cloud.baseUrl}/image/v2/images`;
  // what a server hands over looks like a request and is none
  const request = { method: 'GET', url, headers, body: null } as unknown as Request;
  const response = await cloud.cloud.fetch(request);
  expect(response.status).toBe(401);
});

test('a rule that lacks its path makes no credential and no rule', async () => {
  const cloud = await TestCloud.start('empty');
  await cloud.login('demo');
  const { identity } = await cloud.cloud.snapshot();
  const user = identity.users.find(({ name }) => name === 'demo')?.id ?? '';
  const send = (access_rules: readonly object[], name = 'robot') =>
    cloud.as('demo', 'POST', `/identity/v3/users/${user}/application_credentials`, {
      application_credential: { name, access_rules },
    });
  const whole = { service: 'image', method: 'GET', path: '/v2/images' };
  expect(await send([whole, { service: 'image', method: 'GET' }])).toMatchObject({
    status: 500,
    json: {
      error: {
        code: 500,
        message: 'An unexpected error prevented the server from fulfilling your request.',
        title: 'Internal Server Error',
      },
    },
  });
  expect((await cloud.cloud.snapshot()).identity).toMatchObject({
    access_rules: [],
    application_credentials: [],
  });
  const made = await send([whole]);
  const rules = (made.json['application_credential'] as { access_rules: { id: string }[] }).access_rules;
  // one that is known needs no more than its id; a name that is taken is seen before a part that lacks
  expect(await send([{ id: rules[0]?.id }], 'second')).toMatchObject({ status: 201 });
  expect(await send([{ service: 'image' }])).toMatchObject({ status: 409 });
});
