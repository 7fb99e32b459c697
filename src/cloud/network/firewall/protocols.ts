/** Names of protocols that a rule may have: neutron_lib/constants.py `IP_PROTOCOL_MAP`. */
const NUMBERS: Readonly<Record<string, number>> = {
  ah: 51,
  dccp: 33,
  egp: 8,
  esp: 50,
  gre: 47,
  hopopt: 0,
  icmp: 1,
  igmp: 2,
  ip: 0,
  ipip: 4,
  'ipv6-encap': 41,
  'ipv6-frag': 44,
  'ipv6-icmp': 58,
  icmpv6: 58,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  'ipv6-route': 43,
  ospf: 89,
  pgm: 113,
  rsvp: 46,
  sctp: 132,
  tcp: 6,
  udp: 17,
  udplite: 136,
  vrrp: 112,
};

export const PROTOCOL_NAMES: readonly string[] = Object.keys(NUMBERS);

export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const ICMPV6 = 58;
export const SCTP = 132;

/** neutron/common/_constants.py `SG_PORT_PROTO_NUMS` */
const WITH_PORTS: readonly number[] = [33, SCTP, TCP, UDP, 136];

/** A header of IPv6 that is not the last one: ip6tables looks at the protocol behind it. */
const EXTENSION_HEADERS: readonly number[] = [43, 44, 51, 60];

export function hasPorts(protocol: number): boolean {
  return WITH_PORTS.includes(protocol);
}

export function isIcmp(protocol: number): boolean {
  return protocol === ICMP || protocol === ICMPV6;
}

export function isExtensionHeader(protocol: number): boolean {
  return EXTENSION_HEADERS.includes(protocol);
}

/** The number of a protocol that has a name or a number; undefined is any, which 0 is as well. */
export function protocolNumber(protocol: string | null): number | undefined {
  if (protocol === null || protocol === 'any') return undefined;
  const number = Object.hasOwn(NUMBERS, protocol) ? NUMBERS[protocol] : Number(protocol);
  return number === 0 ? undefined : number;
}

/** How people call it: TCP, ICMP, or a number. */
export function protocolName(protocol: number): string {
  if (protocol === ICMPV6) return 'ICMPv6';
  const name = PROTOCOL_NAMES.find((each) => NUMBERS[each] === protocol);
  return name === undefined ? `protocol ${protocol}` : name.toUpperCase();
}
