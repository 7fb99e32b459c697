import { beforeEach, expect, test } from 'vitest';
import { refusal, TestShares, thing } from './testing';

// The answers were read off Manila 20 with curl.

let shares: TestShares;

beforeEach(async () => {
  shares = await TestShares.start();
});

test('a share is creating, and available four seconds later, with its places on the back end', async () => {
  const created = await shares.send('POST', '/shares', {
    share: { size: 2, share_proto: 'nfs', name: 'data' },
  });
  expect(created.status).toBe(200);
  expect(thing(created)).toMatchObject({
    status: 'creating',
    progress: null,
    availability_zone: null,
    share_proto: 'NFS',
    access_rules_status: 'active',
  });
  const { id } = thing(created);
  const places = async () =>
    (await shares.send('GET', `/shares/${id}/export_locations`)).json['export_locations'];
  expect(await places()).toEqual([]);
  shares.wait();
  expect(await shares.shown(`/shares/${id}`)).toMatchObject({
    status: 'available',
    progress: '100%',
    availability_zone: 'nova',
  });
  expect(await places()).toMatchObject([
    { path: expect.stringMatching(/^10\.0\.0\.10:/) as string, preferred: true },
    { path: expect.stringMatching(/^10\.0\.0\.20:/) as string, preferred: false },
  ]);
});

const NOT_A_SIZE = (size: unknown) =>
  `Invalid input received: Share size '${String(size)}' must be an integer and greater than 0.`;

test.each([
  [{ size: 0 }, 400, NOT_A_SIZE(0)],
  [{ size: -1 }, 400, NOT_A_SIZE(-1)],
  [{ size: 'x' }, 400, NOT_A_SIZE('x')],
  [
    { size: 1001 },
    413,
    'ShareSizeExceedsAvailableQuota: Requested share exceeds allowed project/user or share type gigabytes quota.',
  ],
  [
    { share_proto: 'XFS' },
    400,
    "Invalid input received: Invalid share protocol provided: XFS. It is either disabled or unsupported. Available protocols: ['NFS', 'CIFS'].",
  ],
  [{ share_type: 'nope' }, 404, 'Share type not found.'],
  [{ is_public: true }, 403, "User is not authorized to set 'is_public' to True in the request."],
  [{ metadata: { k: '' } }, 400, 'Metadata property value is blank.'],
])('a share of %j is refused in the words of Manila, and none is there', async (fields, status, words) => {
  const share = { size: 1, share_proto: 'NFS', ...fields };
  expect(refusal(await shares.send('POST', '/shares', { share }))).toEqual([status, words]);
  expect((await shares.send('GET', '/shares')).json['shares']).toEqual([]);
});

test('a share grows and shrinks, and is busy meanwhile', async () => {
  const id = await shares.share();
  expect((await shares.act(id, 'extend', { new_size: 4 })).status).toBe(202);
  expect(await shares.shown(`/shares/${id}`)).toMatchObject({ status: 'extending', size: 2 });
  expect(refusal(await shares.act(id, 'extend', { new_size: 5 }))).toEqual([
    400,
    `Invalid share: Share ${id} status must be 'available' to extend, but current status is: extending.`,
  ]);
  shares.wait();
  expect(await shares.shown(`/shares/${id}`)).toMatchObject({ status: 'available', size: 4 });
  expect((await shares.act(id, 'shrink', { new_size: 3 })).status).toBe(202);
  expect((await shares.shown(`/shares/${id}`))['status']).toBe('shrinking');
  shares.wait();
  expect(await shares.shown(`/shares/${id}`)).toMatchObject({ status: 'available', size: 3 });
});

const SHRINK =
  'Invalid input received: New size for shrink must be less than current size and greater than 0';
