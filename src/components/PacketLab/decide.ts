import { elsewhere } from '../../cloud/network/firewall/elsewhere';
import { exchange, works, type Exchange } from '../../cloud/network/firewall/exchange';
import type { Firewall, FirewallPort, Packet } from '../../cloud/network/firewall/model';
import { groupsOf, type Verdict } from '../../cloud/network/firewall/port-filter';
import { ICMP, ICMPV6, TCP, UDP } from '../../cloud/network/firewall/protocols';
import { ruleWords, whyNot } from '../../cloud/network/firewall/why-not';
import type { Direction } from '../../cloud/network/state';
import type { LabCase, LabServer, Traffic } from './case';
import { routeOf, type Route } from './route';
import { asStored, problemOf } from './rule';

/** A rule that was asked, and why it did not let the packet pass; empty if it does. */
export interface Asked {
  group: string;
  rule: string;
  why: string;
  decides: boolean;
}

/** What happened at a port. */
export interface Step {
  at: 'out' | 'in' | 'answerOut' | 'answerIn';
  direction: Direction;
  server: LabServer;
  packet: Packet;
  verdict: Verdict;
  asked: Asked[];
  /** Where another driver decides otherwise. */
  elsewhere: string[];
}

export type Outcome =
  | { kind: 'passes' | 'dropped'; route: Route; exchange: Exchange; steps: Step[] }
  | { kind: 'unreachable'; problem: string };

/** What becomes of the packet of a case: the cloud's own security groups decide, nothing is decided here. */
export function decide(labCase: LabCase): Outcome {
  const route = routeOf(labCase);
  if ('problem' in route) return { kind: 'unreachable', problem: route.problem };
  const firewall = firewallOf(labCase);
  const portOf = (server: LabServer | undefined) => firewall.ports.find(({ id }) => id === server?.name);
  const from = portOf(route.from);
  const packet: Packet = {
    ...packetOf(labCase.traffic),
    sourceMac: from?.mac_address ?? '',
    source: route.source,
    destination: route.destination,
  };
  const { translated } = route;
  const found = exchange({ from, to: portOf(route.to), packet, translated }, firewall);
  const seen = {
    out: packet,
    in: { ...packet, ...translated },
    answerOut: found.answer,
    answerIn: found.answer && { ...found.answer, source: packet.destination, destination: packet.source },
  };
  const steps = (['out', 'in', 'answerOut', 'answerIn'] as const).flatMap((at): Step[] => {
    const server = at === 'out' || at === 'answerIn' ? route.from : route.to;
    const port = portOf(server);
    const verdict = found[at];
    const here = seen[at];
    if (!server || !port || !verdict || !here) return [];
    const direction = at === 'out' || at === 'answerOut' ? 'egress' : 'ingress';
    return [
      {
        at,
        direction,
        server,
        packet: here,
        verdict,
        asked: askedAt(direction, port, here, verdict, firewall),
        elsewhere: elsewhere(direction, port, here, verdict, firewall),
      },
    ];
  });
  return { kind: works(found) ? 'passes' : 'dropped', route, exchange: found, steps };
}

/** Every rule of a port's groups for this direction. */
function askedAt(
  direction: Direction,
  port: FirewallPort,
  packet: Packet,
  verdict: Verdict,
  firewall: Firewall,
): Asked[] {
  if (!port.port_security_enabled) return [];
  return groupsOf(port, firewall).flatMap((group) =>
    group.security_group_rules
      .filter((rule) => rule.direction === direction)
      .map((rule) => ({
        group: group.name,
        rule: ruleWords(rule, firewall),
        why: whyNot(rule, packet, firewall),
        decides: verdict.by === 'rule' && verdict.rule === rule,
      })),
  );
}

function packetOf({
  protocol,
  port,
  icmpType,
  flags,
  ethertype,
}: Traffic): Omit<Packet, 'sourceMac' | 'source' | 'destination'> {
  const ports = { sourcePort: protocol === 'udp' && port === 67 ? 68 : 40000, destinationPort: port };
  if (protocol === 'tcp') return { protocol: TCP, ...ports, tcpFlags: flags };
  if (protocol === 'udp') return { protocol: UDP, ...ports };
  if (protocol !== 'icmp') return { protocol: Number(protocol), ...ports };
  // people say 8 for an echo request; ICMPv6 says 128
  const asked = ethertype === 'IPv6' && icmpType === 8 ? 128 : icmpType;
  return { protocol: ethertype === 'IPv6' ? ICMPV6 : ICMP, icmpType: asked, icmpCode: 0 };
}

/** The case as neutron has it. Rules that it would refuse are not there. */
export function firewallOf(labCase: LabCase): Firewall {
  const macOf = (i: number) => `fa:16:3e:00:00:${(i + 16).toString(16)}`;
  return {
    groups: labCase.groups.map(({ name, stateful, rules }) => ({
      id: name,
      name,
      stateful,
      security_group_rules: rules
        .filter((rule) => problemOf(rule, labCase) === '')
        .map((rule, i) => asStored(rule, `${name}.${i}`)),
    })),
    addressGroups: labCase.addressGroups.map(({ name, addresses }) => ({ id: name, name, addresses })),
    ports: labCase.servers.map((server, i) => ({
      id: server.name,
      mac_address: macOf(i),
      fixed_ips: server.addresses.map((address) => ({ ip_address: address })),
      allowed_address_pairs: server.pairs.map((address) => ({ ip_address: address, mac_address: macOf(i) })),
      port_security_enabled: server.portSecurity,
      security_groups: server.portSecurity ? server.groups : [],
    })),
  };
}
