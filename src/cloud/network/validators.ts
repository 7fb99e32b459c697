import { repr } from '../../python/repr';
import { convert } from './converters';
import { badRequest, conflict, invalid, invalidInput } from './errors';
import { cidrOf, firstOf, formatAddress, formatNetwork, parseAddress, parseMac, parseNetwork } from './ip';
import { boolFromString, integerOf, isDict, isUuidLike, setText, text } from './python';

/** Says what is wrong with a value, or nothing. */
type Validator = (value: unknown, options: unknown) => string | undefined;

const orNone =
  (validator: Validator): Validator =>
  (value, options) =>
    value === null ? undefined : validator(value, options);

/** neutron_lib/api/validators, by the names that attributes give them. */
const VALIDATORS: Readonly<Record<string, Validator>> = {
  'type:string': string,
  'type:string_or_none': orNone(string),
  'type:not_empty_string': notEmptyString,
  'type:oneline_not_empty_string': oneLine,
  'type:oneline_not_empty_string_or_none': orNone(oneLine),
  'type:name_not_default': nameNotDefault,
  'type:values': values,
  'type:boolean': (value) =>
    boolFromString(value) === undefined ? `'${text(value)}' is not a valid boolean value` : undefined,
  'type:range': range,
  'type:non_negative': nonNegative,
  'type:uuid': uuid,
  'type:uuid_or_none': orNone(uuid),
  'type:uuid_list': (value) => list(value, uuid),
  'type:list_of_unique_strings': (value, options) => list(value, (item) => string(item, options)),
  'type:mac_address': macAddress,
  'type:ip_address_or_none': orNone(ipAddress),
  'type:subnet_or_none': orNone(subnet),
  'type:subnet_list': (value) => list(value, subnet),
  'type:subnetpool_id_or_none': (value) =>
    value === null || value === 'prefix_delegation' ? undefined : uuid(value),
  'type:ip_pools': ipPools,
  'type:fixed_ips': fixedIps,
  'type:nameservers': nameservers,
  'type:hostroutes': hostRoutes,
  'type:dict_or_none': orNone(dictionary),
  'type:dict_or_nodata': (value, options) => (isTrue(value) ? dictionary(value, options) : undefined),
  'type:list_of_any_key_specs_or_none': orNone(anyKeySpecs),
  'type:list_of_subnet_service_types': serviceTypes,
  'type:allowed_address_pairs': addressPairs,
  'type:availability_zone_hint_list': zoneHints,
  'type:network_segments': () => undefined,
};

/**
 * What is wrong with a value, in neutron's words; undefined when nothing is.
 *
 * @throws {@link NeutronError} where the validator answers by itself.
 */
export function validate(type: string, value: unknown, options: unknown): string | undefined {
  return VALIDATORS[type]?.(value, options);
}

