import { expect, test } from 'vitest';
import { explanation, TestCloud } from '../testing/test-cloud';

// The expected texts were read off Glance 30 with curl.

test('a new image is queued, shared and owned by the project of its maker', async () => {
  const cloud = await TestCloud.start();
  const answer = await cloud.as('demo', 'POST', '/image/v2/images', {
    name: 'disk',
    hw_disk_bus: 'virtio',
    tags: ['b', 'a'],
  });
  expect(answer.status).toBe(201);
  expect(answer.json).toMatchObject({
    name: 'disk',
    status: 'queued',
    visibility: 'shared',
    size: null,
    hw_disk_bus: 'virtio',
    created_at: '2026-11-22T09:00:00Z',
    schema: '/v2/schemas/image',
  });
  expect(answer.headers.get('OpenStack-image-import-methods')).toBe('glance-direct,web-download,copy-image');
  expect(answer.headers.get('Location')).toBe(`https://openstack.example/image/v2/images/${answer.json.id}`);
  expect(answer.headers.get('x-openstack-request-id')).toMatch(/^req-/);
});

test.each([
  [
    { disk_format: 'foo' },
    400,
    /^Provided object does not match schema &#x27;image&#x27;: &#x27;foo&#x27; is not one of \[None, /,
  ],
  [{ min_disk: '1' }, 400, /is not of type &#x27;integer&#x27;/],
  [{ min_disk: -1 }, 400, /Cannot be a negative value/],
  [{ min_ram: 2 ** 31 }, 400, /&#x27;min_ram&#x27; value out of range, must not exceed 2147483647./],
  [{ hw_x: 1 }, 400, /is not of type &#x27;string&#x27;/],
  [{ name: 'n'.repeat(256) }, 400, /is too long/],
  [{ id: 'x' }, 400, /does not match/],
  [{ size: 1 }, 403, /Attribute &#x27;size&#x27; is read-only./],
  [{ location: 'x' }, 403, /Attribute &#x27;location&#x27; is reserved./],
  [{ os_glance_x: 'y' }, 403, /Attribute &#x27;os_glance_x&#x27; is reserved./],
  [{ visibility: 'public' }, 403, /You are not authorized to complete publicize_image action./],
  [{ owner: 'other' }, 403, /You are not permitted to create images owned by &#x27;other&#x27;/],
])('creating %j is refused with %i', async (record, status, text) => {
  const cloud = await TestCloud.start();
  const answer = await cloud.as('demo', 'POST', '/image/v2/images', record);
  expect(answer.status).toBe(status);
  expect(explanation(answer)).toMatch(text);
  expect(await cloud.names('')).toEqual([]);
});

test('a reader may look and not make', async () => {
  const cloud = await TestCloud.start('course');
  expect(await cloud.names('', 'viewer')).toEqual(['cirros']);
  const answer = await cloud.as('viewer', 'POST', '/image/v2/images', { name: 'x' });
  expect(explanation(answer)).toBe('You are not authorized to complete add_image action.');
});

test('an id is used once in the life of a cloud', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image();
  expect(explanation(await cloud.as('demo', 'POST', '/image/v2/images', { id }))).toBe(
    `Image ID ${id} already exists!`,
  );
  await cloud.as('demo', 'DELETE', `/image/v2/images/${id}`);
  expect((await cloud.as('demo', 'POST', '/image/v2/images', { id })).status).toBe(409);
});

test('what you may not see does not exist', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ visibility: 'private' });
  for (const [method, path, text] of [
    ['GET', '', `No image found with ID ${id}`],
    ['DELETE', '', `Failed to find image ${id} to delete`],
    ['GET', '/file', `No image found with ID ${id}`],
    ['PUT', '/tags/x', `Image ${id} not found.`],
  ] as const) {
    const answer = await cloud.as('partner', method, `/image/v2/images/${id}${path}`);
    expect([answer.status, explanation(answer)]).toEqual([404, text]);
  }
});

test('what you may see is still not yours to change', async () => {
  const cloud = await TestCloud.start('course');
  const { json } = await cloud.as('demo', 'GET', '/image/v2/images?name=cirros');
  const [cirros] = json['images'] as { id: string }[];
  const id = cirros?.id ?? '';
  expect(explanation(await cloud.as('demo', 'DELETE', `/image/v2/images/${id}`))).toBe(
    'You are not authorized to complete delete_image action.',
  );
  for (const method of ['PUT', 'DELETE']) {
    expect((await cloud.as('demo', method, `/image/v2/images/${id}/tags/x`)).status).toBe(403);
  }
  expect(explanation(await cloud.patch(id, [{ op: 'add', path: '/x', value: 'y' }]))).toBe(
    'You are not authorized to complete modify_image action.',
  );
});

test('a protected image is deleted by nobody until it is unprotected', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ protected: true });
  for (const user of ['demo', 'admin'] as const) {
    const answer = await cloud.as(user, 'DELETE', `/image/v2/images/${id}`);
    expect([answer.status, explanation(answer)]).toEqual([
      403,
      `Image ${id} is protected and cannot be deleted.`,
    ]);
  }
  await cloud.patch(id, [{ op: 'replace', path: '/protected', value: false }]);
  expect((await cloud.as('demo', 'DELETE', `/image/v2/images/${id}`)).status).toBe(204);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).status).toBe(404);
});

