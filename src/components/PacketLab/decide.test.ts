import { describe, expect, test } from 'vitest';
import { START, type LabCase, type LabServer, type Traffic } from './case';
import { decide } from './decide';
import { PRESET_IDS } from './preset-ids';
import { PRESETS } from './presets';
import { reasonOf, sentence } from './sentence';

function preset(id: string): LabCase {
  const found = PRESETS.find((each) => each.id === id);
  if (!found) throw new Error(`no preset ${id}`);
  return found.case;
}

const says = (labCase: LabCase) => sentence(decide(labCase));

function withTraffic(labCase: LabCase, traffic: Partial<Traffic>): LabCase {
  return { ...labCase, traffic: { ...labCase.traffic, ...traffic } };
}

function withServer(labCase: LabCase, name: string, change: Partial<LabServer>): LabCase {
  const servers = labCase.servers.map((each) => (each.name === name ? { ...each, ...change } : each));
  return { ...labCase, servers };
}

/** What decided at each port. */
function reasons(labCase: LabCase): string[] {
  const outcome = decide(labCase);
  return 'steps' in outcome ? outcome.steps.map((step) => reasonOf(step, labCase)) : [];
}

const DROPPED_IN = (name: string) => `It is dropped on its way into ${name}.`;

describe('A preset surprises as its words say:', () => {
  test('the default group lets in its own members, and nobody from outside', () => {
    const labCase = preset('default');
    expect(says(labCase)).toBe(DROPPED_IN('web'));
    expect(says(withTraffic(labCase, { from: 'db', byFloating: false }))).toBe(
      'It gets from db to web, and the answer comes back.',
    );
  });

  test('SSH is let in from one address, and from no other', () => {
    const labCase = preset('ssh');
    expect(says(labCase)).toBe('It gets from outside to web, and the answer comes back.');
    expect(reasons(labCase)[0]).toBe('The group ssh lets it in: TCP port 22 from 198.51.100.7/32.');
    const other = { ...labCase, outside: { ...labCase.outside, IPv4: '198.51.100.8' } };
    expect(says(other)).toBe(DROPPED_IN('web'));
  });

  test('a remote group lets in its members, through their own addresses only', () => {
    expect(says(preset('group'))).toBe('It gets from web to db, and the answer comes back.');
    expect(says(withServer(preset('group'), 'web', { groups: ['default'] }))).toBe(DROPPED_IN('db'));
    const floating = preset('floating');
    expect(says(floating)).toBe(DROPPED_IN('db'));
    const outcome = decide(floating);
    expect('steps' in outcome && outcome.steps.at(-1)?.asked.at(-1)?.why).toBe(
      '203.0.113.21 is no address of a port of web: 192.168.10.11',
    );
  });

  test('a stateless group drops the answer, until it is stateful or has a rule for it', () => {
    const labCase = preset('stateless');
    expect(says(labCase)).toBe('It gets to outside, but the answer is dropped on its way into web.');
    const groups = labCase.groups.map((group) => ({ ...group, stateful: true }));
    expect(says({ ...labCase, groups })).toContain('the answer comes back');
    const answers = {
      direction: 'ingress',
      ethertype: 'IPv4',
      protocol: 'tcp',
      ports: '32768-60999',
      remote: '',
    } as const;
    const open = labCase.groups.map((group) => ({ ...group, rules: [...group.rules, answers] }));
    expect(says({ ...labCase, groups: open })).toContain('the answer comes back');
  });

  test('a rule for IPv4 does nothing for IPv6', () => {
    const labCase = preset('ipv6');
    expect(says(labCase)).toBe(DROPPED_IN('web'));
    expect(says(withTraffic(labCase, { ethertype: 'IPv4', byFloating: true }))).toContain('comes back');
  });

  test('an address that is not its own stays at the port, and an allowed one leaves', () => {
    const labCase = preset('pair');
    expect(says(labCase)).toBe('It is dropped on its way out of web.');
    expect(reasons(labCase)[0]).toContain('may not send as 192.168.10.100');
    expect(says(withServer(labCase, 'web', { pairs: ['192.168.10.100'] }))).toContain('gets from web to db');
  });

  test('and every one of them has a name that links can use', () => {
    expect(PRESETS.map(({ id }) => id)).toEqual([...PRESET_IDS]);
  });
});

describe('There is no way', () => {
  test.each<[string, LabCase]>([
    ['192.168.10.11 is known inside only.', withTraffic(START, { byFloating: false })],
    ['web has no floating IP.', withServer(START, 'web', { floating: '' })],
    [
      'web has no IPv6 address.',
      withTraffic(withServer(START, 'web', { addresses: ['192.168.10.11'] }), { ethertype: 'IPv6' }),
    ],
    ['inside has no router with a way out.', withTraffic({ ...START, routers: [] }, { from: 'web', to: '' })],
    ['Both ends are outside.', withTraffic(START, { to: '' })],
    ['web would talk to itself', withTraffic(START, { from: 'web' })],
    [
      'No router joins inside and other.',
      withTraffic(withServer(START, 'db', { network: 'other' }), {
        from: 'web',
        to: 'db',
        byFloating: false,
      }),
    ],
  ])('because %s', (why, labCase) => {
    expect(says(labCase)).toContain(why);
  });
});

test('A ping by IPv6 is one of ICMPv6', () => {
  const outcome = decide(withTraffic(START, { from: 'db', protocol: 'icmp', ethertype: 'IPv6' }));
  expect('steps' in outcome && outcome.steps[0]?.packet).toMatchObject({ protocol: 58, icmpType: 128 });
});
