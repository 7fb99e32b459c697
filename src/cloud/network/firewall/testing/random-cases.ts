import { dice, type Dice } from '../../../compute/scheduler/testing/dice';
import type { Ethertype } from '../../state';
import { ethertypeOf, linkLocalAddress } from '../ip';
import type { AddressGroup, FirewallPort, Packet, SecurityGroup, SecurityGroupRule } from '../model';
import { hasPorts, isIcmp, protocolNumber, PROTOCOL_NAMES } from '../protocols';
import type { FirewallCase } from '../case';

/**
 * A cloud with a few ports and groups, and a packet: only what the Network API lets people make. Half of the rules have
 * something to do with the packet. The same seed gives the same case.
 */
export function randomCase(id: number, seed: string): FirewallCase {
  const random = dice(`${seed}:packet:${id}`);
  const stateless = random.chance(0.3);
  const ports = Array.from({ length: 2 + random.below(3) }, (_, i) => port(random, i));
  const [from, to] = ports;
  if (!from || !to) throw new RangeError('no ports');
  const packet = random.one(
    [70, () => anyPacket(random, from, to)],
    [8, () => dhcp(random, from, to)],
    [8, () => neighbours(random, from, to)],
    [6, () => icmp(random, from, to)],
  );
  const addressGroups = Array.from({ length: random.below(3) }, (_, i) => addressGroup(random, i, packet));
  const groupIds = Array.from({ length: 1 + random.below(4) }, (_, i) => uuid('5ec', i));
  const mixed = random.chance(0.3);
  const groups = groupIds.map((groupId, i): SecurityGroup => {
    const stateful = mixed ? random.chance(0.5) : !stateless;
    const ids = { groups: groupIds, addressGroups: addressGroups.map((each) => each.id) };
    return { id: groupId, name: `group-${i}`, stateful, security_group_rules: rules(random, packet, ids, i) };
  });
  for (const each of ports) join(random, each, groups);
  const outside = random.below(10);
  return {
    id,
    groups,
    addressGroups,
    ports,
    from: outside === 0 ? null : from.id,
    to: outside === 1 ? null : to.id,
    packet,
    ...(random.chance(0.15) ? { translated: translation(random, packet, to) } : {}),
  };
}

/** A group of one kind or the other: neutron refuses both at one port. */
function join(random: Dice, port: FirewallPort, groups: readonly SecurityGroup[]): void {
  if (!port.port_security_enabled || random.chance(0.05)) return;
  const kind = random.pick(groups).stateful;
  const same = groups.filter(({ stateful }) => stateful === kind).map(({ id }) => id);
  const chosen = random.some(same, 3);
  port.security_groups = random.chance(0.5) ? chosen : chosen.reverse();
}

function uuid(kind: string, i: number): string {
  const number = (i + 1).toString(16).padStart(2, '0');
  return `${number}${kind}${number}0-${number}00-4000-8000-0000000000${number}`;
}

function macOf(i: number): string {
  return `fa:16:3e:00:00:${(i + 17).toString(16)}`;
}

function port(random: Dice, i: number): FirewallPort {
  const four = `10.0.0.${10 + i}`;
  const six = `2001:db8::${(10 + i).toString(16)}`;
  const secured = !random.chance(0.08);
  return {
    id: uuid('907', i),
    mac_address: macOf(i),
    fixed_ips: random
      .one(
        [4, () => [four]],
        [2, () => [six]],
        [6, () => [four, six]],
        [1, () => [six, four]],
        [1, () => [four, `10.0.0.${60 + i}`]],
        [1, () => [] as string[]],
      )
      .map((address) => ({ ip_address: address })),
    allowed_address_pairs: secured && random.chance(0.2) ? pairs(random, i) : [],
    port_security_enabled: secured,
    security_groups: [],
  };
}

const PAIRS = [
  '10.0.0.200',
  '10.0.0.128/25',
  '0.0.0.0/0',
  '2001:db8::200',
  '2001:db8:0:1::/64',
  '192.0.2.7/32',
];

function pairs(random: Dice, i: number): FirewallPort['allowed_address_pairs'] {
  return random.some(PAIRS, 2).map((address) => ({
    ip_address: address,
    mac_address: random.chance(0.7) ? macOf(i) : macOf(9),
  }));
}

const ICMP_TYPES = [0, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 40, 255];
const ICMPV6_TYPES = [
  1, 2, 3, 4, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 139, 140, 143, 150, 255,
];
const PORTS = [0, 1, 22, 53, 67, 68, 79, 80, 81, 443, 546, 547, 1024, 8080, 32768, 65534, 65535];

function addressesOf(port: FirewallPort, ethertype: Ethertype): string[] {
  return port.fixed_ips
    .map(({ ip_address: address }) => address)
    .filter((address) => ethertypeOf(address) === ethertype);
}

const FAR = {
  IPv4: ['203.0.113.7', '198.51.100.1', '10.0.0.12', '10.0.0.13', '10.0.0.200', '192.0.2.7'],
  IPv6: ['2001:db8:ffff::7', '2001:db8::c', '2001:db8::d', '2001:db8::200', 'fe80::1', '2001:db8:0:1::9'],
} as const;

