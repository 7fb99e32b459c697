import type { Verdict } from '../../cloud/network/firewall/port-filter';
import { protocolName } from '../../cloud/network/firewall/protocols';
import type { Packet } from '../../cloud/network/firewall/model';
import { ruleWords } from '../../cloud/network/firewall/why-not';
import type { LabCase } from './case';
import { firewallOf, type Outcome, type Step } from './decide';

/** A packet in a few words: `TCP 22 (SYN)`, `ICMP type 8`. */
export function packetWords({ protocol, destinationPort, icmpType, tcpFlags }: Packet): string {
  const name = protocolName(protocol);
  if (icmpType !== undefined) return `${name} type ${icmpType}`;
  return `${name} to port ${destinationPort ?? 0}${tcpFlags === undefined ? '' : ` (${tcpFlags})`}`;
}

const TITLES: Readonly<Record<Step['at'], (name: string) => string>> = {
  out: (name) => `Out of ${name}`,
  in: (name) => `Into ${name}`,
  answerOut: (name) => `The answer, out of ${name}`,
  answerIn: (name) => `The answer, into ${name}`,
};

export function titleOf({ at, server }: Step): string {
  return TITLES[at](server.name);
}

/** What decided at a port, in a sentence. */
export function reasonOf({ verdict, direction, packet, server }: Step, labCase: LabCase): string {
  const way = direction === 'ingress' ? 'in' : 'out';
  if (verdict.by === 'rule')
    return `The group ${verdict.group.name} lets it ${way}: ${ruleWords(verdict.rule, firewallOf(labCase))}.`;
  return BUILT_IN[verdict.by](way, packet, server.groups.length);
}

type Words = (way: 'in' | 'out', packet: Packet, groups: number) => string;

const BUILT_IN: Readonly<Record<Exclude<Verdict['by'], 'rule'>, Words>> = {
  'no-rule': (way, _, groups) =>
    groups === 0
      ? `The port has no group, so nothing lets it ${way}.`
      : `No rule of its groups lets it ${way}. What no rule lets pass is dropped.`,
  established: () =>
    'It belongs to a connection that was let through before. A stateful group lets answers pass.',
  invalid: () =>
    'It says that it belongs to a connection, and none is known. No rule lets it pass either, so it is dropped.',
  'address-pair': (_, { source }) =>
    `The port may not send as ${source}: it is neither its address nor an allowed address pair. This comes before all rules.`,
  'port-security-off': () =>
    'Port security is off. Nothing is filtered at this port, and its groups do not count.',
  'dhcp-client': () => 'A server may always ask for its address (DHCP). No rule is needed.',
  'dhcp-answer': () => 'What a DHCP server says to the port is always let in. No rule is needed.',
  'dhcp-server': () => 'A server may not give out addresses (DHCP). No rule can allow it.',
  'router-advertisement': () => 'A server may not say that it is a router. No rule can allow it.',
  icmpv6: (way) =>
    way === 'in'
      ? 'Neighbours and routers of IPv6 are always let in. No rule is needed.'
      : 'ICMPv6 is always let out. No rule is needed.',
  outside: () => 'Nobody filters outside.',
};

/** Where it ended, or what let it get to its destination. */
export function deciding(outcome: Outcome): Step | undefined {
  if (outcome.kind === 'unreachable') return undefined;
  const { steps } = outcome;
  return outcome.kind === 'dropped' ? steps.at(-1) : steps.findLast(({ at }) => at === 'out' || at === 'in');
}

const TENSES = {
  present: { is: 'is', gets: 'gets', comes: 'comes', answers: 'answers' },
  past: { is: 'was', gets: 'got', comes: 'came', answers: 'answered' },
} as const;

/** The outcome in a sentence; in the past, what it was before. */
export function sentence(outcome: Outcome, tense: keyof typeof TENSES = 'present'): string {
  const { is, gets, comes, answers } = TENSES[tense];
  const it = tense === 'past' ? 'Before, it' : 'It';
  if (outcome.kind === 'unreachable')
    return tense === 'past' ? 'Before, there was no way.' : `There is no way. ${outcome.problem}`;
  const { route, exchange, steps } = outcome;
  const to = route.to?.name ?? 'outside';
  const from = route.from?.name ?? 'outside';
  if (outcome.kind === 'passes')
    return exchange.answer === undefined
      ? `${it} ${gets} from ${from} to ${to}. Nothing ${answers} it.`
      : `${it} ${gets} from ${from} to ${to}, and the answer ${comes} back.`;
  const last = steps.at(-1);
  const where =
    last?.direction === 'ingress'
      ? `on its way into ${last.server.name}`
      : `on its way out of ${last?.server.name ?? ''}`;
  const what =
    last?.at === 'answerOut' || last?.at === 'answerIn' ? `${it} ${gets} to ${to}, but the answer` : it;
  return `${what} ${is} dropped ${where}.`;
}
