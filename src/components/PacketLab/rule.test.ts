import { expect, test } from 'vitest';
import { DEFAULT_GROUP, START, type LabRule } from './case';
import { asStored, asWritten, problemOf } from './rule';

const rule = (change: Partial<LabRule>): LabRule => ({
  direction: 'ingress',
  ethertype: 'IPv4',
  protocol: 'tcp',
  ports: '',
  remote: '',
  ...change,
});

test.each<[Partial<LabRule>, string]>([
  [{ ports: '90-80' }, 'smaller port'],
  [{ ports: '70000' }, '1 to 65535'],
  [{ ports: 'ssh' }, 'Write a port'],
  [{ protocol: '', ports: '22' }, 'need a protocol'],
  [{ protocol: 'vrrp', ports: '22' }, 'have ports'],
  [{ protocol: 'icmp', ports: '8/256' }, '0 to 255'],
  [{ protocol: 'ipv6-icmp' }, 'for IPv6'],
  [{ protocol: 'quic' }, 'no protocol “quic”'],
  [{ remote: '10.0.0.0/33' }, 'no address'],
  [{ remote: '2001:db8::/32' }, 'is IPv6'],
  [{ remote: '@nobody' }, 'no group nobody'],
  [{ remote: '#nobody' }, 'no address group nobody'],
])('A rule %j is told what is wrong with it', (change, why) => {
  expect(problemOf(rule(change), START)).toContain(why);
});

test.each<Partial<LabRule>>([
  { ports: '22' },
  { ports: '80-90', remote: '10.0.0.0/8' },
  { protocol: 'icmp', ports: '8/0' },
  { protocol: 'icmp', ports: '8' },
  { protocol: '', remote: '@default' },
  { protocol: '47' },
])('A rule %j comes back as it was written', (change) => {
  const written = rule(change);
  expect(problemOf(written, START)).toBe('');
  expect(asWritten(asStored(written, 'id'))).toEqual(written);
});

test('The default group of the lab has no problem', () => {
  expect(DEFAULT_GROUP.rules.map((each) => problemOf(each, START))).toEqual(['', '', '', '']);
});
