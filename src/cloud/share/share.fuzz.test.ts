import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TestCloud, type UserName } from '../testing/test-cloud';

// TestCloud throws every error that is a bug of the cloud: "answers" means answers, and no bug was hit.

const user = fc.constantFrom<UserName>('admin', 'demo', 'viewer', 'partner');
const word = fc.oneof(
  fc.constantFrom(
    'shares', 'detail', 'ID', 'SNAP', 'RULE', 'action', 'metadata', 'snapshots', 'types', 'default', 'limits', 'quota-sets',
    'extra_specs', 'share-access-rules', 'resource-locks', 'messages', 'services', 'scheduler-stats', 'pools',
    'share-networks', 'subnets', 'security-services', 'share_instances', 'export_locations', 'availability-zones', 'manage',
    'abc', 'deadbeef',
  ),
  fc.string({ maxLength: 8 }).map(encodeURIComponent),
  fc.constantFrom('%', '%ff', '%2F', '..', '__proto__'),
); // prettier-ignore
const key = fc.oneof(
  fc.constantFrom(
    'share', 'size', 'share_proto', 'name', 'metadata', 'is_public', 'share_type', 'snapshot', 'share_id', 'snapshot_id',
    'allow_access', 'access_type', 'access_to', 'access_level', 'deny_access', 'access_id', 'extend', 'shrink', 'new_size',
    'revert', 'reset_status', 'status', 'soft_delete', 'restore', 'force_delete', 'unmanage', 'resource_lock', 'resource_id',
    'resource_type', 'resource_action', 'quota_set', 'shares', 'extra_specs', 'share_network', 'security_service', 'type',
    'share-network-subnet', 'update_access', 'service_host', 'protocol', 'export_path', '__proto__', 'constructor',
  ),
  fc.string({ maxLength: 6 }),
); // prettier-ignore
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1, 2, 1e20, 1.5, 'ID', 'SNAP', 'RULE', '1', 'True', 'NFS', 'CIFS', 'ip', 'user', 'ro', '10.0.0.0/24', 'default', 'ldap', '', [], {}),
  fc.string(),
); // prettier-ignore
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.dictionary(key, tie('body'), { maxKeys: 4 }),
    fc.array(tie('body'), { maxLength: 2 }),
  ),
}));
/** Bodies that get past the first checks, more often than chance would make them. */
const likely = fc.record({
  share: fc.record({ size: leaf, share_proto: leaf, name: leaf, metadata: body, share_type: leaf }, { requiredKeys: ['size', 'share_proto'] }),
  allow_access: fc.record({ access_type: leaf, access_to: leaf, access_level: leaf }, { requiredKeys: ['access_type', 'access_to'] }),
  snapshot: fc.record({ share_id: fc.constant('ID'), name: leaf }),
}, { requiredKeys: [] }); // prettier-ignore
const query = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('limit', 'offset', 'marker', 'sort_key', 'sort_dir', 'metadata', 'extra_specs', 'all_tenants', 'is_public', 'is_soft_deleted', 'with_count', 'share_id', 'name~', 'created_since', 'host', 'share_type', 'user_id', 'access_type', 'access_to'), fc.string()).map(([name, value]) => `?${name}=${encodeURIComponent(value)}`),
); // prettier-ignore

test('whatever is sent to the Shared File Systems API, it answers, and never with a 500', async () => {
  const cloud = await TestCloud.start('course');
  const newest = { 'X-OpenStack-Manila-API-Version': '2.89' };
  const make = async (path: string, json: unknown, key: string): Promise<string> => {
    const answer = await cloud.as('demo', 'POST', `/share/v2${path}`, json, newest);
    cloud.clock.advance(5000);
    return (answer.json[key] as { id: string }).id;
  };
  const id = await make('/shares', { share: { size: 1, share_proto: 'NFS' } }, 'share');
  const snapshot = await make('/snapshots', { snapshot: { share_id: id } }, 'snapshot');
  const allow = { allow_access: { access_type: 'ip', access_to: '10.0.0.0/24' } };
  const rule = await make(`/shares/${id}/action`, allow, 'access');
  const named = (text: string): string =>
    text.replaceAll('ID', id).replaceAll('SNAP', snapshot).replaceAll('RULE', rule);
  await fc.assert(
    fc.asyncProperty(
      user,
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
      fc.array(word, { maxLength: 4 }),
      query,
      fc.oneof(body, likely),
      fc.constantFrom('2.0', '2.6', '2.44', '2.60', '2.89', 'x', '9.9'),
      async (who, method, words, search, sent, version) => {
        const path = named(`/share/v2/${words.join('/')}${search}`);
        const json =
          method === 'GET' || method === 'HEAD'
            ? undefined
            : (JSON.parse(named(JSON.stringify(sent))) as unknown);
        const answer = await cloud.as(who, method, path, json, { 'X-OpenStack-Manila-API-Version': version });
        cloud.clock.advance(700);
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).not.toBe(500);
      },
    ),
    { numRuns: 1500 },
  );
}, 60_000);
