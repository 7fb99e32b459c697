import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../shell/sandbox';
import { OUT, START, type LabCase, type LabRule, type LabServer, type Traffic } from './case';
import { decide } from './decide';
import { firstTraffic } from './first-packet';
import { readSandbox } from './from-sandbox';
import { newsOf } from './news';
import { PRESETS } from './presets';
import { deciding, reasonOf, sentence } from './sentence';
import { take } from './take';

const server = (name: string, network: string, address: string, ...groups: string[]): LabServer => ({
  name,
  network,
  addresses: [address],
  floating: '',
  groups,
  portSecurity: true,
  pairs: [],
});

const ssh: LabRule = {
  direction: 'ingress',
  ethertype: 'IPv4',
  protocol: 'tcp',
  ports: '22',
  remote: '192.168.10.0/24',
};

/** What readSandbox finds: web lets in SSH, and nothing else differs from what neutron gives. */
function sandboxWith(change: Partial<Omit<LabCase, 'traffic'>> = {}): LabCase {
  const read: Omit<LabCase, 'traffic'> = {
    ...START,
    groups: [...START.groups, { name: 'ssh', stateful: true, rules: [...OUT, ssh] }],
    servers: [
      server('web', 'inside', '192.168.10.11', 'ssh'),
      server('client', 'inside', '192.168.10.12', 'default'),
    ],
    networks: [{ name: 'inside', router: '' }],
    routers: [],
    ofSandbox: true,
    ...change,
  };
  return { ...read, traffic: firstTraffic(read) };
}

const closed = [...START.groups, { name: 'ssh', stateful: true, rules: OUT }];

describe('The first packet goes', () => {
  const goes = (change: Partial<LabCase>, packet?: Traffic) => {
    const { from, to, byFloating, ethertype } = firstTraffic(sandboxWith(change), packet);
    return [from, to, byFloating ? 'floating' : 'own', ethertype].join(' ');
  };
  const web = server('web', 'inside', '192.168.10.11', 'default');
  const far = server('far', 'other', '192.168.20.11', 'default');
  const router = { name: 'router', outside: '203.0.113.20' };
  const routed = {
    networks: ['inside', 'other'].map((name) => ({ name, router: 'router' })),
    routers: [router],
  };
  const reachable = { ...web, floating: '203.0.113.21' };

  test.each<[string, Partial<LabCase>, string]>([
    ['between neighbours, where the rules let it', {}, 'client web own IPv4'],
    ['between neighbours, if no rule lets any', { groups: closed }, 'web client own IPv4'],
    [
      'between neighbours, though there is a way in from outside',
      { ...routed, servers: [reachable, server('client', 'inside', '192.168.10.12', 'ssh')] },
      'web client own IPv4',
    ],
    ['by a router, if no two are neighbours', { ...routed, servers: [web, far] }, 'web far own IPv4'],
    ['in by a floating IP, if there is one port', { ...routed, servers: [reachable] }, ' web floating IPv4'],
    ['out, if there is no other way', { ...routed, servers: [web] }, 'web  own IPv4'],
    ['nowhere, if there is no way at all', { servers: [web] }, ' web own IPv4'],
    ['nowhere, if there is no port', { servers: [] }, '  own IPv4'],
    [
      'by IPv6, if there is nothing else',
      { servers: [server('a', 'inside', '2001:db8::1'), server('b', 'inside', '2001:db8::2')] },
      'a b own IPv6',
    ],
  ])('%s', (_, change, expected) => {
    expect(goes(change)).toBe(expected);
  });

  test('with the protocol and the port that it is given', () => {
    const packet: Traffic = { ...START.traffic, protocol: 'udp', port: 53, source: '10.0.0.1' };
    expect(firstTraffic(sandboxWith(), packet)).toMatchObject({ protocol: 'udp', port: 53, source: '' });
  });

  test('without trying every pair of a thousand ports', () => {
    const servers = Array.from({ length: 1000 }, (_, i) =>
      server(`s${i}`, 'inside', `10.0.${i >> 8}.${i & 255}`),
    );
    expect(goes({ servers })).toBe('s0 s1 own IPv4');
  });
});

