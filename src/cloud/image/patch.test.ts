import { expect, test } from 'vitest';
import { explanation, TestCloud } from '../testing/test-cloud';

test('properties are added, replaced and removed', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ hw_a: '1' });
  cloud.clock.advance(5000);
  const answer = await cloud.patch(id, [
    { op: 'add', path: '/hw_b', value: '2' },
    { op: 'replace', path: '/hw_a', value: '3' },
    { op: 'add', path: '/a~1b', value: 'slash' },
    { op: 'replace', path: '/name', value: 'new' },
  ]);
  expect(answer.json).toMatchObject({
    hw_a: '3',
    hw_b: '2',
    'a/b': 'slash',
    name: 'new',
    updated_at: '2026-11-22T09:00:05Z',
  });
  const removed = await cloud.patch(id, [{ op: 'remove', path: '/hw_a' }]);
  expect(removed.json).not.toHaveProperty('hw_a');
});

test('when one change is refused none is made', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image();
  const answer = await cloud.patch(id, [
    { op: 'add', path: '/ok', value: '1' },
    { op: 'replace', path: '/nosuch', value: '1' },
  ]);
  expect([answer.status, explanation(answer)]).toEqual([
    409,
    'There was a conflict when trying to complete your request. Property nosuch does not exist.',
  ]);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json).not.toHaveProperty('ok');
});

test.each(['add', 'replace'])('a member cannot give an image away by %s', async (op) => {
  const cloud = await TestCloud.start();
  const id = await cloud.image();
  const before = (await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json;
  expect((await cloud.patch(id, [{ op, path: '/owner', value: 'x' }])).status).toBe(403);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json).toEqual(before);
});

test.each([
  [
    [{ op: 'remove', path: '/name' }],
    403,
    'Access was denied to this resource. Property name may not be removed.',
  ],
  [[{ op: 'replace', path: '/id', value: 'x' }], 403, 'Attribute &#x27;id&#x27; is read-only.'],
  [[{ op: 'replace', path: '/deleted', value: 'x' }], 403, 'Attribute &#x27;deleted&#x27; is reserved.'],
  [
    [{ op: 'replace', path: '/owner', value: 'x' }],
    403,
    'Access was denied to this resource. Owner can&#x27;t be updated by non admin.',
  ],
  [
    [{ op: 'replace', path: '/visibility', value: 'public' }],
    403,
    'You are not authorized to complete publicize_image action.',
  ],
  [
    [{ op: 'replace', path: '/locations', value: [] }],
    403,
    'Access was denied to this resource. Cannot set locations to empty list.',
  ],
  [
    [{ op: 'add', path: '/x/y', value: '1' }],
    400,
    'Invalid JSON pointer for this resource: &#x27;/x/y&#x27;',
  ],
  [[{ op: 'add', path: 'x', value: '1' }], 400, 'Pointer `x` does not start with &quot;/&quot;.'],
  [[{ op: 'add', path: '/x' }], 400, 'Operation &quot;add&quot; requires a member named &quot;value&quot;.'],
  [
    [{ op: 'test', path: '/x' }],
    400,
    'Invalid operation: `test`. It must be one of the following: add, remove, replace.',
  ],
  [[3], 400, 'Operations must be JSON objects.'],
  [{}, 400, 'Request body must be a JSON array of operation objects.'],
])('the changes %j are refused', async (changes, status, text) => {
  const cloud = await TestCloud.start();
  const answer = await cloud.patch(await cloud.image(), changes as object[]);
  expect([answer.status, explanation(answer)]).toEqual([status, text]);
});

test('the older media type spells operations differently, and adds only what is not there', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image();
  const type = { 'Content-Type': 'application/openstack-images-v2.0-json-patch' };
  const change = [{ add: '/hw_a', value: '1' }];
  expect((await cloud.as('demo', 'PATCH', `/image/v2/images/${id}`, change, type)).json).toMatchObject({
    hw_a: '1',
  });
  expect((await cloud.as('demo', 'PATCH', `/image/v2/images/${id}`, change, type)).status).toBe(409);
});

test('any other media type is refused with the two that are taken', async () => {
  const cloud = await TestCloud.start();
  const answer = await cloud.as('demo', 'PATCH', `/image/v2/images/${await cloud.image()}`, []);
  expect([answer.status, answer.headers.get('Accept-Patch')]).toEqual([
    415,
    'application/openstack-images-v2.0-json-patch, application/openstack-images-v2.1-json-patch',
  ]);
});

test('formats change only while the image is queued', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ disk_format: 'iso', container_format: 'bare' });
  expect((await cloud.patch(id, [{ op: 'replace', path: '/disk_format', value: 'raw' }])).status).toBe(200);
  await cloud.upload(id, 'bytes');
  const answer = await cloud.patch(id, [{ op: 'replace', path: '/disk_format', value: 'iso' }]);
  expect(explanation(answer)).toBe('Attribute disk_format can be only replaced for a queued image.');
});

test('a property may have a name that JavaScript has plans for', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image();
  await cloud.patch(id, [
    { op: 'add', path: '/__proto__', value: 'x' },
    { op: 'add', path: '/constructor', value: 'y' },
  ]);
  const { text } = await cloud.as('demo', 'GET', `/image/v2/images/${id}`);
  expect(text).toContain('"__proto__": "x", "constructor": "y"');
  expect((await cloud.patch(id, [{ op: 'replace', path: '/toString', value: 'z' }])).status).toBe(409);
});

test('tags are put on and taken off one by one', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ tags: ['one'] });
  expect((await cloud.as('demo', 'PUT', `/image/v2/images/${id}/tags/two%20words`)).status).toBe(204);
  expect((await cloud.as('demo', 'DELETE', `/image/v2/images/${id}/tags/one`)).status).toBe(204);
  expect((await cloud.as('demo', 'DELETE', `/image/v2/images/${id}/tags/one`)).status).toBe(404);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json['tags']).toEqual(['two words']);
});

test('there is room for 128 tags and 128 properties', async () => {
  const cloud = await TestCloud.start();
  const many = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);
  const id = await cloud.image({ tags: many(128) });
  expect((await cloud.as('demo', 'PUT', `/image/v2/images/${id}/tags/more`)).status).toBe(413);
  const properties = (count: number) => Object.fromEntries(many(count).map((name) => [name, 'x']));
  expect((await cloud.as('demo', 'POST', '/image/v2/images', properties(128))).status).toBe(201);
  expect((await cloud.as('demo', 'POST', '/image/v2/images', properties(129))).status).toBe(413);
});
