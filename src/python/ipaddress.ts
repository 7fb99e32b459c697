/** Python's ipaddress, as far as it says whether a text is a network: `ip_network()` and `IPv4Network()`. */
import { repr } from './repr';

/** Why a text is no network of version 4 or 6, in Python's words; undefined for one that is. */
export function ipNetworkError(text: string): string | undefined {
  for (const network of [parseV4(text), parseV6(text)]) {
    if (typeof network === 'string') continue;
    return hasHostBits(network) ? `${text} has host bits set` : undefined;
  }
  return `${repr(text)} does not appear to be an IPv4 or IPv6 network`;
}

/** Why a text is no network of version 4, in Python's words; undefined for one that is. */
export function ipv4NetworkError(text: string): string | undefined {
  const network = parseV4(text);
  if (typeof network === 'string') return network;
  return hasHostBits(network) ? `${text} has host bits set` : undefined;
}

/** Whether two texts are the same network: `ip_network(a) == ip_network(b)`. A text that is none is the same as no other. */
export function sameNetwork(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) =>
    [parseV4(text), parseV6(text)].find((network) => typeof network !== 'string'),
  );
  if (one === undefined || other === undefined) return false;
  return (
    a.includes(':') === b.includes(':') && one.address === other.address && one.hostBits === other.hostBits
  );
}

interface Network {
  address: bigint;
  /** Bits of an address that belong to the host. */
  hostBits: number;
}

function hasHostBits({ address, hostBits }: Network): boolean {
  return (address & ((1n << BigInt(hostBits)) - 1n)) !== 0n;
}

/** The network, or what is wrong with it. */
function parseV4(text: string): Network | string {
  const [address = '', mask, more] = text.split('/');
  if (more !== undefined) return `Only one '/' permitted in ${repr(text)}`;
  if (address === '') return 'Address cannot be empty';
  const octets = address.split('.');
  if (octets.length !== 4) return `Expected 4 octets in ${repr(address)}`;
  let value = 0n;
  for (const octet of octets) {
    const wrong = octetError(octet);
    if (wrong !== undefined) return `${wrong} in ${repr(address)}`;
    value = value * 256n + BigInt(octet);
  }
  const prefix = mask === undefined ? 32 : prefixOf(mask);
  return prefix === undefined
    ? `${repr(mask)} is not a valid netmask`
    : { address: value, hostBits: 32 - prefix };
}

function octetError(octet: string): string | undefined {
  if (octet === '') return 'Empty octet not permitted';
  if (!/^[0-9]+$/.test(octet)) return `Only decimal digits permitted in ${repr(octet)}`;
  if (octet.length > 3) return `At most 3 characters permitted in ${repr(octet)}`;
  if (octet !== '0' && octet.startsWith('0')) return `Leading zeros are not permitted in ${repr(octet)}`;
  return Number(octet) > 255 ? `Octet ${Number(octet)} (> 255) not permitted` : undefined;
}

/** How many bits a mask leaves to the network: `24`, `255.255.255.0` and `0.0.0.255` are the same. */
function prefixOf(mask: string): number | undefined {
  if (/^[0-9]+$/.test(mask)) return Number(mask) <= 32 ? Number(mask) : undefined;
  const octets = mask.split('.');
  if (octets.length !== 4 || octets.some((octet) => octetError(octet) !== undefined)) return undefined;
  const bits = octets.map((octet) => Number(octet).toString(2).padStart(8, '0')).join('');
  if (/^1*0*$/.test(bits)) return bits.indexOf('0') < 0 ? 32 : bits.indexOf('0');
  return /^0*1*$/.test(bits) ? bits.indexOf('1') : undefined;
}

function parseV6(text: string): Network | string {
  const [whole = '', mask = '128', more] = text.split('/');
  const [address = ''] = whole.split('%');
  const wrong = 'no network of version 6';
  if (more !== undefined || !/^[0-9]+$/.test(mask) || Number(mask) > 128) return wrong;
  const [head = '', tail, third] = address.split('::');
  if (third !== undefined) return wrong;
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  if (left === undefined || right === undefined) return wrong;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return wrong;
  const all = [...left, ...Array.from({ length: missing }, () => 0n), ...right];
  return { address: all.reduce((sum, group) => sum * 65536n + group, 0n), hostBits: 128 - Number(mask) };
}

/** The groups of one side of `::`; the last may be an address of version 4. */
function groups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const words = text.split(':');
  const last = words.at(-1) ?? '';
  const four = last.includes('.') ? parseV4(last) : undefined;
  if (typeof four === 'string') return undefined;
  const hex = four === undefined ? words : words.slice(0, -1);
  if (!hex.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  const values = hex.map((word) => BigInt(`0x${word}`));
  return four === undefined ? values : [...values, four.address >> 16n, four.address & 65535n];
}
