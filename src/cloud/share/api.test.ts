import { beforeEach, expect, test } from 'vitest';
import type { UserName } from '../testing/test-cloud';
import { refusal, TestShares, thing } from './testing';

// The answers were read off Manila 20 with curl.

let shares: TestShares;
let id: string;

beforeEach(async () => {
  shares = await TestShares.start();
  id = await shares.share();
});

const GONE = 'The resource could not be found.';
const DENIED = 'Access was denied to this resource.';

test.each([
  ['2.8', ['export_location'], ['access_rules_status', 'user_id']],
  ['2.10', ['access_rules_status'], ['export_location', 'user_id']],
  ['2.16', ['user_id'], ['progress']],
  ['2.54', ['progress'], ['is_soft_deleted']],
  ['2.69', ['is_soft_deleted'], ['source_backup_id']],
])('a share of version %s has %j and not yet, or no more, %j', async (version, has, hasNot) => {
  const share = thing(await shares.send('GET', `/shares/${id}`, undefined, 'demo', version));
  for (const name of has) expect(share).toHaveProperty(name);
  for (const name of hasNot) expect(share).not.toHaveProperty(name);
});

test('a version that is none, and one that is too new, are refused', async () => {
  const asked = async (version: string) =>
    refusal(await shares.send('GET', '/shares', undefined, 'demo', version));
  expect(await asked('2.90')).toEqual([
    406,
    'Version 2.90 is not supported by the API. Minimum is 2.0 and maximum is 2.89.',
  ]);
  expect(await asked('x')).toEqual([
    400,
    'API Version String x is of invalid format. Must be of format MajorNum.MinorNum.',
  ]);
});

test('an action has one name up to 2.6, and another one from 2.7', async () => {
  const values = { access_type: 'ip', access_to: '10.0.0.1' };
  const act = (name: string, version: string) =>
    shares.send('POST', `/shares/${id}/action`, { [name]: values }, 'demo', version);
  expect(refusal(await act('allow_access', '2.6'))).toEqual([404, GONE]);
  expect(refusal(await act('os-allow_access', '2.7'))).toEqual([404, GONE]);
  expect((await act('os-allow_access', '2.6')).status).toBe(200);
  expect(refusal(await act('nope', '2.89'))).toEqual([400, 'There is no such action: nope']);
});

test('a slash too many is another address', async () => {
  expect((await shares.send('GET', '/shares')).status).toBe(200);
  expect((await shares.send('GET', '/shares/')).status).toBe(404);
});

test('what the first version was says only that', async () => {
  const answer = await shares.cloud.as('demo', 'GET', '/share/v1/');
  expect(answer.headers.get('X-OpenStack-Manila-API-Version')).toBe('1.0');
  expect(answer.json['versions']).toMatchObject([{ id: 'v1.0', status: 'DEPRECATED', version: '' }]);
});

test.each<[UserName, string, string, object | undefined, number, string]>([
  ['viewer', 'POST', '/shares', { share: { size: 1, share_proto: 'NFS' } }, 403, DENIED],
  ['viewer', 'DELETE', '/shares/ID', undefined, 403, DENIED],
  [
    'viewer',
    'POST',
    '/shares/ID/action',
    { allow_access: { access_type: 'ip', access_to: '1.1.1.1' } },
    403,
    DENIED,
  ],
  ['demo', 'POST', '/shares/ID/action', { reset_status: { status: 'error' } }, 403, DENIED],
  ['demo', 'GET', '/scheduler-stats/pools', undefined, 403, DENIED],
  ['demo', 'GET', '/services', undefined, 403, DENIED],
  ['demo', 'GET', '/snapshot-instances', undefined, 403, DENIED],
  ['partner', 'GET', '/shares/ID', undefined, 404, GONE],
  [
    'partner',
    'GET',
    '/shares/ID/export_locations',
    undefined,
    403,
    "Policy doesn't allow share:get to be performed.",
  ],
  [
    'partner',
    'POST',
    '/snapshots',
    { snapshot: { share_id: 'ID' } },
    404,
    'NotFound: Resource could not be found.',
  ],
])('%s may not %s %s', async (user, method, path, body, status, words) => {
  const sent = body && (JSON.parse(JSON.stringify(body).replace('ID', id)) as unknown);
  expect(refusal(await shares.send(method, path.replace('ID', id), sent, user))).toEqual([status, words]);
});

test('an administrator sees the one instance that a snapshot has', async () => {
  const snapshot = await shares.make('snapshot', { share_id: id });
  const list = await shares.send('GET', `/snapshot-instances?snapshot_id=${snapshot}`, undefined, 'admin');
  const [{ id: instance = '' } = {}] = list.json['snapshot_instances'] as { id?: string }[];
  expect(await shares.shown(`/snapshot-instances/${instance}`, 'admin')).toMatchObject({
    snapshot_id: snapshot,
    share_id: id,
    status: 'available',
    progress: '100%',
  });
});
