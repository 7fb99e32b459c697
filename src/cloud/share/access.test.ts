import { beforeEach, expect, test } from 'vitest';
import { refusal, TestShares, thing } from './testing';

// The answers were read off Manila 20 with curl.

let shares: TestShares;
let id: string;

beforeEach(async () => {
  shares = await TestShares.start();
  id = await shares.share();
});

const rules = async (share: string) =>
  (await shares.send('GET', `/share-access-rules?share_id=${share}`)).json['access_list'];
const allow = (share: string, type: string, to: string, more: object = {}) =>
  shares.act(share, 'allow_access', { access_type: type, access_to: to, ...more });

test('a rule waits in the queue, and is active a moment later', async () => {
  const answer = await allow(id, 'ip', '10.0.0.0/24');
  expect(thing(answer)).toMatchObject({ state: 'queued_to_apply', access_level: 'rw' });
  expect((await shares.shown(`/shares/${id}`))['access_rules_status']).toBe('syncing');
  shares.wait();
  expect(await rules(id)).toMatchObject([{ state: 'active', access_to: '10.0.0.0/24' }]);
  expect((await shares.shown(`/shares/${id}`))['access_rules_status']).toBe('active');
});

const USER =
  'Invalid user or group name. Must be 4-255 characters and consist of alphanumeric characters and exclude special characters "/\\[]:;|=,+*?<>';
test.each([
  ['ip', '10.0.0.1/24', '10.0.0.1/24 has host bits set'],
  ['ip', '300.0.0.1', "'300.0.0.1' does not appear to be an IPv4 or IPv6 network"],
  ['user', 'ab', USER],
  ['user', 'a'.repeat(256), USER],
  ['user', 'try+', USER],
  ['key', 'ab', "Only 'ip', 'user', 'cert' or 'cephx' access types are supported."],
])('a rule for %s %s is refused', async (type, to, words) => {
  expect(refusal(await allow(id, type, to))).toEqual([400, words]);
  expect(await rules(id)).toEqual([]);
});

test('an access level that is none is refused', async () => {
  expect(refusal(await allow(id, 'ip', '10.0.0.1', { access_level: 'x' }))).toEqual([
    400,
    'Invalid access rule: Invalid share access level: x.',
  ]);
});

test.each(['10.0.0.0/24', '10.0.0.0/255.255.255.0'])(
  'a second rule for the same network, written %s, is refused',
  async (network) => {
    await allow(id, 'ip', '10.0.0.0/24');
    expect(refusal(await allow(id, 'ip', network))).toEqual([400, `Share access ip:${network} exists.`]);
    expect(await rules(id)).toHaveLength(1);
  },
);

test('one host is the same with and without its prefix', async () => {
  await allow(id, 'ip', '10.20.30.40');
  expect(refusal(await allow(id, 'ip', '10.20.30.40/32'))[0]).toBe(400);
  expect((await allow(id, 'ip', '10.20.30.4')).status).toBe(200);
});

test.each([
  ['NFS', 'user', 'alice', 'error'],
  ['NFS', 'ip', '10.0.0.1', 'active'],
  ['CIFS', 'user', 'alice', 'active'],
  ['CIFS', 'ip', '10.0.0.1', 'error'],
])('on a share of %s a rule for %s %s ends as %s', async (share_proto, type, to, state) => {
  const share = await shares.share({ share_proto });
  await allow(share, type, to);
  shares.wait();
  expect(await rules(share)).toMatchObject([{ state }]);
  expect((await shares.shown(`/shares/${share}`))['access_rules_status']).toBe(state);
});

test('when the rule that cannot be is gone, the rules of the share are fine again', async () => {
  const wrong = thing(await allow(id, 'user', 'alice'));
  shares.wait();
  expect((await shares.act(id, 'deny_access', { access_id: wrong.id })).status).toBe(202);
  expect(await rules(id)).toMatchObject([{ state: 'queued_to_deny' }]);
  shares.wait();
  expect(await rules(id)).toEqual([]);
  expect((await shares.shown(`/shares/${id}`))['access_rules_status']).toBe('active');
});

test('a share that is locked is not deleted, and only its project takes the lock away', async () => {
  const lock = thing(
    await shares.send('POST', '/resource-locks', {
      resource_lock: { resource_id: id, resource_type: 'share', lock_reason: 'keep' },
    }),
  );
  expect(lock).toMatchObject({ resource_action: 'delete', lock_context: 'user' });
  expect(refusal(await shares.send('DELETE', `/shares/${id}`))).toEqual([
    403,
    `Resource lock/s [${lock.id}] prevent delete action.`,
  ]);
  expect(refusal(await shares.send('DELETE', `/resource-locks/${lock.id}`, undefined, 'partner'))).toEqual([
    404,
    `Resource lock ${lock.id} could not be found.`,
  ]);
  expect((await shares.send('DELETE', `/resource-locks/${lock.id}`)).status).toBe(204);
  expect((await shares.send('DELETE', `/shares/${id}`)).status).toBe(202);
});

test('locks are found by a part of their reason', async () => {
  await shares.send('POST', '/resource-locks', {
    resource_lock: { resource_id: id, resource_type: 'share', lock_reason: 'keep' },
  });
  const found = async (part: string) =>
    (await shares.send('GET', `/resource-locks?lock_reason~=${part}`)).json['resource_locks'];
  expect(await found('ee')).toHaveLength(1);
  expect(await found('xx')).toEqual([]);
});

test('who is named by a locked rule is hidden from others; the rule goes only when asked outright', async () => {
  const locked = { lock_visibility: true, lock_deletion: true };
  const rule = thing(await allow(id, 'ip', '10.0.0.9', locked));
  const seen = async (user: 'admin' | 'demo' | 'viewer') =>
    (await shares.shown(`/share-access-rules/${rule.id}`, user))['access_to'];
  expect([await seen('admin'), await seen('demo'), await seen('viewer')]).toEqual([
    '10.0.0.9',
    '10.0.0.9',
    '******',
  ]);
  expect(refusal(await shares.act(id, 'deny_access', { access_id: rule.id }))).toEqual([
    403,
    `Cannot deny access for share '${id}' since it has been locked. Please remove the locks and retry the operation`,
  ]);
  const denied = await shares.act(id, 'deny_access', { access_id: rule.id, unrestrict: true });
  expect(denied.status).toBe(202);
  shares.wait();
  expect((await shares.send('GET', '/resource-locks')).json['resource_locks']).toEqual([]);
});
