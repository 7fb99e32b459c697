import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STATUSES, VISIBILITIES } from './image/state';
import { PATCH_V21, TestCloud, type UserName } from './testing/test-cloud';

// TestCloud throws every error that is a bug of the cloud, so "answers" below means: answers, and no bug was hit.

const user = fc.constantFrom<UserName>('admin', 'demo', 'partner', 'viewer');
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND');
const piece = fc.oneof(
  fc.constantFrom(
    'identity',
    'image',
    'v2',
    'v3',
    'images',
    'auth',
    'tokens',
    'members',
    'file',
    'tags',
    'schemas',
    'ID',
    'info',
    'import',
    'stores',
    'users',
    'projects',
  ),
  fc.string({ maxLength: 12 }).map(encodeURIComponent),
  fc.constantFrom('%', '%ff', '%2F', '..', '%00', '__proto__'),
);
const path = fc.array(piece, { maxLength: 7 }).map((pieces) => `/${pieces.join('/')}`);
const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((text) => `?${text}`),
  fc
    .tuple(
      fc.constantFrom(
        'limit',
        'marker',
        'sort',
        'sort_key',
        'sort_dir',
        'name',
        'status',
        'size_min',
        'created_at',
        'visibility',
        'tag',
        'x_max',
        'member_status',
      ),
      fc.oneof(
        fc.string(),
        fc.constantFrom('in:a,"b', 'gt:1', 'name:asc', '2026-11-22T09:00:00Z', '-1', '99999999999999999999'),
      ),
    )
    .map(([name, value]) => `?${name}=${encodeURIComponent(value)}`),
);
const attribute = fc.constantFrom(
  'name',
  'disk_format',
  'container_format',
  'visibility',
  'min_disk',
  'min_ram',
  'protected',
  'os_hidden',
  'tags',
  'owner',
  'id',
  'status',
  'size',
  'locations',
  'hw_x',
  '__proto__',
  'toString',
  'kernel_id',
);
const value = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    2 ** 31,
    1e300,
    'raw',
    'qcow2',
    'bare',
    'public',
    'shared',
    '',
    [],
    {},
    ['a'],
    [null],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const record = fc
  .array(fc.tuple(attribute, value), { maxLength: 5 })
  .map((members) => Object.fromEntries(members));
const change = fc.oneof(
  fc.record(
    {
      op: fc.oneof(fc.constantFrom('add', 'remove', 'replace'), value),
      path: fc.oneof(
        attribute.map((name) => `/${name}`),
        fc.string(),
        value,
      ),
      value,
    },
    { requiredKeys: [] },
  ),
  value,
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.json(),
  record.map((json) => JSON.stringify(json)),
  fc.array(change, { maxLength: 4 }).map((json) => JSON.stringify(json)),
  fc.constantFrom(
    '{',
    '[',
    'null',
    '{"auth":',
    '{"auth": {"identity": {"methods": ["password", "token"], "password": 3}}}',
    `"${'x'.repeat(10_000)}"`,
  ),
);
const contentType = fc.constantFrom(
  'application/json',
  'application/octet-stream',
  PATCH_V21,
  'application/openstack-images-v2.0-json-patch',
  'text/plain',
  'x',
);

/** A 500 only where a real Glance gives one on purpose of ours: a second upload after refused content. */
async function invariantsHold(cloud: TestCloud): Promise<void> {
  const { image } = await cloud.cloud.snapshot();
  for (const record of image.images) {
    expect(STATUSES).toContain(record.status);
    expect(VISIBILITIES).toContain(record.visibility);
    expect(record.min_disk).toBeGreaterThanOrEqual(0);
    const data = image.data?.[record.id];
    expect(record.stores.length > 0).toBe(data !== undefined);
    if (record.status === 'active') expect(record.size).not.toBeNull();
    if (record.checksum !== null)
      expect(record.checksum).toBe(bytesToHex(md5(Buffer.from(data ?? '', 'base64'))));
  }
  expect(new Set(image.images.map(({ id }) => id)).size).toBe(image.images.length);
}

test('whatever request arrives, there is an answer below 500', async () => {
  const cloud = await TestCloud.start('course');
  const known = await cloud.image({ name: 'known', disk_format: 'raw', container_format: 'bare' });
  await fc.assert(
    fc.asyncProperty(
      user,
      method,
      path,
      query,
      body,
      contentType,
      async (who, verb, where, asks, what, type) => {
        const token = await cloud.login(who);
        const withBody = verb !== 'GET' && verb !== 'HEAD';
        const answer = await cloud.send(verb, where.replaceAll('ID', known) + asks, {
          headers: { 'X-Auth-Token': token, 'Content-Type': type, Accept: '*/*' },
          ...(withBody ? { body: typeof what === 'string' ? what : new Uint8Array(what) } : {}),
        });
        // a method that no OpenStack knows is 501 in Glance
        if (answer.status !== 501) expect(answer.status).toBeLessThan(500);
      },
    ),
    { numRuns: 400 },
  );
  await invariantsHold(cloud);
});

