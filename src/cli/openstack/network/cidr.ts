/** `str(netaddr.IPNetwork(text))`: addresses as netaddr reads and writes them. */

/** An address or CIDR with its prefix, the host's bits as they are; undefined for what is none. */
export function cidr(text: string): string | undefined {
  const [address = '', mask, more] = text.split('/');
  if (more !== undefined) return undefined;
  const version = address.includes(':') ? 6 : 4;
  const written = version === 4 ? ipv4(address) : ipv6(address);
  if (written === undefined) return undefined;
  const width = version === 4 ? 32 : 128;
  if (mask === undefined) return `${written}/${width}`;
  const length = /^\d+$/.test(mask) ? Number(mask) : version === 4 ? maskLength(mask) : undefined;
  return length === undefined || length > width ? undefined : `${written}/${length}`;
}

function bytes(text: string): number[] | undefined {
  const parts = text.split('.');
  if (!parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.map(Number);
}

/** netaddr fills what is missing of a short address with zeros. */
function ipv4(text: string): string | undefined {
  const parts = bytes(text);
  if (parts === undefined || parts.length > 4) return undefined;
  return [...parts, 0, 0, 0].slice(0, 4).join('.');
}

/** The length of a netmask or hostmask. */
function maskLength(text: string): number | undefined {
  const parts = bytes(text);
  if (parts?.length !== 4) return undefined;
  const bits = parts.map((part) => part.toString(2).padStart(8, '0')).join('');
  if (/^1*0*$/.test(bits)) return bits.replace(/0+$/, '').length;
  return /^0+1+$/.test(bits) ? bits.replace(/1+$/, '').length : undefined;
}

function ipv6(text: string): string | undefined {
  try {
    // the URL parser writes IPv6 addresses as RFC 5952 has them
    return new URL(`http://[${text}]/`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
}
