import { beforeEach, expect, test } from 'vitest';
import type { Connection } from '../../src/client';
import { embeddedCloud } from '../connection';
import { applyRules, WEB_RULES } from './apply-rules';
import { auditOpenGroups } from './audit-open-groups';

let cloud: Connection;

beforeEach(async () => {
  cloud = (await embeddedCloud('course')).connection;
});

async function rulesOf(name: string): Promise<string[]> {
  const group = await cloud.network.findSecurityGroup(name, { ignoreMissing: false });
  const rules = await cloud.network.securityGroupRules({ security_group_id: group.id });
  return rules
    .map(
      ({ direction, ethertype, protocol, port_range_min, remote_ip_prefix }) =>
        `${direction} ${ethertype} ${protocol} ${port_range_min} ${remote_ip_prefix}`,
    )
    .sort();
}

test('security/apply-rules makes the group have these rules, and a second run changes nothing', async () => {
  expect(await applyRules(cloud, 'web', WEB_RULES)).toEqual({ created: 3, deleted: 0, kept: 2 });
  expect(await rulesOf('web')).toEqual([
    'egress IPv4 null null null',
    'egress IPv6 null null null',
    'ingress IPv4 tcp 22 198.51.100.7/32',
    'ingress IPv4 tcp 80 null',
    'ingress IPv6 tcp 80 null',
  ]);
  expect(await applyRules(cloud, 'web', WEB_RULES)).toEqual({ created: 0, deleted: 0, kept: 5 });
});

test('security/apply-rules takes away what is no longer wanted, and knows "all addresses" in both forms', async () => {
  await applyRules(cloud, 'web', WEB_RULES);
  const rules = [{ protocol: 'tcp', ports: 80, from: '0.0.0.0/0' }];
  expect(await applyRules(cloud, 'web', rules)).toEqual({ created: 0, deleted: 4, kept: 1 });
  expect(await rulesOf('web')).toEqual(['ingress IPv4 tcp 80 null']);
});

test('security/apply-rules lets in a group by its name', async () => {
  const web = await cloud.network.createSecurityGroup({ name: 'web' });
  await applyRules(cloud, 'db', [{ protocol: 'tcp', ports: [5432, 5433], fromGroup: 'web' }]);
  const db = await cloud.network.findSecurityGroup('db', { ignoreMissing: false });
  const [rule, ...more] = await cloud.network.securityGroupRules({ security_group_id: db.id });
  expect(rule).toMatchObject({ port_range_min: 5432, port_range_max: 5433, remote_group_id: web.id });
  expect(more).toEqual([]);
});

test('security/apply-rules does not take the rule for an address group for one for all', async () => {
  const office = await cloud.network.createAddressGroup({ name: 'office', addresses: ['198.51.100.0/28'] });
  await applyRules(cloud, 'web', [{ protocol: 'tcp', ports: 80, fromAddressGroup: 'office' }]);
  const web = await cloud.network.findSecurityGroup('web', { ignoreMissing: false });
  const [rule] = await cloud.network.securityGroupRules({ security_group_id: web.id });
  expect(rule).toMatchObject({ port_range_min: 80, remote_address_group_id: office.id });
  expect(await applyRules(cloud, 'web', WEB_RULES)).toEqual({ created: 5, deleted: 1, kept: 0 });
});

test('security/apply-rules knows a protocol by its number, a network by its host, an address without a mask', async () => {
  const other = await cloud.network.createSecurityGroup({ name: 'other' });
  for (const remote_ip_prefix of ['10.0.0.5/8', '198.51.100.7'])
    await cloud.network.createSecurityGroupRule({
      security_group_id: other.id,
      direction: 'ingress',
      protocol: '6',
      port_range_min: 22,
      port_range_max: 22,
      remote_ip_prefix,
    });
  const rules = ['10.0.0.0/8', '198.51.100.7'].map((from) => ({ protocol: 'tcp', ports: 22, from }));
  expect(await applyRules(cloud, 'other', rules)).toEqual({ created: 0, deleted: 2, kept: 2 });
  rules.splice(0, 1, { protocol: 'tcp', ports: 22, from: '10.0.0.5/8' });
  expect(await applyRules(cloud, 'other', rules)).toEqual({ created: 0, deleted: 0, kept: 2 });
});

test('security/audit-open-groups finds what lets the world in, and no more', async () => {
  expect(await auditOpenGroups(cloud)).toEqual([]);
  await applyRules(cloud, 'web', [
    { protocol: 'tcp', ports: 80 },
    { protocol: 'tcp', ports: 22, from: '198.51.100.7/32' },
    { protocol: 'tcp', ports: 3306, from: '0.0.0.0/0' },
    { protocol: 'icmp' },
    { protocol: 'icmp', ports: [8, 0] },
    { ethertype: 'IPv6' },
    { protocol: 'tcp', ports: 22, fromGroup: 'default' },
  ]);
  const { id } = await cloud.network.createNetwork({ name: 'private' });
  const group = await cloud.network.findSecurityGroup('web', { ignoreMissing: false });
  await cloud.network.createPort({ network_id: id, security_groups: [group.id] });
  const found = (await auditOpenGroups(cloud)).map(
    ({ group, why, opens, ports }) => `${group}: ${why}: ${opens}, ${ports}`,
  );
  expect(found.sort()).toEqual([
    'web: open to the world: all of icmp, 1',
    'web: open to the world: everything, 1',
    'web: open to the world: icmp type 8, 1',
    'web: open to the world: tcp 3306, 1',
  ]);
  expect((await auditOpenGroups(cloud, [3306])).map(({ opens }) => opens)).not.toContain('tcp 3306');
});

test('security/audit-open-groups finds a rule without protocol, and one that was added to default', async () => {
  await applyRules(cloud, 'web', [{ from: '10.0.0.0/8' }, { fromGroup: 'default' }]);
  const { id } = await cloud.network.findSecurityGroup('default', { ignoreMissing: false });
  await cloud.network.createSecurityGroupRule({
    security_group_id: id,
    direction: 'ingress',
    protocol: 'tcp',
    port_range_min: 80,
    port_range_max: 80,
  });
  const found = (await auditOpenGroups(cloud)).map(({ group, why, opens }) => `${group}: ${why}: ${opens}`);
  expect(found.sort()).toEqual([
    'default: a rule of yours in default: tcp 80',
    'web: no protocol: everything',
  ]);
});
