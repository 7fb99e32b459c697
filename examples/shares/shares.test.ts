import { beforeEach, expect, test } from 'vitest';
import type { Connection } from '../../src/client';
import { embeddedCloud } from '../connection';
import { auditWriters } from './audit-who-can-write';
import { growWhenAsked } from './grow-when-asked';
import { shareForServers } from './share-for-a-group-of-servers';
import { waitUntilUsable } from './wait-until-usable';

let cloud: Connection;

beforeEach(async () => {
  cloud = (await embeddedCloud('course')).connection;
});

async function share(
  more: { share_proto?: string; metadata?: Record<string, string> } = {},
): Promise<string> {
  const { id } = await cloud.share.createShare({ share_proto: 'NFS', size: 1, name: 'docs', ...more });
  return id;
}

test('a share for servers has an active rule for every fixed address of theirs, and for no floating one', async () => {
  const fixed = (addr: string) => ({ addr, version: 4, 'OS-EXT-IPS:type': 'fixed' as const });
  const floating = { addr: '203.0.113.57', version: 4, 'OS-EXT-IPS:type': 'floating' as const };
  const servers = [
    { name: 'a', addresses: { private: [fixed('10.0.0.11'), floating] } },
    { name: 'b', addresses: { private: [fixed('10.0.0.12')] } },
  ];
  const { share, mount } = await shareForServers(cloud, servers, { name: 'web', size: 2 });
  expect(share).toMatchObject({ status: 'available', size: 2, access_rules_status: 'active' });
  expect(mount).toEqual(expect.any(String));
  const rules = await cloud.share.accessRules(share.id);
  expect(rules.map(({ access_to, state }) => [access_to, state]).sort()).toEqual([
    ['10.0.0.11', 'active'],
    ['10.0.0.12', 'active'],
  ]);
});

test('a share is usable when it is available and its rules are active', async () => {
  const id = await share();
  expect(await waitUntilUsable(cloud, id)).toMatchObject({ status: 'available' });
});

test('a share with a rule that its storage does not take is never usable', async () => {
  const id = await share({ share_proto: 'CIFS' });
  await cloud.share.waitForShare(id);
  await cloud.share.createAccessRule(id, { access_type: 'ip', access_to: '10.0.0.5' });
  await expect(waitUntilUsable(cloud, id)).rejects.toThrow(Error);
});

test('a share grows to what its users ask for, and to the limit at most', async () => {
  const [modest, greedy, silent] = [
    await share({ metadata: { wanted: '3' } }),
    await share({ metadata: { wanted: '99' } }),
    await share(),
  ];
  for (const id of [modest, greedy, silent]) await cloud.share.waitForShare(id);
  expect(await growWhenAsked(cloud, 5)).toHaveLength(2);
  expect(await cloud.share.getShare(modest)).toMatchObject({ size: 3, metadata: {} });
  expect(await cloud.share.getShare(greedy)).toMatchObject({ size: 5, metadata: { 'not-more-than': '5' } });
  expect(await cloud.share.getShare(silent)).toMatchObject({ size: 1 });
});

test('the audit finds who may write from too many addresses, and leaves readers alone', async () => {
  const id = await share();
  await cloud.share.waitForShare(id);
  for (const [access_to, access_level] of [
    ['10.0.0.5', 'rw'],
    ['10.0.0.0/16', 'rw'],
    ['0.0.0.0/0', 'rw'],
    ['172.16.0.0/12', 'ro'],
  ] as const)
    await cloud.share.createAccessRule(id, { access_type: 'ip', access_to, access_level });
  const findings = await auditWriters(cloud);
  expect(findings.map(({ rule, why }) => [rule.access_to, why]).sort()).toEqual([
    ['0.0.0.0/0', 'the whole world can write'],
    ['10.0.0.0/16', '65536 addresses can write'],
  ]);
});
