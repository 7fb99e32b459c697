import { beforeEach, expect, test } from 'vitest';
import { refusal, TestShares, thing } from './testing';

// The answers were read off Manila 20 with curl.

let shares: TestShares;
let project: string;
let id: string;

beforeEach(async () => {
  shares = await TestShares.start();
  id = await shares.share();
  project = String((await shares.shown(`/shares/${id}`))['project_id']);
});

const set = (quota_set: object, query = '') =>
  shares.send('PUT', `/quota-sets/${project}${query}`, { quota_set }, 'admin');
const create = (size = 1) => shares.send('POST', '/shares', { share: { size, share_proto: 'NFS' } });

test('a project has as many shares as its quota says, and no more', async () => {
  expect(thing(await set({ shares: 2 }))).toMatchObject({ shares: 2, gigabytes: 1000 });
  expect((await create()).status).toBe(200);
  expect(refusal(await create())).toEqual([
    413,
    'ShareLimitExceeded: Maximum number of shares allowed (2) either per project/user or share type quota is exceeded.',
  ]);
});

test('gigabytes are counted over all shares, and those of one share by themselves', async () => {
  await set({ gigabytes: 3 });
  expect(refusal(await create(2))[0]).toBe(413);
  expect((await create(1)).status).toBe(200);
  await set({ gigabytes: 100, per_share_gigabytes: 4 });
  expect(refusal(await create(5))).toEqual([
    413,
    'ShareSizeExceedsLimit: Requested share size 5 is larger than maximum allowed limit 4.',
  ]);
});

test('a quota below what is used is refused, unless forced', async () => {
  expect(refusal(await set({ gigabytes: 1 }))).toEqual([
    400,
    'Quota value 1 for gigabytes is smaller than already used and reserved 2.',
  ]);
  expect((await set({ gigabytes: 1, force: true })).status).toBe(200);
});

test.each([
  [{ shares: -2 }, 'Quota limit must be -1 or greater.'],
  [{ shares: 'x' }, "Quota 'x' for shares should be integer."],
  [{ nope: 1, shares: 9 }, 'Bad key(s) nope in quota_set.'],
  [{}, 'Must supply at least one quota field to update.'],
])('quotas of %j are refused', async (quotas, words) => {
  expect(refusal(await set(quotas))).toEqual([400, words]);
});

test('what is used is seen beside the limits, and the defaults come back', async () => {
  await set({ shares: 7 });
  const detail = await shares.shown(`/quota-sets/${project}/detail`);
  expect(detail).toMatchObject({
    shares: { limit: 7, in_use: 1, reserved: 0 },
    gigabytes: { limit: 1000, in_use: 2, reserved: 0 },
  });
  expect((await shares.send('DELETE', `/quota-sets/${project}`, undefined, 'admin')).status).toBe(202);
  expect((await shares.shown(`/quota-sets/${project}`))['shares']).toBe(50);
});

test('a user, or a type, has at most what the project has', async () => {
  await set({ shares: 5 });
  expect(refusal(await set({ shares: 6 }, '?share_type=default'))).toEqual([
    400,
    'Quota limit must be less than 5.',
  ]);
  expect((await set({ shares: 1 }, '?share_type=default')).status).toBe(200);
  expect(refusal(await create())).toEqual([
    413,
    'ShareLimitExceeded: Maximum number of shares allowed (1) either per project/user or share type quota is exceeded.',
  ]);
});

test('with its quotas what a project uses is forgotten, until it asks for more', async () => {
  const used = async () => (await shares.shown(`/quota-sets/${project}/detail`))['shares'];
  await shares.send('DELETE', `/quota-sets/${project}`, undefined, 'admin');
  expect(await used()).toMatchObject({ in_use: 0 });
  await create();
  expect(await used()).toMatchObject({ in_use: 2 });
});

test('only an administrator sets quotas', async () => {
  const answer = await shares.send('PUT', `/quota-sets/${project}`, { quota_set: { shares: 1 } });
  expect(refusal(answer)).toEqual([403, 'Access was denied to this resource.']);
});
