import { expect, test } from 'vitest';
import { TestNetwork } from './testing/test-network';

const rulesOf = (group: Record<string, unknown>) =>
  group['security_group_rules'] as Record<string, unknown>[];

test('a new group lets everything out and nothing in', async () => {
  const network = await TestNetwork.start();
  const group = await network.group('web');
  expect(
    rulesOf(group)
      .map(({ direction, ethertype }) => `${String(direction)} ${String(ethertype)}`)
      .sort(),
  ).toEqual(['egress IPv4', 'egress IPv6']);
});

test('the group default lets in what comes from itself', async () => {
  const network = await TestNetwork.start();
  const { json } = await network.demo('GET', 'security-groups');
  const [group] = json['security_groups'] as Record<string, unknown>[];
  expect(group?.['name']).toBe('default');
  const inside = rulesOf(group ?? {}).filter(({ direction }) => direction === 'ingress');
  expect(inside.map(({ remote_group_id }) => remote_group_id)).toEqual([group?.['id'], group?.['id']]);
});

test('the same rule in other words is a conflict', async () => {
  const network = await TestNetwork.start();
  const { id } = await network.group('web');
  const ssh = { protocol: 'tcp', port_range_min: 22, port_range_max: 22 };
  expect((await network.rule(id, { ...ssh, remote_ip_prefix: '0.0.0.0/0' })).status).toBe(201);
  const twin = await network.rule(id, { ...ssh, protocol: '6' });
  expect(twin.status).toBe(409);
  expect(twin.text).toContain('Security group rule already exists. Rule id is ');
});

test('rules that make no sense are refused in words', async () => {
  const network = await TestNetwork.start();
  const { id } = await network.group('web');
  const refused: [object, string][] = [
    [{ protocol: 'tcp', port_range_min: 90, port_range_max: 80 }, 'port_range_min must be <= port_range_max'],
    [{ port_range_min: 80, port_range_max: 80 }, 'Must also specify protocol if port range is given.'],
    [
      { protocol: 'icmp', port_range_min: 300 },
      'Invalid value for ICMP type (port_range_min) 300. It must be 0 to 255.',
    ],
    [{ remote_ip_prefix: '2001:db8::/32' }, 'Conflicting value ethertype IPv4 for CIDR 2001:db8::/32'],
    [{ remote_ip_prefix: '10.0.0.300' }, 'Invalid CIDR 10.0.0.300 given as IP prefix.'],
    [{ protocol: 'nosuch' }, 'Security group rule protocol nosuch not supported.'],
    [{ protocol: 'ipv6-icmp' }, 'Invalid ethertype IPv4 for protocol ipv6-icmp.'],
  ];
  for (const [body, words] of refused) {
    const answer = await network.rule(id, body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(words);
  }
});

test('a group that a port has cannot be deleted, and default not at all', async () => {
  const network = await TestNetwork.start();
  const { id } = await network.group('web');
  await network.port({ security_groups: [id] });
  const used = await network.demo('DELETE', `security-groups/${id}`);
  expect([used.status, used.text]).toEqual([409, expect.stringContaining(`Security Group ${id} in use.`)]);
  await network.as('partner', 'GET', 'security-groups');
  const { json } = await network.as('partner', 'GET', 'security-groups');
  const [other] = json['security_groups'] as { id: string }[];
  const refused = await network.as('partner', 'DELETE', `security-groups/${other?.id ?? ''}`);
  expect(refused.text).toContain('Insufficient rights for removing default security group.');
});

test('a reader changes nothing, and a stranger sees nothing', async () => {
  const network = await TestNetwork.start();
  const { id } = await network.group('web');
  expect((await network.as('viewer', 'GET', `security-groups/${id}`)).status).toBe(200);
  expect((await network.as('viewer', 'DELETE', `security-groups/${id}`)).status).toBe(403);
  expect((await network.as('partner', 'DELETE', `security-groups/${id}`)).status).toBe(404);
});
