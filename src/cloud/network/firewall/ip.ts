import { contains, eui64, formatAddress, parseAddress, parseNetwork } from '../ip';
import type { Ethertype } from '../state';

const LINK_LOCAL = { version: 6, value: 0xfe80n << 112n, prefixlen: 64 } as const;

/** Which version of IP an address or a network is of. */
export function ethertypeOf(text: string): Ethertype {
  return text.includes(':') ? 'IPv6' : 'IPv4';
}

/** Whether an address is in a network; an address alone is a network of one. False if either is none. */
export function isIn(address: string, network: string): boolean {
  const one = parseAddress(address);
  const all = parseNetwork(network);
  return one !== undefined && all !== undefined && contains(all, one);
}

/** Whether two addresses are the same, however they are written. */
export function sameAddress(a: string, b: string): boolean {
  return !b.includes('/') && isIn(a, b);
}

/** The address that a card gives itself on its link: oslo.utils `netutils.get_ipv6_addr_by_EUI64` of `fe80::/64`. */
export function linkLocalAddress(mac: string): string {
  return formatAddress(eui64(LINK_LOCAL, mac));
}
