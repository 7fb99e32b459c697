import { repr } from '../../python/repr';
import { invalid, invalidInput } from './errors';
import { formatAddress, formatNetwork, parseAddress, parseNetwork } from './ip';
import { boolFromString, integerOf, text } from './python';

/** Names of IP protocols and their numbers: neutron_lib/constants.py. */
export const IP_PROTOCOL_MAP: Readonly<Record<string, number>> = {
  ah: 51, dccp: 33, egp: 8, esp: 50, gre: 47, hopopt: 0, icmp: 1, igmp: 2, ip: 0, ipip: 4, 'ipv6-encap': 41,
  'ipv6-frag': 44, 'ipv6-icmp': 58, icmpv6: 58, 'ipv6-nonxt': 59, 'ipv6-opts': 60, 'ipv6-route': 43, ospf: 89, pgm: 113,
  rsvp: 46, sctp: 132, tcp: 6, udp: 17, udplite: 136, vrrp: 112,
}; // prettier-ignore

const SUPPORTED_PROTOCOLS = [null, 'any', ...Object.keys(IP_PROTOCOL_MAP)];

/** What can be shared with other projects, and the names that the API takes for it. */
export const RBAC_OBJECT_TYPES = [
  'address_group',
  'address_scope',
  'network',
  'qos_policy',
  'security_group',
  'subnetpool',
];

const CONVERTERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  convert_to_boolean: toBoolean,
  convert_to_boolean_if_not_none: (value) => (value === null ? null : toBoolean(value)),
  convert_to_int: toInt,
  convert_none_to_empty_list: (value) => value ?? [],
  convert_ip_to_canonical_format: canonicalAddress,
  convert_cidr_to_canonical_format: canonicalCidr,
  convert_allocation_pools_to_canonical_format: canonicalPools,
  // the service makes one up
  convert_to_mac_if_none: (value) => value,
  convert_protocol: protocol,
  convert_ethertype_to_case_insensitive: ethertype,
  convert_validate_port_value: portValue,
  convert_ip_prefix_to_cidr: ipPrefix,
  convert_valid_object_type: objectType,
};

/**
 * One of the converters of neutron_lib/api/converters.py and neutron/extensions/securitygroup.py, by its name.
 *
 * @throws {@link NeutronError} 400 for what cannot be converted.
 */
export function convert(name: string, value: unknown): unknown {
  return CONVERTERS[name]?.(value) ?? (CONVERTERS[name] === undefined ? value : null);
}

function toBoolean(value: unknown): boolean {
  const found = boolFromString(value);
  if (found === undefined) throw invalidInput(`'${text(value)}' cannot be converted to boolean`);
  return found;
}

function toInt(value: unknown): number {
  const found = integerOf(value);
  if (found === undefined) throw invalidInput(`'${text(value)}' is not an integer`);
  return found;
}

function canonicalAddress(value: unknown): unknown {
  const address = parseAddress(value);
  return address?.version === 6 ? formatAddress(address) : value;
}

function canonicalCidr(value: unknown): string | null {
  if (value === null) return null;
  const network = parseNetwork(value);
  if (network === undefined) throw invalidInput(`${text(value)} is not in a CIDR format`);
  return formatNetwork(network);
}

function canonicalPools(value: unknown): unknown {
  if (value === null) return [];
  const isPool = (pool: unknown): pool is object =>
    typeof pool === 'object' && pool !== null && !Array.isArray(pool);
  if (!Array.isArray(value) || !value.every(isPool))
    throw invalidInput('Invalid data format for allocation pools');
  return value.map((pool) =>
    Object.fromEntries(Object.entries(pool).map(([key, address]) => [key, canonicalAddress(address)])),
  );
}

function protocol(value: unknown): string | null {
  if (value === null || value === 'any') return null;
  const number = integerOf(value);
  if (number !== undefined && number >= 0 && number <= 255) return text(value);
  const name = typeof value === 'string' ? value.toLowerCase() : '';
  if (number === undefined && name === 'any') return name;
  if (number === undefined && Object.hasOwn(IP_PROTOCOL_MAP, name)) return name;
  const values = `(${SUPPORTED_PROTOCOLS.map(repr).join(', ')})`;
  throw invalid(
    'SecurityGroupRuleInvalidProtocol',
    `Security group rule protocol ${text(value)} not supported. Only protocol values ${values} and integer representations [0 to 255] are supported.`,
  );
}

function ethertype(value: unknown): string {
  const known = ['IPv4', 'IPv6'].find(
    (one) => typeof value === 'string' && one.toLowerCase() === value.toLowerCase(),
  );
  if (known !== undefined) return known;
  throw invalid(
    'SecurityGroupRuleInvalidEtherType',
    `Security group rule for ethertype '${text(value)}' not supported. Allowed values are ['IPv4', 'IPv6'].`,
  );
}

function portValue(value: unknown): number | null {
  if (value === null) return null;
  const port = typeof value === 'boolean' ? Number(value) : integerOf(value);
  if (port !== undefined && port >= 0 && port <= 65535) return port;
  throw invalid('SecurityGroupInvalidPortValue', `Invalid value for port ${text(value)}`);
}

function ipPrefix(value: unknown): string | null {
  if (value === null || value === '' || value === 0 || value === false) return null;
  const network = parseNetwork(value);
  if (network !== undefined) return formatNetwork(network);
  throw invalid('InvalidCIDR', `Invalid CIDR ${text(value)} given as IP prefix.`);
}

function objectType(value: unknown): string {
  const name = text(value).trim().toLowerCase();
  if (RBAC_OBJECT_TYPES.includes(name)) return name;
  throw invalidInput(`'${text(value)}' is not a valid RBAC object type`);
}
