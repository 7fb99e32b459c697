/** Addresses and ranges of IPv4 and IPv6: the part of Python's netaddr that neutron needs. */

export type IpVersion = 4 | 6;

export interface IpAddress {
  version: IpVersion;
  value: bigint;
}

/** A range as it was given: `10.0.0.5/8` keeps its host bits in `value`. */
export interface IpNetwork extends IpAddress {
  prefixlen: number;
}

const bits = (version: IpVersion): number => (version === 4 ? 32 : 128);

/** `netaddr.IPAddress(text)`; undefined for what is none. */
export function parseAddress(text: unknown): IpAddress | undefined {
  if (typeof text !== 'string') return undefined;
  if (text.includes(':')) {
    const value = parseIpv6(text);
    return value === undefined ? undefined : { version: 6, value };
  }
  const value = parseIpv4(text);
  return value === undefined ? undefined : { version: 4, value };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted !== null) {
    const low = parseIpv4(dotted[2] ?? '');
    if (low === undefined) return undefined;
    return parseIpv6(`${dotted[1] ?? ''}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

/** `netaddr.IPNetwork(text)`: an address alone is a range of one; a mask may stand for the length. */
export function parseNetwork(text: unknown): IpNetwork | undefined {
  if (typeof text !== 'string') return undefined;
  const [left = '', right, ...more] = text.split('/');
  if (more.length > 0) return undefined;
  const address = parseAddress(left);
  if (address === undefined) return undefined;
  const width = bits(address.version);
  if (right === undefined) return { ...address, prefixlen: width };
  if (/^\d{1,3}$/.test(right))
    return Number(right) <= width ? { ...address, prefixlen: Number(right) } : undefined;
  const mask = parseAddress(right);
  if (mask === undefined || mask.version !== address.version) return undefined;
  for (let prefixlen = 0; prefixlen <= width; prefixlen++) {
    const net = maskOf(address.version, prefixlen);
    if (net === mask.value || (1n << BigInt(width)) - 1n - net === mask.value)
      return { ...address, prefixlen };
  }
  return undefined;
}

function maskOf(version: IpVersion, prefixlen: number): bigint {
  const width = BigInt(bits(version));
  return ((1n << width) - 1n) ^ ((1n << (width - BigInt(prefixlen))) - 1n);
}

export function formatAddress({ version, value }: IpAddress): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.at < 0) return hex.join(':');
  return `${hex.slice(0, best.at).join(':')}::${hex.slice(best.at + best.length).join(':')}`;
}

/** `str(network)`: as it was given, with the length of its prefix. */
export function formatNetwork(network: IpNetwork): string {
  return `${formatAddress(network)}/${network.prefixlen}`;
}

/** The range without host bits: `network.cidr`. */
export function cidrOf(network: IpNetwork): IpNetwork {
  return { ...network, value: network.value & maskOf(network.version, network.prefixlen) };
}

export function firstOf(network: IpNetwork): bigint {
  return cidrOf(network).value;
}

/** The last address of a range, broadcast included. */
export function lastOf(network: IpNetwork): bigint {
  return firstOf(network) + sizeOf(network) - 1n;
}

export function sizeOf(network: IpNetwork): bigint {
  return 1n << BigInt(bits(network.version) - network.prefixlen);
}

export function contains(network: IpNetwork, address: IpAddress): boolean {
  return (
    network.version === address.version &&
    address.value >= firstOf(network) &&
    address.value <= lastOf(network)
  );
}

export function overlaps(a: IpNetwork, b: IpNetwork): boolean {
  return a.version === b.version && firstOf(a) <= lastOf(b) && firstOf(b) <= lastOf(a);
}

/** One address shorter than others, or the same: for sorting. */
export function compareAddresses(a: string, b: string): number {
  const [left, right] = [parseAddress(a), parseAddress(b)];
  if (left === undefined || right === undefined) return a < b ? -1 : Number(a > b);
  if (left.version !== right.version) return left.version - right.version;
  return left.value < right.value ? -1 : Number(left.value > right.value);
}

/** `netaddr.valid_mac`, in the forms that people write; undefined for what is none. */
export function parseMac(text: string): string | undefined {
  const groups = /^[0-9a-f]{1,2}([:-])[0-9a-f]{1,2}(\1[0-9a-f]{1,2}){4}$/i.test(text)
    ? text.split(/[:-]/)
    : /^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(text) || /^[0-9a-f]{12}$/i.test(text)
      ? (text.replaceAll('.', '').match(/../g) ?? [])
      : undefined;
  return groups?.map((group) => group.padStart(2, '0').toLowerCase()).join(':');
}

/** The address that a port gives itself in a range of 64 bits: its EUI-64. */
export function eui64(network: IpNetwork, mac: string): IpAddress {
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = mac.split(':');
  const first = (Number.parseInt(a, 16) ^ 2).toString(16).padStart(2, '0');
  return { version: 6, value: firstOf(network) + BigInt(`0x${first}${b}${c}fffe${d}${e}${f}`) };
}
