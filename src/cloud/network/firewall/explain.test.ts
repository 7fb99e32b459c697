import { describe, expect, test } from 'vitest';
import { elsewhere } from './elsewhere';
import type { Firewall, FirewallPort, Packet, SecurityGroupRule } from './model';
import { filter } from './port-filter';
import { ruleWords, whyNot } from './why-not';

const rule = (change: Partial<SecurityGroupRule>): SecurityGroupRule => ({
  id: 'rule',
  direction: 'ingress',
  ethertype: 'IPv4',
  protocol: null,
  port_range_min: null,
  port_range_max: null,
  remote_ip_prefix: null,
  remote_group_id: null,
  remote_address_group_id: null,
  ...change,
});

const port: FirewallPort = {
  id: 'port',
  mac_address: 'fa:16:3e:00:00:01',
  fixed_ips: [{ ip_address: '10.0.0.5' }],
  allowed_address_pairs: [],
  port_security_enabled: true,
  security_groups: ['group'],
};

const firewall = (stateful: boolean, ...rules: SecurityGroupRule[]): Firewall => ({
  groups: [{ id: 'group', name: 'web', stateful, security_group_rules: rules }],
  addressGroups: [{ id: 'office', name: 'office', addresses: ['198.51.100.0/24'] }],
  ports: [port],
});

const ssh: Packet = {
  sourceMac: 'fa:16:3e:00:00:02',
  source: '10.0.0.6',
  destination: '10.0.0.5',
  protocol: 6,
  sourcePort: 40000,
  destinationPort: 22,
};

test.each<[Partial<SecurityGroupRule>, string]>([
  [{ ethertype: 'IPv6' }, 'it is for IPv6, and this is IPv4'],
  [{ protocol: '17' }, 'it is for UDP, and this is TCP'],
  [
    { protocol: 'tcp', port_range_min: 80, port_range_max: 90 },
    'it is for ports 80 to 90, and this goes to port 22',
  ],
  [{ remote_ip_prefix: '10.0.0.8/30' }, '10.0.0.6 is not in 10.0.0.8/30'],
  [{ remote_group_id: 'group' }, '10.0.0.6 is no address of a port of web: 10.0.0.5'],
  [{ remote_address_group_id: 'office' }, '10.0.0.6 is not in office: 198.51.100.0/24'],
  [{ protocol: 'tcp', port_range_min: 22, port_range_max: 22 }, ''],
])('Why a rule %j does not let SSH in: %s', (change, why) => {
  expect(whyNot(rule(change), ssh, firewall(true))).toBe(why);
});

test.each<[Partial<SecurityGroupRule>, string]>([
  [{}, 'all IPv4 traffic from any address'],
  [
    { protocol: 'tcp', port_range_min: 22, port_range_max: 22, remote_ip_prefix: '10.0.0.0/8' },
    'TCP port 22 from 10.0.0.0/8',
  ],
  [
    { protocol: 'icmp', port_range_min: 8, port_range_max: 0, direction: 'egress' },
    'ICMP type 8 code 0 to any IPv4 address',
  ],
  [{ protocol: 'icmp', ethertype: 'IPv6', remote_group_id: 'group' }, 'ICMPv6 from the ports of web'],
  [{ protocol: '253', remote_address_group_id: 'office' }, 'protocol 253 from the addresses of office'],
])('A rule %j is in words: %s', (change, words) => {
  expect(ruleWords(rule(change), firewall(true))).toBe(words);
});

describe('Another driver decides otherwise', () => {
  const told = (direction: 'ingress' | 'egress', packet: Packet, rules: Firewall) =>
    elsewhere(direction, port, packet, filter(direction, port, packet, rules, false), rules).join(' ');

  test('about stateless groups, packets of no connection, and ICMPv6 that leaves', () => {
    expect(told('ingress', ssh, firewall(false, rule({})))).toContain('knows no stateless groups');
    expect(told('ingress', { ...ssh, tcpFlags: 'RST' }, firewall(true, rule({})))).toContain(
      'no known connection',
    );
    const six = { ...ssh, sourceMac: port.mac_address, source: 'fe80::1', destination: 'fe80::2' };
    const ping = { ...six, protocol: 58, icmpType: 128 };
    expect(told('egress', ping, firewall(true))).toContain('needs an egress rule');
  });

  test('and about nothing else', () => {
    expect(told('ingress', ssh, firewall(true, rule({})))).toBe('');
    expect(told('ingress', ssh, firewall(true))).toBe('');
  });
});
