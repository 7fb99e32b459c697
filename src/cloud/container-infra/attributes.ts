import { repr } from '../../python/repr';
import { badRequest, invalidInput } from './errors';

/** What a caller may say about a cluster template: the types of `ClusterTemplate` of magnum's API, in its order. */
type Kind =
  | { kind: 'text'; min: number }
  | { kind: 'number'; min: number; max?: number }
  | { kind: 'boolean' }
  | { kind: 'one of'; values: readonly string[] }
  | { kind: 'uuid' | 'dns' | 'labels' | 'read only' };

const text: Kind = { kind: 'text', min: 1 };
const boolean: Kind = { kind: 'boolean' };
const readOnly: Kind = { kind: 'read only' };

export const ATTRIBUTES: Readonly<Record<string, Kind>> = {
  uuid: { kind: 'uuid' },
  name: text,
  coe: { kind: 'one of', values: ['kubernetes'] },
  image_id: text,
  flavor_id: text,
  master_flavor_id: text,
  dns_nameserver: { kind: 'dns' },
  keypair_id: text,
  external_network_id: text,
  fixed_network: text,
  fixed_subnet: text,
  network_driver: text,
  apiserver_port: { kind: 'number', min: 1024, max: 65535 },
  docker_volume_size: { kind: 'number', min: 1 },
  cluster_distro: text,
  links: readOnly,
  http_proxy: text,
  https_proxy: text,
  no_proxy: text,
  volume_driver: text,
  registry_enabled: boolean,
  labels: { kind: 'labels' },
  tls_disabled: boolean,
  public: boolean,
  server_type: { kind: 'one of', values: ['bm', 'vm'] },
  insecure_registry: text,
  docker_storage_driver: text,
  master_lb_enabled: boolean,
  floating_ip_enabled: boolean,
  project_id: readOnly,
  user_id: readOnly,
  hidden: boolean,
  tags: { kind: 'text', min: 0 },
  driver: { kind: 'text', min: 0 },
  created_at: readOnly,
  updated_at: readOnly,
};

/** A value that has its attribute's type. */
export type AttributeValue = string | number | boolean | Record<string, string> | null;

/**
 * Brings a value into its attribute's type. Null is always one.
 *
 * @throws {@link MagnumError} 400, in wsme's words.
 */
export function convert(name: string, value: unknown): AttributeValue {
  const type = ATTRIBUTES[name];
  if (value === null || type === undefined) return null;
  const shown = pythonText(value);
  switch (type.kind) {
    case 'read only':
      throw invalidInput(name, shown, 'Cannot set read only field.');
    case 'text':
      if (typeof value !== 'string') throw invalidInput(name, shown, 'Value should be string');
      if (value.length < type.min)
        throw invalidInput(name, shown, `Value should have a minimum character requirement of ${type.min}`);
      if (value.length > 255)
        throw invalidInput(name, shown, 'Value should have a maximum character requirement of 255');
      return value;
    case 'number':
      return toNumber(name, value, type);
    case 'boolean':
      return toBoolean(value);
    case 'one of':
      if (typeof value !== 'string' || !type.values.includes(value))
        throw invalidInput(name, shown, `Value should be one of: ${type.values.join(', ')}`);
      return value;
    case 'uuid':
      if (!isUuidLike(shown)) throw badRequest(`Expected a uuid but received ${shown}.`);
      return shown;
    case 'dns':
      if (!shown.split(',').every((address) => isIpv4(address.trim())))
        throw badRequest(`Expected a single dns address or comma separated dns list, but received ${shown}.`);
      return shown;
    case 'labels':
      return toLabels(name, value);
  }
}

function toNumber(name: string, value: unknown, { min, max }: { min: number; max?: number }): number {
  const number = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
  const shown = pythonText(value);
  if (typeof number !== 'number' || !Number.isInteger(number))
    throw invalidInput(name, shown, `invalid literal for int() with base 10: ${repr(shown)}`);
  if (number < min) throw invalidInput(name, shown, `Value should be greater or equal to ${min}`);
  if (max !== undefined && number > max)
    throw invalidInput(name, shown, `Value should be lower or equal to ${max}`);
  return number;
}

const TRUE = ['1', 't', 'true', 'on', 'y', 'yes'];
const FALSE = ['0', 'f', 'false', 'off', 'n', 'no'];

/** `strutils.bool_from_string` that takes no nonsense. */
function toBoolean(value: unknown): boolean {
  const word = pythonText(value).trim().toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  const accepted = [...FALSE, ...TRUE].sort().map((one) => `'${one}'`);
  throw badRequest(
    `Unrecognized value '${pythonText(value)}', acceptable values are: ${accepted.join(', ')}`,
  );
}

/** `DictOfStringsField`: every value becomes a text. */
function toLabels(name: string, value: unknown): Record<string, string> {
  if (typeof value !== 'object' || Array.isArray(value))
    throw invalidInput(name, pythonText(value), `Value not a valid dict: ${pythonText(value)}`);
  const labels = Object.entries(value as object); // not null: see convert
  const wrong = labels.find(([, one]) => typeof one === 'object');
  if (wrong !== undefined) {
    const kind = Array.isArray(wrong[1]) ? 'list' : wrong[1] === null ? 'NoneType' : 'dict';
    const types = "(<class 'str'>, <class 'int'>, <class 'bool'>, <class 'float'>)";
    throw invalidInput(name, pythonText(value), `Wrong type. Expected '${types}', got '<class '${kind}'>'`);
  }
  return Object.fromEntries(labels.map(([key, one]) => [key, pythonText(one)]));
}

/** `str()` of a value from JSON. */
export function pythonText(value: unknown): string {
  return typeof value === 'string' ? value : repr(value as Parameters<typeof repr>[0]); // JSON has nothing else
}

/** `uuidutils.is_uuid_like`. */
export function isUuidLike(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text.replace(/^urn:uuid:|[{}-]/g, ''));
}

function isIpv4(text: string): boolean {
  return (
    /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text) &&
    text.split('.').every((part) => Number(part) < 256)
  );
}