test('whatever is said about an image, the records stay sound', async () => {
  const cloud = await TestCloud.start();
  const ids = [await cloud.image({ disk_format: 'raw', container_format: 'bare' })];
  await fc.assert(
    fc.asyncProperty(
      user,
      record,
      fc.array(change, { maxLength: 4 }),
      fc.nat(),
      async (who, image, changes, pick) => {
        const created = await cloud.as(who, 'POST', '/image/v2/images', image);
        expect([201, 400, 403, 409, 413]).toContain(created.status);
        if (created.json.id !== undefined) ids.push(created.json.id);
        const id = ids[pick % ids.length] ?? '';
        const changed = await cloud.as(who, 'PATCH', `/image/v2/images/${id}`, changes, {
          'Content-Type': PATCH_V21,
        });
        expect([200, 400, 403, 404, 409, 413]).toContain(changed.status);
      },
    ),
    { numRuns: 300 },
  );
  await invariantsHold(cloud);
});

test('whatever bytes are uploaded in whatever pieces, hash and size are those of the bytes', async () => {
  const cloud = await TestCloud.start();
  const magic = fc
    .constantFrom('', 'QFI\xfb', 'KDMV', 'vhdxfile', 'conectix', 'LUKS\xba\xbe', 'QED\0')
    .map((text) => Uint8Array.from(text, (char) => char.charCodeAt(0)));
  await fc.assert(
    fc.asyncProperty(
      magic,
      fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 5 }),
      fc.constantFrom('raw', 'qcow2', 'vmdk', 'vhdx', 'ami'),
      async (start, chunks, disk_format) => {
        const id = await cloud.image({ disk_format, container_format: 'bare' });
        const pieces = [start, ...chunks].map((chunk) => new Uint8Array(chunk));
        const answer = await cloud.upload(id, streamOf(pieces));
        expect([204, 415]).toContain(answer.status);
        const { json } = await cloud.as('demo', 'GET', `/image/v2/images/${id}`);
        const whole = Buffer.concat(pieces);
        expect(json['checksum']).toBe(bytesToHex(md5(whole)));
        if (answer.status === 204) expect(json).toMatchObject({ status: 'active', size: whole.length });
        else expect(json).toMatchObject({ status: 'queued', size: null });
      },
    ),
    { numRuns: 100 },
  );
  await invariantsHold(cloud);
});

test('whatever stands in the login, there is an answer below 500', async () => {
  const cloud = await TestCloud.start();
  const reference = fc.oneof(fc.constant({ name: 'demo', domain: { id: 'default' } }), value);
  const identity = fc.record(
    {
      methods: fc.oneof(fc.subarray(['password', 'token', 'application_credential', 'x']), value),
      password: fc.oneof(fc.record({ user: reference }), value),
      token: fc.oneof(fc.record({ id: value }), value),
      application_credential: fc.oneof(
        fc.record({ id: value, secret: value, user: reference }, { requiredKeys: [] }),
        value,
      ),
    },
    { requiredKeys: [] },
  );
  const scope = fc.oneof(
    fc.record({ project: reference, system: value, domain: value }, { requiredKeys: [] }),
    value,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.record({ identity: fc.oneof(identity, value), scope }, { requiredKeys: [] }), value),
      async (auth) => {
        const answer = await cloud.authenticate(auth as object);
        expect([201, 400, 401, 403, 404]).toContain(answer.status);
      },
    ),
    { numRuns: 300 },
  );
});

test('huge headers do no harm', async () => {
  const cloud = await TestCloud.start();
  const big = 'x'.repeat(100_000);
  const answer = await cloud.as('demo', 'GET', '/image/v2/images', undefined, {
    Accept: big,
    Range: big,
    'X-Subject-Token': big,
  });
  expect(answer.status).toBe(200);
  expect(
    (await cloud.as('demo', 'GET', '/image/v2/images', undefined, { 'X-Openstack-Request-Id': big })).status,
  ).toBe(431);
  expect((await cloud.send('GET', '/image/v2/images', { headers: { 'X-Auth-Token': big } })).status).toBe(
    401,
  );
});

function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}