test.each([
  [
    'extend',
    2,
    400,
    'Invalid input received: New size for extend must be greater than current size. (current: 2, extended: 2).',
  ],
  ['extend', 2000, 403, 'Requested share exceeds allowed project/user or share type gigabytes quota.'],
  ['shrink', 2, 400, `${SHRINK} (current: 2, new: 2).`],
  ['shrink', 0, 400, `${SHRINK} (current: 2, new: 0).`],
])('to %s a share of 2 GiB to %i is refused, and its size stays', async (action, size, status, words) => {
  const id = await shares.share();
  expect(refusal(await shares.act(id, action, { new_size: size }))).toEqual([status, words]);
  expect(await shares.shown(`/shares/${id}`)).toMatchObject({ status: 'available', size: 2 });
});

test('a share goes back to its latest snapshot and the size that it had then, to no other', async () => {
  const id = await shares.share();
  const first = await shares.make('snapshot', { share_id: id });
  const latest = await shares.make('snapshot', { share_id: id });
  expect(refusal(await shares.act(id, 'revert', { snapshot_id: first }))).toEqual([
    409,
    `Snapshot ${first} may not be restored because it is not the most recent snapshot of share ${id}. Currently the latest snapshot is ${latest}.`,
  ]);
  await shares.act(id, 'extend', { new_size: 4 });
  shares.wait();
  expect((await shares.act(id, 'revert', { snapshot_id: latest })).status).toBe(202);
  expect((await shares.shown(`/shares/${id}`))['status']).toBe('reverting');
  expect((await shares.shown(`/snapshots/${latest}`))['status']).toBe('restoring');
  shares.wait();
  expect(await shares.shown(`/shares/${id}`)).toMatchObject({ status: 'available', size: 2 });
  expect((await shares.shown(`/snapshots/${latest}`))['status']).toBe('available');
});

test('a share stays as long as it has snapshots; what is made of one is at least as big', async () => {
  const id = await shares.share();
  const snapshot = await shares.make('snapshot', { share_id: id });
  expect(refusal(await shares.send('DELETE', `/shares/${id}`))).toEqual([
    403,
    'Invalid share: Share still has 1 dependent snapshots.',
  ]);
  const small = { share: { size: 1, share_proto: 'NFS', snapshot_id: snapshot } };
  expect(refusal(await shares.send('POST', '/shares', small))).toEqual([
    400,
    "Invalid input received: Share size '1' must be equal or greater than snapshot size.",
  ]);
  await shares.send('DELETE', `/snapshots/${snapshot}`);
  expect((await shares.shown(`/snapshots/${snapshot}`))['status']).toBe('deleting');
  shares.wait();
  expect((await shares.send('GET', `/snapshots/${snapshot}`)).status).toBe(404);
  expect((await shares.send('DELETE', `/shares/${id}`)).status).toBe(202);
  shares.wait();
  expect((await shares.send('GET', `/shares/${id}`)).status).toBe(404);
});

test('where the type has no snapshots none is made', async () => {
  const extra_specs = { driver_handles_share_servers: 'False' };
  const body = { share_type: { name: 'plain', extra_specs } };
  expect((await shares.send('POST', '/types', body, 'admin')).status).toBe(200);
  const id = await shares.share({ share_type: 'plain' });
  expect(refusal(await shares.send('POST', '/snapshots', { snapshot: { share_id: id } }))).toEqual([
    422,
    `Snapshots cannot be created for share '${id}' since it does not have that capability.`,
  ]);
});

test('a type that is not for everybody is found by those it is for', async () => {
  const extra_specs = { driver_handles_share_servers: 'False' };
  const type = { name: 'secret', extra_specs, 'share_type_access:is_public': false };
  const { id } = thing(await shares.send('POST', '/types', { share_type: type }, 'admin'));
  const share = { size: 1, share_proto: 'NFS', share_type: 'secret' };
  expect(refusal(await shares.send('POST', '/shares', { share }))).toEqual([404, 'Share type not found.']);
  const { project_id: project } = await shares.shown(`/shares/${await shares.share()}`);
  const access = { addProjectAccess: { project } };
  expect((await shares.send('POST', `/types/${id}/action`, access, 'admin')).status).toBe(202);
  expect((await shares.send('POST', '/shares', { share })).status).toBe(200);
});
