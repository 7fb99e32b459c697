import type { Direction } from '../state';
import type { Firewall, FirewallPort, Packet } from './model';
import { addressPairs, isTracked, type Verdict } from './port-filter';
import { ethertypeOf } from './ip';
import { ICMP, ICMPV6 } from './protocols';

/** What the other drivers let out by themselves of ICMPv6: MLD, routers, neighbours. */
const LINK: readonly number[] = [130, 131, 132, 133, 135, 136, 143];

/**
 * Where another driver than iptables decides otherwise about a packet, in sentences; empty if none is known to.
 * Open vSwitch: neutron/agent/linux/openvswitch_firewall/firewall.py; OVN: neutron/common/ovn/acl.py, ovn-northd(8).
 */
export function elsewhere(
  direction: Direction,
  port: FirewallPort,
  packet: Packet,
  verdict: Verdict,
  firewall: Firewall,
): string[] {
  const { protocol, icmpType = 0 } = packet;
  const told: string[] = [];
  if (port.port_security_enabled && !isTracked(port, firewall))
    told.push(
      'The Open vSwitch driver knows no stateless groups: it treats them as stateful, and lets answers pass.',
    );
  if (verdict.by === 'rule' && verdict.state === 'INVALID')
    told.push('The Open vSwitch driver drops what belongs to no known connection before it asks the rules.');
  if (verdict.by === 'icmpv6' && direction === 'egress' && protocol === ICMPV6 && !LINK.includes(icmpType))
    told.push('With Open vSwitch and with OVN this needs an egress rule.');
  if (direction === 'egress' && port.port_security_enabled && verdict.accepted && isUnguarded(port, packet))
    told.push('The Open vSwitch driver drops this: the port has no address of this version of IP.');
  if (verdict.by === 'rule' && protocol === ICMP && verdict.rule.port_range_min === 255 && icmpType !== 255)
    told.push('Only iptables reads type 255 as any type.');
  if (verdict.by === 'dhcp-client' || verdict.by === 'dhcp-answer')
    told.push('With OVN no DHCP server is asked: OVN answers on the spot.');
  return told;
}

function isUnguarded(port: FirewallPort, { source }: Packet): boolean {
  return addressPairs(port, ethertypeOf(source)).length === 0;
}