describe('Taken again', () => {
  const first = take(START, sandboxWith());

  test('the sandbox gets the same packet, whatever was chosen in the lab', () => {
    const mine = {
      ...first,
      outside: { ...first.outside, IPv4: '198.51.100.99' },
      traffic: { ...first.traffic, from: 'web', to: 'client', protocol: 'udp', port: 53, source: '10.9.9.9' },
    };
    const again = take(mine, sandboxWith({ groups: closed }));
    expect(again).toEqual({
      ...sandboxWith({ groups: closed }),
      traffic: mine.traffic,
      outside: mine.outside,
    });
  });

  test('a packet from a server that is gone goes another way, with its protocol and port', () => {
    const mine = { ...first, traffic: { ...first.traffic, port: 80 } };
    const renamed = sandboxWith();
    const read = {
      ...renamed,
      servers: renamed.servers.map((each) => ({ ...each, name: `new-${each.name}` })),
    };
    const again = take(mine, read);
    expect(again.traffic).toMatchObject({ from: 'new-web', to: 'new-client', port: 80 });
    expect(newsOf(mine, again)).toBe(
      'client and web are gone. The lab chose a packet from new-web to new-client.',
    );
  });

  test('a packet that had no way goes where there is one now, unless the reader chose it', () => {
    const alone = take(START, sandboxWith({ servers: [server('web', 'inside', '192.168.10.11', 'ssh')] }));
    expect(sentence(decide(alone))).toMatch('There is no way. 192.168.10.11 is known inside only.');
    const again = take(alone, sandboxWith());
    expect(again.traffic).toMatchObject({ from: 'client', to: 'web' });
    expect(newsOf(alone, again)).toBe('Before, there was no way. The lab chose a packet from client to web.');
    const mine = { ...first, traffic: { ...first.traffic, from: '' } };
    expect(take(mine, sandboxWith()).traffic).toEqual(mine.traffic);
  });

  test('after another case it is like the first time', () => {
    for (const { case: preset } of PRESETS) expect(take(preset, sandboxWith())).toEqual(sandboxWith());
  });
});

describe('The lab says', () => {
  const open = take(START, sandboxWith());
  const after = (change: Partial<LabCase>) => newsOf(open, take(open, { ...sandboxWith(), ...change }));

  test('at first which packet it chose', () => {
    expect(newsOf(START, open)).toBe('This is the sandbox now. The lab chose a packet from client to web.');
    const empty = sandboxWith({ servers: [] });
    expect(newsOf(START, empty)).toBe('The sandbox has no server and no port yet.');
  });

  test('which rule is gone that let the packet in', () => {
    expect(after({ groups: closed })).toBe(
      'Before, it got from client to web, and the answer came back. The group ssh let it in: TCP port 22 from 192.168.10.0/24. That rule is gone.',
    );
  });

  test('that the group is gone, or the server no longer in it', () => {
    expect(after({ groups: START.groups })).toMatch(/That group is gone\.$/);
    const [web, client] = open.servers;
    if (!web || !client) throw new Error('two servers');
    const servers = [
      { ...web, groups: ['default'] },
      { ...client, groups: ['ssh'] },
    ];
    expect(after({ servers })).toMatch(/web is in that group no longer\.$/);
  });

  test('which rule lets in what was dropped', () => {
    const before = take(START, sandboxWith({ groups: closed }));
    const mine = { ...before, traffic: { ...before.traffic, from: 'client', to: 'web' } };
    expect(newsOf(mine, take(mine, sandboxWith()))).toBe(
      'Before, it was dropped on its way into web. The group ssh lets it in: TCP port 22 from 192.168.10.0/24.',
    );
  });

  test('that nothing changed, or only what decides', () => {
    expect(after({})).toBe('Taken again: nothing changed for this packet.');
    const wide = [...START.groups, { name: 'ssh', stateful: true, rules: [...OUT, { ...ssh, remote: '' }] }];
    expect(after({ groups: wide })).toBe(
      'The same became of it, but something else decides. The group ssh lets it in: TCP port 22 from any IPv4 address.',
    );
  });
});

test('The story of the page: the rule of group ssh lets client in to web, and without it the same packet is dropped', async () => {
  const sandbox = await createSandbox({ cloud: 'course' });
  const run = async (line: string) => {
    const { exitCode, stderr } = await sandbox.run(line);
    expect([line, exitCode, stderr]).toEqual([line, 0, expect.anything()]);
  };
  await run('openstack network create inside');
  await run('openstack subnet create --network inside --subnet-range 192.168.10.0/24 inside-4');
  await run('openstack security group create ssh');
  await run(
    'RULE=$(openstack security group rule create --protocol tcp --dst-port 22 --remote-ip 192.168.10.0/24 ssh -f value -c id)',
  );
  await run('openstack port create --network inside --security-group ssh web-port');
  await run('openstack server create --image cirros --flavor m1.tiny --port web-port --wait web');
  await run('openstack server create --image cirros --flavor m1.tiny --network inside --wait client');
  const first = take(START, await readSandbox(await sandbox.fork()));
  const outcome = decide(first);
  expect(sentence(outcome)).toBe('It gets from client to web, and the answer comes back.');
  const by = deciding(outcome);
  expect(by && reasonOf(by, first)).toBe('The group ssh lets it in: TCP port 22 from 192.168.10.0/24.');
  await run('openstack security group rule delete $RULE');
  const again = take(first, await readSandbox(await sandbox.fork()));
  expect(again.traffic).toEqual(first.traffic);
  expect(sentence(decide(again))).toBe('It is dropped on its way into web.');
  expect(newsOf(first, again)).toMatch(/^Before, it got from client to web.*That rule is gone\.$/);
}, 60_000);
