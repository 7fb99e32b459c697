import { ethertypeOf, isIn } from './ip';
import type { Packet, TcpFlags } from './model';
import { ICMP, ICMPV6, TCP } from './protocols';

/** What connection tracking says of a packet, in the words of iptables. */
export type ConnectionState = 'NEW' | 'ESTABLISHED' | 'INVALID' | 'UNTRACKED';

/** The question and its answer: types of ICMP messages that begin something. */
const ICMP_ANSWERS: Readonly<Record<number, number>> = { 8: 0, 13: 14, 15: 16, 17: 18 };
const ICMPV6_ANSWERS: Readonly<Record<number, number>> = { 128: 129, 139: 140 };

/** Neighbours, routers and listeners of a link are asked without being tracked; these two get an answer. */
const UNTRACKED_ICMPV6: readonly number[] = [130, 131, 132, 133, 134, 135, 136, 143];
const LINK_ANSWERS: Readonly<Record<number, number>> = { 133: 134, 135: 136 };

/** What the other side sends back, if all is well there. Nothing answers a RST. */
const TCP_ANSWERS: Readonly<Record<TcpFlags, TcpFlags | undefined>> = {
  SYN: 'SYN,ACK',
  'SYN,ACK': 'RST',
  ACK: 'ACK',
  'FIN,ACK': 'ACK',
  RST: undefined,
};

/**
 * What Linux makes of a packet that belongs to no connection it knows: net/netfilter/nf_conntrack_proto_*.c. A TCP ACK
 * counts as a connection that began earlier, a SYN,ACK, FIN or RST does not; of ICMP only questions begin anything.
 */
export function stateAlone({ protocol, tcpFlags = 'SYN', icmpType = 0 }: Packet): ConnectionState {
  if (protocol === TCP) return tcpFlags === 'SYN' || tcpFlags === 'ACK' ? 'NEW' : 'INVALID';
  if (protocol === ICMP) return icmpType in ICMP_ANSWERS ? 'NEW' : 'INVALID';
  if (protocol !== ICMPV6) return 'NEW';
  if (UNTRACKED_ICMPV6.includes(icmpType)) return 'UNTRACKED';
  return icmpType in ICMPV6_ANSWERS ? 'NEW' : 'INVALID';
}

/** What comes back for a packet, undefined if nothing does. */
export function answerTo(packet: Packet, mac: string): Packet | undefined {
  const { source, destination, sourcePort, destinationPort, protocol, icmpType = 0 } = packet;
  if (isForMany(destination) || isNobody(source)) return undefined;
  const answer: Packet = {
    ...packet,
    sourceMac: mac,
    source: destination,
    destination: source,
    sourcePort: destinationPort,
    destinationPort: sourcePort,
  };
  if (protocol === TCP) {
    const tcpFlags = TCP_ANSWERS[packet.tcpFlags ?? 'SYN'];
    return tcpFlags && { ...answer, tcpFlags };
  }
  if (protocol !== ICMP && protocol !== ICMPV6) return answer;
  const answers = protocol === ICMP ? ICMP_ANSWERS : { ...ICMPV6_ANSWERS, ...LINK_ANSWERS };
  const type = answers[icmpType];
  return type === undefined ? undefined : { ...answer, icmpType: type };
}

function isForMany(address: string): boolean {
  return ethertypeOf(address) === 'IPv6'
    ? isIn(address, 'ff00::/8')
    : isIn(address, '224.0.0.0/4') || isIn(address, '255.255.255.255');
}

function isNobody(address: string): boolean {
  return isIn(address, '0.0.0.0') || isIn(address, '::');
}
