import { expect, test } from 'vitest';
import { startState } from '../states';
import { TestCloud } from '../testing/test-cloud';

async function account(): Promise<{ cloud: TestCloud; url: string }> {
  const cloud = await TestCloud.start();
  const state = await startState('empty');
  const demo = state.identity.projects.find(({ name }) => name === 'demo');
  return { cloud, url: `/object-store/v1/AUTH_${demo?.id ?? ''}` };
}

test('an object can be read, listed and deleted; its container only when it is empty', async () => {
  const { cloud, url } = await account();
  expect((await cloud.as('demo', 'PUT', `${url}/c`)).status).toBe(201);
  expect((await cloud.as('demo', 'PUT', `${url}/c`)).status).toBe(202);
  const token = await cloud.login('demo');
  const headers = { 'X-Auth-Token': token };
  const put = await cloud.send('PUT', `${url}/c/a/b.txt`, { headers, body: new Blob(['hello']) });
  expect([put.status, put.headers.get('Etag')]).toEqual([201, '5d41402abc4b2a76b9719d911017c592']);
  const got = await cloud.send('GET', `${url}/c/a/b.txt`, { headers });
  expect([got.text, got.headers.get('Content-Type')]).toEqual(['hello', 'text/plain']);
  expect((await cloud.send('GET', `${url}/c?delimiter=/`, { headers })).text).toBe('a/\n');
  expect((await cloud.send('DELETE', `${url}/c`, { headers })).status).toBe(409);
  expect((await cloud.send('DELETE', `${url}/c/a/b.txt`, { headers })).status).toBe(204);
  expect((await cloud.send('DELETE', `${url}/c`, { headers })).status).toBe(204);
});

test('a reader of the project, a stranger and somebody without a token get in by an ACL only', async () => {
  const { cloud, url } = await account();
  await cloud.as('demo', 'PUT', `${url}/c`);
  const statuses = async () => [
    (await cloud.as('viewer', 'GET', `${url}/c`)).status,
    (await cloud.as('partner', 'GET', `${url}/c`)).status,
    (await cloud.send('GET', `${url}/c`)).status,
  ];
  expect(await statuses()).toEqual([403, 403, 401]);
  await cloud.as('demo', 'POST', `${url}/c`, undefined, { 'X-Container-Read': 'reader,partner:partner' });
  expect(await statuses()).toEqual([204, 204, 401]);
  await cloud.as('demo', 'POST', `${url}/c`, undefined, { 'X-Container-Read': '.r:*,.rlistings' });
  expect(await statuses()).toEqual([204, 204, 204]);
});

test('a snapshot brings objects back, their data inside it or beside it', async () => {
  const { cloud, url } = await account();
  await cloud.as('demo', 'PUT', `${url}/c`);
  const headers = { 'X-Auth-Token': await cloud.login('demo') };
  await cloud.send('PUT', `${url}/c/o`, { headers, body: 'hello' });
  const { state, blobs } = await cloud.cloud.snapshot({ blobs: 'separate' });
  expect(JSON.stringify(state)).not.toContain(btoa('hello'));
  const whole = await cloud.cloud.snapshot();
  for (const again of [await TestCloud.start(state, blobs), await TestCloud.start(whole)]) {
    expect((await again.send('GET', `${url}/c/o`, { headers })).text).toBe('hello');
    expect(
      (await (await again.cloud.snapshot({ blobs: 'separate' })).blobs.get('object-1')?.text()) ?? '',
    ).toBe('hello');
  }
});

test('a container is kept equal with one on a host that the operator allows, and is left alone otherwise', async () => {
  const { cloud, url } = await account();
  const token = await cloud.login('demo');
  const post = (place: string) =>
    cloud.send('POST', `${url}/c`, {
      headers: { 'X-Auth-Token': token, 'X-Container-Sync-To': place, 'X-Container-Meta-Color': 'blue' },
    });
  await cloud.as('demo', 'PUT', `${url}/c`);
  const answers = await Promise.all(
    [
      'http://nowhere/v1/a/c',
      '//realm/cluster/a/c',
      '//realm/c',
      'nowhere',
      'http://127.0.0.1',
      'http://127.0.0.1/v1/a/c?x',
    ].map(post),
  );
  expect(answers.map(({ status, text }) => `${status} ${text}`)).toMatchInlineSnapshot(`
    [
      "400 Invalid host 'nowhere' in X-Container-Sync-To",
      "400 No realm key for 'realm'",
      "400 Invalid X-Container-Sync-To format '//realm/c'",
      "400 Invalid scheme '' in X-Container-Sync-To, must be "//", "http", or "https".",
      "400 Path required in X-Container-Sync-To",
      "400 Params, queries, and fragments not allowed in X-Container-Sync-To",
    ]
  `);
  expect((await cloud.as('demo', 'HEAD', `${url}/c`)).headers.get('X-Container-Meta-Color')).toBeNull();
  expect((await post('http://127.0.0.1/v1/a/c')).status).toBe(204);
});

test('an account that nobody has written to is there all the same, and says that it has no time of its own', async () => {
  const { cloud, url } = await account();
  const before = await cloud.as('demo', 'HEAD', url);
  expect([before.status, before.headers.has('X-Put-Timestamp'), before.headers.has('Accept-Ranges')]).toEqual(
    [200, true, false],
  );
  await cloud.as('demo', 'POST', url);
  const after = await cloud.as('demo', 'HEAD', url);
  expect([after.status, after.headers.has('X-Put-Timestamp'), after.headers.has('Accept-Ranges')]).toEqual([
    204,
    false,
    true,
  ]);
});
