/** IP addresses as numbers: enough to say whether one is in a network. */

export type Ethertype = 'IPv4' | 'IPv6';

export interface IpNetwork {
  ethertype: Ethertype;
  /** The address as a number, with the bits of the host. */
  address: bigint;
  prefixLength: number;
}

const BITS = { IPv4: 32, IPv6: 128 } as const;

/** Reads `192.0.2.1`, `192.0.2.0/24`, `2001:db8::1` or `2001:db8::/32`; undefined if it is none. */
export function parseNetwork(text: string): IpNetwork | undefined {
  const [host = '', length, more] = text.split('/');
  const ethertype = host.includes(':') ? 'IPv6' : 'IPv4';
  const address = ethertype === 'IPv6' ? parse6(host) : parse4(host);
  if (address === undefined || more !== undefined) return undefined;
  if (length === undefined) return { ethertype, address, prefixLength: BITS[ethertype] };
  const prefixLength = /^\d{1,3}$/.test(length) ? Number(length) : Infinity;
  return prefixLength <= BITS[ethertype] ? { ethertype, address, prefixLength } : undefined;
}

function parse4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parse6(text: string): bigint | undefined {
  const halves = withHextets(text).split('::');
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const parts = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (!parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  return parts.reduce((sum, part) => sum * 65536n + BigInt(`0x${part}`), 0n);
}

/** `::ffff:192.0.2.1` with its last four bytes as hexadecimal numbers. */
function withHextets(text: string): string {
  const at = text.lastIndexOf(':') + 1;
  const last = text.includes('.') ? parse4(text.slice(at)) : undefined;
  if (last === undefined) return text;
  return `${text.slice(0, at)}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`;
}

/** Which version of IP an address or a network is of. */
export function ethertypeOf(text: string): Ethertype {
  return text.includes(':') ? 'IPv6' : 'IPv4';
}

/** Whether an address is in a network; an address alone is a network of one. False if either is none. */
export function isIn(address: string, network: string): boolean {
  const one = parseNetwork(address);
  const all = parseNetwork(network);
  if (!one || !all || one.ethertype !== all.ethertype) return false;
  const hostBits = BigInt(BITS[all.ethertype] - all.prefixLength);
  return one.address >> hostBits === all.address >> hostBits;
}

/** Whether two addresses are the same, however they are written. */
export function sameAddress(a: string, b: string): boolean {
  const one = parseNetwork(a);
  return one !== undefined && one.address === parseNetwork(b)?.address && ethertypeOf(a) === ethertypeOf(b);
}

/** The address that a card gives itself on its link: oslo.utils `netutils.get_ipv6_addr_by_EUI64` of `fe80::/64`. */
export function linkLocalAddress(mac: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac.split(':').map((byte) => parseInt(byte, 16));
  const hextets = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return `fe80::${hextets.map((hextet) => hextet.toString(16)).join(':')}`;
}