test('without a valid token there is a 401 that says where to get one', async () => {
  const cloud = await TestCloud.start();
  const answer = await cloud.send('GET', '/image/v2/images', { headers: { 'X-Auth-Token': 'bad' } });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('WWW-Authenticate')).toBe('Keystone uri="https://openstack.example/identity/v3"');
  expect(answer.text).toContain('This server could not verify that you are authorized');
});

test('the versions need no token, and a minor version in the path is version 2', async () => {
  const cloud = await TestCloud.start('course');
  expect((await cloud.send('GET', '/image/')).status).toBe(300);
  const versions = await cloud.send('GET', '/image/versions');
  expect([versions.status, versions.text.includes('"id": "v2.17", "status": "CURRENT"')]).toEqual([
    200,
    true,
  ]);
  expect((await cloud.as('demo', 'GET', '/image/v2.15/images')).json['images']).toHaveLength(1);
});

test('a known path refuses other methods, an unknown one does not exist', async () => {
  const cloud = await TestCloud.start();
  const refused = await cloud.as('demo', 'PUT', '/image/v2/images');
  expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'GET, POST']);
  expect((await cloud.as('demo', 'HEAD', '/image/v2/images')).status).toBe(405);
  expect((await cloud.as('demo', 'GET', '/image/v2/nosuch')).status).toBe(404);
});

test('the schema tells clients what may be said about an image', async () => {
  const cloud = await TestCloud.start();
  const { json } = await cloud.as('demo', 'GET', '/image/v2/schemas/image');
  expect(json).toMatchObject({
    name: 'image',
    properties: {
      disk_format: {
        enum: [null, 'ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop'],
      },
      status: { readOnly: true },
      os_distro: { is_base: false },
    },
    additionalProperties: { type: 'string' },
  });
});

test.each<[string, BodyInit, string]>([
  ['no body', '', 'Body expected in request.'],
  ['half a body', '{"name":', 'Malformed JSON in request body.'],
  ['a number', '3', 'Unexpected body type. Expected list/dict.'],
  [
    'bytes that are no UTF-8',
    Uint8Array.from('{"name":"\xff"}', (char) => char.charCodeAt(0)),
    'Malformed JSON in request body.',
  ],
])('%s is refused', async (_what, body, text) => {
  const cloud = await TestCloud.start();
  const headers = { 'X-Auth-Token': await cloud.login('demo'), 'Content-Type': 'application/json' };
  const answer = await cloud.send('POST', '/image/v2/images', { headers, body });
  expect([answer.status, explanation(answer)]).toEqual([400, text]);
});
