import { stateAlone, type ConnectionState } from './conntrack';
import type { Direction, Ethertype } from '../state';
import { ethertypeOf, isIn, linkLocalAddress, sameAddress } from './ip';
import type { Firewall, FirewallPort, Packet, SecurityGroup, SecurityGroupRule } from './model';
import { ICMPV6, UDP } from './protocols';
import { ruleMatches } from './rules';

/** What decides when no rule of a group does. */
export type BuiltIn =
  /** Asking for an address is always allowed. */
  | 'dhcp-client'
  /** Giving out addresses never is. */
  | 'dhcp-server'
  /** Addresses that a DHCP server gives out to the port. */
  | 'dhcp-answer'
  /** What IPv6 needs to find neighbours and routers. */
  | 'icmpv6'
  | 'router-advertisement'
  /** The source is not one that the port may use. */
  | 'address-pair'
  /** It belongs to a connection that was let through. */
  | 'established'
  /** It claims to belong to a connection, and none is known. */
  | 'invalid'
  | 'no-rule'
  | 'port-security-off'
  /** No port of this cloud: nobody filters there. */
  | 'outside';

/** What becomes of a packet at one port, and what decides. */
export type Verdict = {
  accepted: boolean;
  /** What connection tracking says of the packet. */
  state: ConnectionState;
} & ({ by: 'rule'; rule: SecurityGroupRule; group: SecurityGroup } | { by: BuiltIn });

const ACCEPTED: Readonly<Record<BuiltIn, boolean>> = {
  'dhcp-client': true,
  'dhcp-server': false,
  'dhcp-answer': true,
  icmpv6: true,
  'router-advertisement': false,
  'address-pair': false,
  established: true,
  invalid: false,
  'no-rule': false,
  'port-security-off': true,
  outside: true,
};

const ROUTER_ADVERTISEMENT = 134;

/** Queries of listeners, neighbours: always let in. neutron/agent/firewall.py `ICMPV6_ALLOWED_INGRESS_TYPES` */
const ICMPV6_IN: readonly number[] = [130, 135, 136];

/** From a card without an address yet: `ICMPV6_ALLOWED_UNSPEC_ADDR_TYPES` of neutron_lib. */
const ICMPV6_FROM_NOBODY: readonly number[] = [131, 135, 143];

/**
 * Decides about a packet that leaves a port (`egress`) or comes to it (`ingress`), as the rules do that neutron's
 * iptables driver writes for it (neutron/agent/linux/iptables_firewall.py), in their order.
 *
 * @param known whether it answers a packet that this port's connection tracking has seen.
 */
export function filter(
  direction: Direction,
  port: FirewallPort,
  packet: Packet,
  firewall: Firewall,
  known: boolean,
): Verdict {
  const state = stateAt(port, packet, firewall, known);
  const builtIn = (by: BuiltIn): Verdict => ({ accepted: ACCEPTED[by], state, by });
  if (!port.port_security_enabled) return builtIn('port-security-off');
  const before = direction === 'egress' ? fixedEgress(port, packet) : fixedIngress(packet);
  if (before) return builtIn(before);
  if (state === 'ESTABLISHED') return builtIn('established');
  const provider = direction === 'ingress' ? providerRule(port, packet) : undefined;
  if (provider) return builtIn(provider);
  for (const group of groupsOf(port, firewall))
    for (const rule of group.security_group_rules)
      if (rule.direction === direction && ruleMatches(rule, packet, firewall))
        return { accepted: true, state, by: 'rule', rule, group };
  return builtIn(state === 'INVALID' ? 'invalid' : 'no-rule');
}

export function groupsOf(port: FirewallPort, { groups }: Firewall): SecurityGroup[] {
  return port.security_groups.flatMap((id) => groups.filter((group) => group.id === id));
}

/**
 * Whether connections are tracked at a port: `_are_sg_rules_stateful`. The first rule of its first group decides, so a
 * stateless group without a rule counts as stateful.
 */
export function isTracked(port: FirewallPort, firewall: Firewall): boolean {
  const [first] = groupsOf(port, firewall);
  return first === undefined || first.stateful || first.security_group_rules.length === 0;
}