function someAddress(random: Dice, port: FirewallPort, ethertype: Ethertype): string {
  const own = addressesOf(port, ethertype);
  return own.length > 0 && random.chance(0.88) ? random.pick(own) : random.pick(FAR[ethertype]);
}

function ends(random: Dice, from: FirewallPort, to: FirewallPort, ethertype: Ethertype) {
  return {
    sourceMac: random.chance(0.94) ? from.mac_address : macOf(9),
    source: someAddress(random, from, ethertype),
    destination: someAddress(random, to, ethertype),
  };
}

function versionFor(random: Dice, from: FirewallPort, to: FirewallPort): Ethertype {
  const both = (['IPv4', 'IPv6'] as const).filter(
    (ethertype) => addressesOf(from, ethertype).length > 0 && addressesOf(to, ethertype).length > 0,
  );
  return both.length > 0 && random.chance(0.9) ? random.pick(both) : random.pick(['IPv4', 'IPv6']);
}

function anyPacket(random: Dice, from: FirewallPort, to: FirewallPort): Packet {
  const ethertype = versionFor(random, from, to);
  const common = ends(random, from, to, ethertype);
  const withPorts = (protocol: number): Packet => ({
    ...common,
    protocol,
    sourcePort: random.chance(0.8) ? 40000 : random.pick(PORTS),
    destinationPort: random.pick(PORTS),
  });
  return random.one(
    [
      10,
      () => ({
        ...withPorts(6),
        tcpFlags: random.one(
          [6, () => 'SYN' as const],
          [1, () => random.pick(['SYN,ACK', 'ACK', 'FIN,ACK', 'RST'] as const)],
        ),
      }),
    ],
    [7, () => withPorts(17)],
    [5, () => echo(common, ethertype)],
    [1, () => withPorts(random.pick([132, 136, 33]))],
    [1, () => ({ ...common, protocol: random.pick([4, 8, 41, 46, 47, 50, 89, 112, 113, 253]) })],
  );
}

function echo(common: Pick<Packet, 'sourceMac' | 'source' | 'destination'>, ethertype: Ethertype): Packet {
  return ethertype === 'IPv4'
    ? { ...common, protocol: 1, icmpType: 8, icmpCode: 0 }
    : { ...common, protocol: 58, icmpType: 128, icmpCode: 0 };
}

function icmp(random: Dice, from: FirewallPort, to: FirewallPort): Packet {
  const ethertype = versionFor(random, from, to);
  return {
    ...ends(random, from, to, ethertype),
    protocol: ethertype === 'IPv4' ? 1 : 58,
    icmpType: random.pick(ethertype === 'IPv4' ? ICMP_TYPES : ICMPV6_TYPES),
    icmpCode: random.pick([0, 0, 0, 1, 3, 255]),
  };
}

function dhcp(random: Dice, from: FirewallPort, to: FirewallPort): Packet {
  const four = random.chance(0.6);
  const asks = random.chance(0.5);
  const [client, server] = four ? [68, 67] : [546, 547];
  const common = ends(random, from, to, four ? 'IPv4' : 'IPv6');
  return {
    ...common,
    ...(four && random.chance(0.4) ? { source: '0.0.0.0' } : {}),
    ...(!four && random.chance(0.6) ? { source: linkLocalAddress(common.sourceMac) } : {}),
    ...(random.chance(0.4) ? { destination: four ? '255.255.255.255' : 'ff02::1:2' } : {}),
    ...(!four && !asks && random.chance(0.5) ? { destination: linkLocalAddress(to.mac_address) } : {}),
    protocol: 17,
    sourcePort: asks ? client : server,
    destinationPort: asks ? server : client,
  };
}

function neighbours(random: Dice, from: FirewallPort, to: FirewallPort): Packet {
  const common = ends(random, from, to, 'IPv6');
  return {
    ...common,
    source: random.one(
      [2, () => common.source],
      [2, () => '::'],
      [2, () => linkLocalAddress(common.sourceMac)],
      [1, () => 'fe80::1'],
    ),
    destination: random.one(
      [1, () => common.destination],
      [2, () => random.pick(['ff02::1', 'ff02::2', 'ff02::16', 'ff02::1:ff00:b', 'ff05::2'])],
    ),
    protocol: 58,
    icmpType: random.pick([130, 131, 132, 133, 134, 135, 136, 143]),
    icmpCode: 0,
  };
}

const NETWORKS = {
  IPv4: [
    '10.0.0.0/24',
    '10.0.0.0/8',
    '203.0.113.0/24',
    '203.0.113.7/32',
    '10.0.0.8/30',
    '0.0.0.0/0',
    '0.0.0.0/1',
  ],
  IPv6: [
    '2001:db8::/64',
    '2001:db8::/32',
    '2001:db8:ffff::/48',
    '::/0',
    'fe80::/10',
    '2001:db8::8/125',
    '8000::/1',
  ],
} as const;

