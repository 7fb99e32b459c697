import { answerTo } from './conntrack';
import type { Firewall, FirewallPort, Packet } from './model';
import { filter, isTracked, type Verdict } from './port-filter';

/** A packet, who sends it, and who gets it; undefined is somebody outside, whom no security group protects. */
export interface Conversation {
  from: FirewallPort | undefined;
  to: FirewallPort | undefined;
  /** As it leaves. */
  packet: Packet;
  /** What a router on the way made of its addresses. */
  translated?: { source?: string | undefined; destination?: string | undefined } | undefined;
  /** MAC address of who answers, if that is nobody's port. */
  answeringMac?: string | undefined;
}

/** What happens, in order: it ends with the first drop. */
export interface Exchange {
  /** Out of the source. */
  out: Verdict;
  /** Into the destination; undefined if it did not get there. */
  in?: Verdict | undefined;
  /** The answer; undefined if nothing is answered. */
  answer?: Packet | undefined;
  /** The answer out of the destination. */
  answerOut?: Verdict | undefined;
  /** The answer into the source. */
  answerIn?: Verdict | undefined;
}

const OUTSIDE: Verdict = { accepted: true, state: 'NEW', by: 'outside' };

/**
 * Follows a packet from one port to another, and the answer back. Each port has rules and connection tracking of its
 * own, as with neutron's `iptables_hybrid` driver.
 */
export function exchange(
  { from, to, packet, translated, answeringMac = '' }: Conversation,
  firewall: Firewall,
): Exchange {
  const out = from ? filter('egress', from, packet, firewall, false) : OUTSIDE;
  if (!out.accepted) return { out };
  const { source = packet.source, destination = packet.destination } = translated ?? {};
  const arriving: Packet = { ...packet, source, destination };
  const into = to ? filter('ingress', to, arriving, firewall, false) : OUTSIDE;
  if (!into.accepted) return { out, in: into };
  const there = answerTo(arriving, to?.mac_address ?? answeringMac);
  if (!there) return { out, in: into };
  const answerOut = to ? filter('egress', to, there, firewall, remembers(to, into, firewall)) : OUTSIDE;
  if (!answerOut.accepted) return { out, in: into, answer: there, answerOut };
  const back: Packet = { ...there, source: packet.destination, destination: packet.source };
  const answerIn = from ? filter('ingress', from, back, firewall, remembers(from, out, firewall)) : OUTSIDE;
  return { out, in: into, answer: there, answerOut, answerIn };
}

/** Whether a port's connection tracking has an entry of what it let through. */
function remembers(port: FirewallPort, { state }: Verdict, firewall: Firewall): boolean {
  return state === 'NEW' && (!port.port_security_enabled || isTracked(port, firewall));
}

/** Whether the packet got there, and the answer, if there is one, came back. */
export function works({ out, in: into, answer, answerOut, answerIn }: Exchange): boolean {
  if (!out.accepted || !into?.accepted) return false;
  return answer === undefined || (answerOut?.accepted === true && answerIn?.accepted === true);
}
