import type { RuleMatch } from '../state';

/** A rule as the Network API has it. */
export interface SecurityGroupRule extends RuleMatch {
  id: string;
}

export interface SecurityGroup {
  id: string;
  name: string;
  stateful: boolean;
  security_group_rules: readonly SecurityGroupRule[];
}

export interface AddressGroup {
  id: string;
  name: string;
  addresses: readonly string[];
}

/** What the firewall reads of a port. */
export interface FirewallPort {
  id: string;
  mac_address: string;
  fixed_ips: readonly { ip_address: string }[];
  allowed_address_pairs: readonly { ip_address: string; mac_address: string }[];
  port_security_enabled: boolean;
  /** Ids of its groups, in the order in which the driver gets them. */
  security_groups: readonly string[];
}

/** Everything that decides about a packet. */
export interface Firewall {
  groups: readonly SecurityGroup[];
  addressGroups: readonly AddressGroup[];
  /** Also those on other hosts: they are the members of remote groups. */
  ports: readonly FirewallPort[];
}

/** What a TCP segment says it is. */
export type TcpFlags = 'SYN' | 'SYN,ACK' | 'ACK' | 'FIN,ACK' | 'RST';

/** A packet on the wire. */
export interface Packet {
  /** MAC address of the card that sends it. */
  sourceMac: string;
  source: string;
  destination: string;
  /** Number of the protocol. */
  protocol: number;
  /** Of TCP, UDP, SCTP, UDP-Lite and DCCP. */
  sourcePort?: number | undefined;
  destinationPort?: number | undefined;
  /** Of ICMP and ICMPv6. */
  icmpType?: number | undefined;
  icmpCode?: number | undefined;
  /** Of TCP; SYN if it is not said. */
  tcpFlags?: TcpFlags | undefined;
}