function addressGroup(random: Dice, i: number, { source, destination }: Packet): AddressGroup {
  const own = [source, destination].map((each) => `${each}/${ethertypeOf(each) === 'IPv4' ? 32 : 128}`);
  const all = [...own, ...NETWORKS.IPv4, ...NETWORKS.IPv6];
  return {
    id: uuid('add', i),
    name: `addresses-${i}`,
    addresses: random.chance(0.1) ? [] : random.some(all, 3),
  };
}

interface Ids {
  groups: readonly string[];
  addressGroups: readonly string[];
}

function rules(random: Dice, packet: Packet, ids: Ids, group: number): SecurityGroupRule[] {
  const seen = new Set<string>();
  const made = random.chance(0.08)
    ? []
    : Array.from({ length: 1 + random.below(6) }, () => rule(random, packet, ids));
  return made
    .filter((each) => {
      const key = JSON.stringify(each);
      return !seen.has(key) && seen.add(key);
    })
    .map((each, i) => ({ ...each, id: `${group}.${i}` }));
}

function rule(random: Dice, packet: Packet, ids: Ids): SecurityGroupRule {
  const ethertype = random.chance(0.75) ? ethertypeOf(packet.source) : random.pick(['IPv4', 'IPv6'] as const);
  const protocol = protocolFor(random, packet, ethertype);
  const [port_range_min, port_range_max] = rangeFor(random, packet, protocol);
  const none = { remote_ip_prefix: null, remote_group_id: null, remote_address_group_id: null };
  const remote = random.one<Partial<typeof none> | { [key: string]: string }>(
    [3, () => ({})],
    [3, () => ({ remote_ip_prefix: prefix(random, packet, ethertype) })],
    [2, () => ({ remote_group_id: random.pick(ids.groups) })],
    [
      1,
      () => (ids.addressGroups.length > 0 ? { remote_address_group_id: random.pick(ids.addressGroups) } : {}),
    ],
  );
  const direction = random.pick(['ingress', 'egress'] as const);
  return { id: '', direction, ethertype, protocol, port_range_min, port_range_max, ...none, ...remote };
}

const ONLY_IPV6 = ['ipv6-encap', 'ipv6-frag', 'ipv6-icmp', 'icmpv6', 'ipv6-nonxt', 'ipv6-opts', 'ipv6-route'];
const ONLY_IPV6_NUMBERS = [41, 43, 44, 58, 59, 60];

/** As people write it: a name, or a number. */
function protocolFor(random: Dice, packet: Packet, ethertype: Ethertype): string | null {
  const own =
    packet.protocol === 1 || packet.protocol === 58 ? (ethertype === 'IPv4' ? 1 : 58) : packet.protocol;
  const spellings = [String(own), ...PROTOCOL_NAMES.filter((name) => protocolNumber(name) === own)];
  const legacy = own === 58 ? ['icmp', '1'] : [];
  const chosen = random.one<string | null>(
    [10, () => null],
    [20, () => random.pick([...spellings, ...legacy])],
    [2, () => random.pick(PROTOCOL_NAMES)],
    [1, () => String(random.below(256))],
    [2, () => random.pick(['tcp', 'udp'])],
  );
  if (ethertype === 'IPv6' || chosen === null) return chosen;
  const isOfSix = ONLY_IPV6.includes(chosen) || ONLY_IPV6_NUMBERS.includes(Number(chosen));
  return isOfSix ? null : chosen;
}

function rangeFor(random: Dice, packet: Packet, protocol: string | null): [number | null, number | null] {
  const number = protocolNumber(protocol);
  if (number === undefined || random.chance(0.3)) return [null, null];
  if (isIcmp(number)) {
    const type = random.chance(0.6) ? (packet.icmpType ?? 8) : random.pick([...ICMP_TYPES, ...ICMPV6_TYPES]);
    return [type, random.chance(0.5) ? null : random.pick([0, 0, 1, 3, 255])];
  }
  if (!hasPorts(number)) return [null, null];
  const one = random.chance(0.6) ? (packet.destinationPort ?? 80) : random.pick(PORTS);
  const first = Math.max(1, one - random.pick([0, 0, 0, 1, 100]));
  const last = Math.min(65535, Math.max(first, one + random.pick([-1, 0, 0, 0, 1, 1000])));
  return random.chance(0.05) ? [1, 65535] : [first, last];
}

function prefix(random: Dice, packet: Packet, ethertype: Ethertype): string {
  const [most, middle] = ethertype === 'IPv4' ? [32, 24] : [128, 64];
  const own = [packet.source, packet.destination].filter((each) => ethertypeOf(each) === ethertype);
  if (own.length === 0 || random.chance(0.4)) return random.pick(NETWORKS[ethertype]);
  // with the bits of the host, as people write them
  return `${random.pick(own)}/${random.pick([most, most, most - 1, middle, 0])}`;
}

function translation(random: Dice, packet: Packet, to: FirewallPort) {
  if (ethertypeOf(packet.source) === 'IPv6') return {};
  const [inside] = addressesOf(to, 'IPv4');
  return random.chance(0.5) || inside === undefined ? { source: '203.0.113.99' } : { destination: inside };
}
