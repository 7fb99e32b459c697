import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TestCloud, type UserName } from '../testing/test-cloud';

// TestCloud throws every error that is a bug of the cloud: "answers" means answers, and no bug was hit.

const user = fc.constantFrom<UserName>('admin', 'demo', 'viewer');
const word = fc.oneof(
  fc.constantFrom('volumes', 'detail', 'ID', 'action', 'metadata', 'snapshots', 'types', 'attachments', 'limits', 'os-quota-sets', 'extra_specs', 'default', 'summary', 'abc', 'deadbeef'),
  fc.string({ maxLength: 8 }).map(encodeURIComponent),
  fc.constantFrom('%', '%ff', '%2F', '..', '__proto__'),
); // prettier-ignore
const key = fc.oneof(
  fc.constantFrom(
    'volume', 'size', 'name', 'imageRef', 'metadata', 'snapshot', 'volume_id', 'source_volid', 'os-extend', 'new_size',
    'os-volume_upload_image', 'image_name', 'os-reset_status', 'status', 'os-set_image_metadata', 'os-attach', 'os-detach',
    'attachment', 'connector', 'volume_uuid', 'quota_set', 'volumes', 'volume_type', 'extra_specs', 'os-migrate_volume',
    'os-retype', 'new_type', '__proto__', 'constructor', 'toString',
  ),
  fc.string({ maxLength: 6 }),
); // prettier-ignore
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1,
    2,
    1e20,
    1.5,
    'ID',
    '1',
    'True',
    'raw',
    'cirros',
    '',
    [],
    {},
  ),
  fc.string(),
);
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.dictionary(key, tie('body'), { maxKeys: 3 }),
    fc.array(tie('body'), { maxLength: 2 }),
  ),
}));
const query = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('limit', 'marker', 'sort', 'sort_dir', 'offset', 'metadata', 'bootable', 'all_tenants', 'is_public', 'extra_specs'), fc.string()).map(([name, value]) => `?${name}=${encodeURIComponent(value)}`),
); // prettier-ignore

test('whatever is sent to the Volume API, it answers, and never with a 500', async () => {
  const cloud = await TestCloud.start('course');
  const made = await cloud.as('demo', 'POST', '/volume/v3/volumes', { volume: { size: 1 } });
  const { id } = made.json['volume'] as { id: string };
  await fc.assert(
    fc.asyncProperty(
      user,
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
      fc.array(word, { maxLength: 4 }),
      query,
      body,
      fc.constantFrom('3.0', '3.44', '3.71', 'latest', 'x', '9.9'),
      async (who, method, words, search, sent, version) => {
        const path = `/volume/v3/${words.join('/')}${search}`.replaceAll('ID', id);
        const json =
          method === 'GET' || method === 'HEAD'
            ? undefined
            : JSON.parse(JSON.stringify(sent).replaceAll('"ID"', `"${id}"`));
        const answer = await cloud.as(who, method, path, json as unknown, {
          'OpenStack-API-Version': `volume ${version}`,
        });
        cloud.clock.advance(700);
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).not.toBe(500);
      },
    ),
    { numRuns: 1500 },
  );
}, 60_000);