function stateAt(port: FirewallPort, packet: Packet, firewall: Firewall, known: boolean): ConnectionState {
  if (port.port_security_enabled && !isTracked(port, firewall)) return 'UNTRACKED';
  const alone = stateAlone(packet);
  return known && alone !== 'UNTRACKED' ? 'ESTABLISHED' : alone;
}

/** `_add_fixed_egress_rules` */
function fixedEgress(port: FirewallPort, packet: Packet): BuiltIn | undefined {
  const { source, destination, protocol, icmpType = 0 } = packet;
  const four = ethertypeOf(source) === 'IPv4';
  if (four && isUdp(packet, 68, 67) && isIn(source, '0.0.0.0') && isIn(destination, '255.255.255.255'))
    return 'dhcp-client';
  if (
    protocol === ICMPV6 &&
    isIn(source, '::') &&
    isIn(destination, 'ff02::/16') &&
    ICMPV6_FROM_NOBODY.includes(icmpType)
  )
    return 'icmpv6';
  const pairs = addressPairs(port, four ? 'IPv4' : 'IPv6');
  if (pairs.length > 0 && !pairs.some((pair) => pairAllows(pair, packet))) return 'address-pair';
  if (protocol === ICMPV6) return icmpType === ROUTER_ADVERTISEMENT ? 'router-advertisement' : 'icmpv6';
  if (isUdp(packet, four ? 68 : 546, four ? 67 : 547)) return 'dhcp-client';
  if (isUdp(packet, four ? 67 : 547, four ? 68 : 546)) return 'dhcp-server';
  return undefined;
}

/** `_accept_inbound_icmpv6` */
function fixedIngress({ protocol, icmpType = 0 }: Packet): BuiltIn | undefined {
  return protocol === ICMPV6 && ICMPV6_IN.includes(icmpType) ? 'icmpv6' : undefined;
}

/** neutron/db/securitygroups_rpc_base.py `_apply_provider_rule` */
function providerRule({ fixed_ips: fixed }: FirewallPort, packet: Packet): BuiltIn | undefined {
  const { destination, protocol, icmpType } = packet;
  const isOwn = fixed.some(({ ip_address: address }) => sameAddress(address, destination));
  if (ethertypeOf(destination) === 'IPv4')
    return isUdp(packet, 67, 68) && (isOwn || isIn(destination, '255.255.255.255'))
      ? 'dhcp-answer'
      : undefined;
  if (isUdp(packet, 547, 546) && (isOwn || isIn(destination, 'fe80::/64'))) return 'dhcp-answer';
  const hasSix = fixed.some(({ ip_address: address }) => ethertypeOf(address) === 'IPv6');
  return protocol === ICMPV6 && icmpType === ROUTER_ADVERTISEMENT && hasSix ? 'icmpv6' : undefined;
}

function isUdp({ protocol, sourcePort, destinationPort }: Packet, from: number, to: number): boolean {
  return protocol === UDP && sourcePort === from && destinationPort === to;
}

/** Who a port may say it is. Without an address any is right. */
export interface AddressPair {
  mac: string;
  address?: string;
}

/**
 * What a port may send as, of one version of IP: `_spoofing_rule`. None means that nobody looks, which is so for a
 * version that the port has no address of.
 */
export function addressPairs(port: FirewallPort, ethertype: Ethertype): AddressPair[] {
  const own = port.fixed_ips.map(({ ip_address: address }) => ({ mac: port.mac_address, address }));
  const more = port.allowed_address_pairs.map(({ mac_address: mac, ip_address: address }) => ({
    mac,
    address,
  }));
  const pairs: AddressPair[] = [...more, ...own]
    .filter(({ address }) => ethertypeOf(address) === ethertype)
    .flatMap((pair) =>
      ethertype === 'IPv6' ? [pair, { mac: pair.mac, address: linkLocalAddress(pair.mac) }] : [pair],
    );
  return own.length === 0 ? [...pairs, { mac: port.mac_address }] : pairs;
}

function pairAllows({ mac, address }: AddressPair, { sourceMac, source }: Packet): boolean {
  return mac.toLowerCase() === sourceMac.toLowerCase() && (address === undefined || isIn(source, address));
}