/** `bool(value)`. */
function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isDict(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

function list(value: unknown, item: Validator): string | undefined {
  if (!Array.isArray(value)) return `'${text(value)}' is not a list`;
  const known = new Set<string>();
  const twice = new Set<string>();
  for (const one of value) {
    const key = repr(one);
    if (known.has(key)) twice.add(text(one));
    known.add(key);
  }
  if (twice.size > 0) return `Duplicate items in the list: '${[...twice].join(', ')}'`;
  for (const one of value as unknown[]) {
    const reason = item(one, undefined);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function string(value: unknown, max: unknown): string | undefined {
  if (typeof value !== 'string') return `'${text(value)}' is not a valid string`;
  if (typeof max === 'number' && [...value].length > max)
    return `'${value}' exceeds maximum length of ${max}`;
  return undefined;
}

function notEmptyString(value: unknown, max: unknown): string | undefined {
  const reason = string(value, max);
  if (reason !== undefined) return reason;
  return text(value).trim() === '' ? `'${text(value)}' Blank strings are not permitted` : undefined;
}

function oneLine(value: unknown, max: unknown): string | undefined {
  const reason = notEmptyString(value, max);
  if (reason !== undefined) return reason;
  return /[\n\r]./s.test(text(value)) ? `Multi-line string is not allowed: '${text(value)}'` : undefined;
}

function nameNotDefault(value: unknown, max: unknown): string | undefined {
  const reason = string(value, max);
  if (reason === undefined && text(value).toLowerCase() === 'default')
    throw conflict('SecurityGroupDefaultAlreadyExists', 'Default security group already exists.');
  return reason;
}

function values(value: unknown, valid: unknown): string | undefined {
  const known = Array.isArray(valid) ? (valid as unknown[]) : [];
  return known.includes(value) ? undefined : `${text(value)} is not in valid_values`;
}

function range(value: unknown, limits: unknown): string | undefined {
  const [least = 0, most = 0] = limits as number[]; // as the export has it
  const number = integerOf(value);
  if (number === undefined) return `'${text(value)}' is not an integer`;
  if (number < least) return `'${number}' is too small - must be at least '${least}'`;
  return number > most ? `'${number}' is too large - must be no larger than '${most}'` : undefined;
}

function nonNegative(value: unknown): string | undefined {
  const number = integerOf(value);
  if (number === undefined) return `'${text(value)}' is not an integer`;
  return number < 0 ? `'${number}' should be non-negative` : undefined;
}

function uuid(value: unknown): string | undefined {
  return isUuidLike(value) ? undefined : `'${text(value)}' is not a valid UUID`;
}

function macAddress(value: unknown): string | undefined {
  if (value === null) return undefined;
  const mac = typeof value === 'string' ? parseMac(value) : undefined;
  const taken = mac === undefined || mac === '00:00:00:00:00:00' || mac === 'ff:ff:ff:ff:ff:ff';
  return taken ? `'${text(value)}' is not a valid MAC address` : undefined;
}

export function ipAddress(value: unknown): string | undefined {
  const address = parseAddress(value);
  if (address === undefined) return `'${text(value)}' is not a valid IP address`;
  if (address.version === 4 && formatAddress(address) !== value)
    return `'${text(value)}' is not an accepted IP address, '${formatAddress(address)}' is recommended`;
  return undefined;
}

function subnet(value: unknown): string | undefined {
  const network = parseNetwork(value);
  const good =
    network !== undefined &&
    text(value).includes('/') &&
    (network.version === 6 || formatNetwork(network) === value);
  return good ? undefined : `'${text(value)}' is not a valid IP subnet`;
}

function routeCidr(value: unknown): string | undefined {
  const network = parseNetwork(value);
  if (network === undefined || !text(value).includes('/') || firstOf(network) !== network.value)
    return `'${text(value)}' is not a valid CIDR`;
  const loopback = network.version === 4 ? cidrOf(network).value >> 24n === 127n : network.value === 1n;
  return loopback ? `'${text(value)}' is not a routable CIDR` : undefined;
}

/** `_verify_dict_keys`. */
function exactKeys(expected: readonly string[], value: unknown): string | undefined {
  if (!isDict(value))
    return `Invalid input. '${text(value)}' must be a dictionary with keys: ${repr([...expected])}`;
  const given = Object.keys(value);
  if (given.length === expected.length && expected.every((key) => given.includes(key))) return undefined;
  return `Validation of dictionary's keys failed. Expected keys: ${setText(expected)} Provided keys: ${setText(given)}`;
}

function ipPools(value: unknown): string | undefined {
  if (!Array.isArray(value)) return `Invalid data format for IP pool: '${text(value)}'`;
  for (const pool of value as Record<string, unknown>[]) {
    const reason = exactKeys(['start', 'end'], pool) ?? ipAddress(pool['start']) ?? ipAddress(pool['end']);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function fixedIps(value: unknown): string | undefined {
  if (!Array.isArray(value)) return `Invalid data format for fixed IP: '${text(value)}'`;
  const known: unknown[] = [];
  for (const fixed of value as unknown[]) {
    if (!isDict(fixed)) return `Invalid data format for fixed IP: '${text(fixed)}'`;
    if (Object.hasOwn(fixed, 'ip_address')) {
      const address = fixed['ip_address'];
      if (known.includes(address)) return `Duplicate IP address '${text(address)}'`;
      const reason = ipAddress(address);
      if (reason !== undefined) return reason;
      known.push(address);
    }
    const reason = Object.hasOwn(fixed, 'subnet_id') ? uuid(fixed['subnet_id']) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function nameservers(value: unknown): string | undefined {
  if (!Array.isArray(value) && typeof value !== 'string')
    return `Invalid data format for nameserver: '${text(value)}'`;
  const known: unknown[] = [];
  for (const host of [...value] as unknown[]) {
    const reason = ipAddress(host);
    if (reason !== undefined) return `'${text(host)}' is not a valid nameserver. ${reason}`;
    if (known.includes(host)) return `Duplicate nameserver '${text(host)}'`;
    known.push(host);
  }
  return undefined;
}

function hostRoutes(value: unknown): string | undefined {
  if (!Array.isArray(value)) return `Invalid data format for hostroute: '${text(value)}'`;
  const known = new Set<string>();
  for (const route of value as Record<string, unknown>[]) {
    const reason =
      exactKeys(['destination', 'nexthop'], route) ??
      routeCidr(route['destination']) ??
      ipAddress(route['nexthop']);
    if (reason !== undefined) return reason;
    const key = `${text(route['destination'])} ${text(route['nexthop'])}`;
    if (known.has(key)) return `Duplicate hostroute '${text(route)}'`;
    known.add(key);
  }
  return undefined;
}

/** `validate_dict`; converts the members as it goes. */
function dictionary(value: unknown, options: unknown): string | undefined {
  if (!isDict(value)) return `'${text(value)}' is not a dictionary`;
  if (!isDict(options)) return undefined;
  const specs = Object.entries(options) as [string, Record<string, unknown>][]; // as the export has it
  const required = specs.filter(([, spec]) => spec['required'] === true).map(([key]) => key);
  if (!required.every((key) => Object.hasOwn(value, key)))
    return `Validation of dictionary's keys failed. Expected keys: ${setText(required)} Provided keys: ${setText(Object.keys(value))}`;
  const unexpected = Object.keys(value).filter((key) => !Object.hasOwn(options, key));
  if (unexpected.length > 0) return `Unexpected keys supplied: ${unexpected.join(', ')}`;
  for (const [key, spec] of specs) {
    if (!Object.hasOwn(value, key)) continue;
    const conversion = spec['convert_to'];
    if (isDict(conversion)) value[key] = convert(text(conversion['function']), value[key]);
    const type = Object.keys(spec).find((name) => name.startsWith('type:'));
    const reason = type === undefined ? undefined : validate(type, value[key], spec[type]);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function anyKeySpecs(value: unknown, options: unknown): string | undefined {
  const specs = options as unknown[]; // as the export has it
  const reason = list(value, (item) =>
    specs.some((spec) => dictionary(item, spec) === undefined)
      ? undefined
      : `No valid key specs matched for: ${text(item)}`,
  );
  if (reason !== undefined) throw invalidInput(reason);
  return undefined;
}

function serviceTypes(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (!Array.isArray(value)) throw badRequest('Subnet service types must be a list.');
  for (const type of value as unknown[]) {
    if (typeof type !== 'string')
      throw invalid('InvalidInputSubnetServiceType', `Subnet service type ${text(type)} is not a string.`);
    if (!/^(network|baremetal|trunk|compute):/.test(type))
      throw invalid(
        'InvalidSubnetServiceType',
        `Subnet service type ${type} does not correspond to a valid device owner.`,
      );
  }
  return undefined;
}

/** neutron_lib/api/validators/allowedaddresspairs.py. */
function addressPairs(value: unknown): string | undefined {
  if (!Array.isArray(value)) throw badRequest('Allowed address pairs must be a list.');
  if (value.length > 10)
    throw invalid(
      'AllowedAddressPairExhausted',
      'The number of allowed address pair exceeds the maximum 10.',
    );
  const known = new Set<string>();
  for (const pair of value as unknown[]) {
    if (!isDict(pair)) return `'${text(pair)}' is not a dictionary`;
    if (!Object.hasOwn(pair, 'ip_address'))
      throw invalid('AllowedAddressPairsMissingIP', 'AllowedAddressPair must contain ip_address');
    const mac = Object.hasOwn(pair, 'mac_address') ? pair['mac_address'] : undefined;
    const reason =
      mac === undefined
        ? undefined
        : (macAddress(mac) ?? (mac === null ? `'None' is not a valid MAC address` : undefined));
    if (reason !== undefined) return reason;
    const key = `${text(mac ?? null)} ${text(pair['ip_address'])}`;
    if (known.has(key))
      throw invalid(
        'DuplicateAddressPairInRequest',
        `Request contains duplicate address pair: mac_address ${text(mac ?? null)} ip_address ${text(pair['ip_address'])}.`,
      );
    known.add(key);
    const unexpected = Object.keys(pair).filter((name) => name !== 'ip_address' && name !== 'mac_address');
    if (unexpected.length > 0) return `Unrecognized attribute(s) '${unexpected.join(', ')}'`;
    const address = pair['ip_address'];
    if (ipAddress(address) !== undefined && subnet(address) !== undefined)
      return `'${text(address)}' is neither a valid IP address, nor is it a valid IP subnet`;
  }
  return undefined;
}

function zoneHints(value: unknown): string | undefined {
  const reason = list(value, (item) => string(item, 255));
  if (reason !== undefined) return reason;
  return dumpsLength(value) > 255 ? `Too many availability_zone_hints specified` : undefined;
}

const dumpsLength = (value: unknown): number => JSON.stringify(value).length;
