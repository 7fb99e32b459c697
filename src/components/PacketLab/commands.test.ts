import { expect, test } from 'vitest';
import { commandsOf } from './commands';
import { PRESETS } from './presets';
import { createSandbox } from '../../shell/sandbox';
import { START, type LabRule } from './case';
import { decide } from './decide';
import { readSandbox } from './from-sandbox';
import { sentence } from './sentence';

test('The commands make the networks, groups and ports of the case', () => {
  const [, , group] = PRESETS;
  expect(commandsOf(group?.case ?? START)).toMatchInlineSnapshot(`
    [
      "openstack network create inside",
      "openstack subnet create --network inside --ip-version 4 --subnet-range 192.168.10.0/24 inside-4",
      "openstack subnet create --network inside --ip-version 6 --subnet-range 2001:db8:10::/64 inside-6",
      "openstack router create --external-gateway public router",
      "openstack router add subnet router inside-4",
      "openstack router add subnet router inside-6",
      "openstack security group create web",
      "openstack security group create database",
      "openstack security group rule create --protocol tcp --dst-port 80 web",
      "openstack security group rule create --protocol tcp --dst-port 5432 --remote-group web database",
      "openstack port create --network inside --fixed-ip ip-address=192.168.10.11 --fixed-ip ip-address=2001:db8:10::11 --security-group web web-port",
      "openstack server create --image cirros --flavor m1.tiny --port web-port --wait web",
      "openstack floating ip create --port web-port public",
      "openstack port create --network inside --fixed-ip ip-address=192.168.10.12 --fixed-ip ip-address=2001:db8:10::12 --security-group database db-port",
      "openstack server create --image cirros --flavor m1.tiny --port db-port --wait db",
      "openstack floating ip create --port db-port public",
    ]
  `);
});

test.each(['group', 'stateless', 'ipv6'])(
  'Typed into a sandbox they make the case “%s”',
  async (id) => {
    const labCase = PRESETS.find((each) => each.id === id)?.case ?? START;
    const sandbox = await createSandbox({ cloud: 'course' });
    for (const line of commandsOf(labCase)) {
      const { exitCode, stderr } = await sandbox.run(line);
      expect([line, exitCode, stderr]).toEqual([line, 0, expect.anything()]);
    }
    const read = await readSandbox(await sandbox.fork());
    const { traffic, outside } = labCase;
    expect(sentence(decide({ ...read, traffic, outside }))).toBe(sentence(decide(labCase)));
    const own = (rules: readonly LabRule[] = []) => rules.map((each) => JSON.stringify(each)).sort();
    for (const { name, rules } of labCase.groups)
      expect(own(read.groups.find((each) => each.name === name)?.rules), name).toEqual(own(rules));
  },
  60_000,
);

test('A rule that a new group has and the case has not is told to be deleted', () => {
  const commands = commandsOf({ ...START, groups: [{ name: 'closed', stateful: false, rules: [] }] });
  expect(commands.filter((line) => line.includes('closed'))).toMatchInlineSnapshot(`
    [
      "openstack security group create --stateless closed",
      "openstack security group rule delete $(openstack security group rule list --egress --ethertype IPv4 -f value -c ID closed)",
      "openstack security group rule delete $(openstack security group rule list --egress --ethertype IPv6 -f value -c ID closed)",
    ]
  `);
});

test('A name is quoted as a shell wants it', () => {
  const [server] = START.servers;
  if (!server) throw new Error('no server');
  const commands = commandsOf({ ...START, servers: [{ ...server, name: 'a b;$(x)' }] });
  expect(commands.at(-2)).toContain(`--port 'a b;$(x)-port' --wait 'a b;$(x)'`);
});
