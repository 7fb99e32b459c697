import type { Direction, Ethertype } from '../state';
import { ethertypeOf, isIn } from './ip';
import type { Firewall, Packet, SecurityGroupRule } from './model';
import { hasPorts, ICMP, ICMPV6, isExtensionHeader, isIcmp, protocolNumber } from './protocols';

/**
 * Whether a rule lets a packet through: neutron/agent/linux/iptables_firewall.py `_convert_sg_rule_to_iptables_args`,
 * and what iptables makes of it.
 */
export function ruleMatches(rule: SecurityGroupRule, packet: Packet, firewall: Firewall): boolean {
  const ethertype = ethertypeOf(packet.source);
  return (
    rule.ethertype === ethertype &&
    remoteMatches(rule, packet, firewall) &&
    protocolMatches(rule, packet) &&
    portsMatch(rule, packet)
  );
}

/** The protocol that a rule names, as a number: in a rule for IPv6, ICMP is ICMPv6. */
export function protocolOf({ protocol, ethertype }: SecurityGroupRule): number | undefined {
  const number = protocolNumber(protocol);
  return number === ICMP && ethertype === 'IPv6' ? ICMPV6 : number;
}

function protocolMatches(rule: SecurityGroupRule, packet: Packet): boolean {
  const protocol = protocolOf(rule);
  if (protocol === undefined) return true;
  return protocol === packet.protocol && !(rule.ethertype === 'IPv6' && isExtensionHeader(protocol));
}

function portsMatch(rule: SecurityGroupRule, packet: Packet): boolean {
  const { port_range_min: first, port_range_max: last } = rule;
  const protocol = protocolOf(rule);
  if (first === null || protocol === undefined) return true;
  if (isIcmp(protocol)) return icmpMatches(protocol, first, last, packet);
  // neutron stores all of them as none
  if (!hasPorts(protocol) || (first === 1 && last === 65535)) return true;
  const { destinationPort = 0 } = packet;
  return first <= destinationPort && destinationPort <= (last ?? first);
}

function icmpMatches(protocol: number, type: number, code: number | null, packet: Packet): boolean {
  // iptables reads 255 as any
  if (protocol === ICMP && type === 255) return true;
  return type === packet.icmpType && (code === null || code === (packet.icmpCode ?? 0));
}

function remoteMatches(rule: SecurityGroupRule, packet: Packet, firewall: Firewall): boolean {
  const remote = remoteOf(rule.direction, packet);
  if (rule.remote_group_id !== null)
    return membersOf(rule.remote_group_id, rule.ethertype, firewall).some((each) => isIn(remote, each));
  if (rule.remote_address_group_id !== null)
    return addressesOf(rule.remote_address_group_id, firewall).some((each) => isIn(remote, each));
  return rule.remote_ip_prefix === null || isIn(remote, rule.remote_ip_prefix);
}

/** The far end of a packet, seen from the port that the rule protects. */
export function remoteOf(direction: Direction, { source, destination }: Packet): string {
  return direction === 'ingress' ? source : destination;
}

/**
 * The addresses that stand for a group: those of its ports, and what these may send besides
 * (neutron/api/rpc/handlers/securitygroups_rpc.py `_select_ips_for_remote_group`). No floating IP is among them.
 */
export function membersOf(group: string, ethertype: Ethertype, { ports }: Firewall): string[] {
  return ports
    .filter(({ security_groups: groups }) => groups.includes(group))
    .flatMap(({ fixed_ips: fixed, allowed_address_pairs: pairs }) => [...fixed, ...pairs])
    .map(({ ip_address: address }) => address)
    .filter((address) => ethertypeOf(address) === ethertype);
}

export function addressesOf(id: string, { addressGroups }: Firewall): readonly string[] {
  return addressGroups.find((group) => group.id === id)?.addresses ?? [];
}
