import { repr } from '../../python/repr';
import type { Json } from './call';
import { badRequest, invalidInput } from './errors';
import type { ShareRecord, ShareTypeRecord } from './state';
import { strictBool, wholeNumber } from './validation';

/** Extra specs that manila itself knows: `ExtraSpecs` of manila/common/constants.py. */
export const REQUIRED = ['driver_handles_share_servers'] as const;
const BOOLEAN = [
  'snapshot_support', 'create_share_from_snapshot_support', 'revert_to_snapshot_support', 'mount_snapshot_support',
] as const; // prettier-ignore
const SIZES = [
  'provisioning:max_share_size', 'provisioning:min_share_size', 'provisioning:max_share_extend_size',
]; // prettier-ignore
const ZONES = 'availability_zones';
const OTHER = ['replication_type', 'mount_point_name_support', ZONES, 'provisioning:mount_point_prefix'];
const OPTIONAL: readonly string[] = [...BOOLEAN, ...SIZES, ...OTHER];

/** Those that everybody may see, and what is true of a type that does not say. */
export const TENANT_VISIBLE: readonly string[] = [...REQUIRED, ...OPTIONAL];
export const INFERRED: readonly string[] = BOOLEAN;

/** `parse_boolean_extra_spec`: `<is> True` and `True` are the same. @throws {@link ManilaError} 400. */
export function parseBoolean(key: string, value: unknown): boolean {
  const text = String(value);
  const bool = strictBool(/^<is>\s*(true|false)$/i.exec(text.trim())?.[1] ?? text);
  if (bool === undefined)
    throw badRequest(`Invalid extra_spec: Invalid boolean extra spec ${key} : ${String(value)}.`);
  return bool;
}

/** `get_valid_required_extra_specs`. @throws {@link ManilaError} 400. */
export function requiredSpecs(specs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const missing = REQUIRED.filter((key) => !Object.hasOwn(specs, key));
  if (missing.length > 0)
    throw badRequest(`Invalid extra_spec: Required extra specs '${missing.join(',')}' not specified..`);
  for (const key of REQUIRED)
    if (strictBool(specs[key]) === undefined)
      throw badRequest(`Invalid extra_spec: Value of required extra_spec ${key} is not valid.`);
  return Object.fromEntries(REQUIRED.map((key) => [key, specs[key]]));
}

/** The same of a type that is there already, however it came to be as it is. */
export function requiredOf({ extra_specs }: ShareTypeRecord): Record<string, unknown> {
  return Object.fromEntries(
    REQUIRED.flatMap((key) => (Object.hasOwn(extra_specs, key) ? [[key, extra_specs[key]]] : [])),
  );
}

/** `is_valid_required_extra_spec` and `is_valid_optional_extra_spec`; other keys take anything. */
export function isValidSpec(key: string, value: unknown): boolean {
  if (REQUIRED.some((one) => one === key)) return strictBool(value) !== undefined;
  if (!OPTIONAL.includes(key)) return true;
  if (BOOLEAN.some((one) => one === key) || key === 'mount_point_name_support') {
    parseBoolean(key, value);
    return true;
  }
  if (SIZES.includes(key)) {
    const size = wholeNumber(value);
    if (size === undefined) throw badRequest(`share_size must be an integer`);
    if (size < 1) throw badRequest(`share_size must be >= 1`);
    return true;
  }
  switch (key) {
    case 'replication_type':
      return ['writable', 'readable', 'dr'].includes(String(value));
    case ZONES:
      return String(value)
        .split(',')
        .every((zone) => zone.trim() !== '');
    default:
      return typeof value === 'string' && value.length < 256;
  }
}

/** `get_valid_optional_extra_specs`, as it is seen from outside. @throws {@link ManilaError} 400. */
export function checkOptional(specs: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(specs))
    if (OPTIONAL.includes(key) && !isValidSpec(key, value))
      throw badRequest(
        `Invalid share type: Invalid extra_spec: Value of optional extra_spec ${key} is not valid...`,
      );
}

/** Extra specs as the database keeps them, all of them texts, the zones without blanks: `sanitize_extra_specs`. */
export function specTexts(specs: Json): Record<string, string> {
  return Object.fromEntries(
    Object.entries(specs).map(([key, value]) => {
      const text = typeof value === 'string' ? value : repr(value);
      return [key, key === ZONES ? zonesOf(text).join(',') : text];
    }),
  );
}

function zonesOf(text: string): string[] {
  return text
    .split(',')
    .filter((zone) => zone !== '')
    .map((zone) => zone.trim());
}

/** What `get_all_types` finds by extra specs: a type must serve all zones asked for; of the others it compares the first only. */
export function isFoundBy(
  { extra_specs }: ShareTypeRecord,
  asked: readonly (readonly [string, string])[],
): boolean {
  const has = extra_specs[ZONES];
  return asked
    .filter(([key], i) => key === ZONES || i === asked.findIndex(([one]) => one !== ZONES))
    .every(([key, value]) => {
      if (key !== ZONES) return extra_specs[key] === value;
      return !has || zonesOf(value).every((zone) => has.split(',').includes(zone));
    });
}

/** What a share takes over from its type when it is made: `get_share_attributes_from_share_type`. */
export function attributesOf(
  type: ShareTypeRecord | undefined,
): Pick<ShareRecord, (typeof BOOLEAN)[number]> & { mount_point_name_support: boolean } {
  const bool = (key: string): boolean => {
    const value = type?.extra_specs[key];
    return value !== undefined && parseBoolean(key, value);
  };
  return {
    snapshot_support: bool('snapshot_support'),
    create_share_from_snapshot_support: bool('create_share_from_snapshot_support'),
    revert_to_snapshot_support: bool('revert_to_snapshot_support'),
    mount_snapshot_support: bool('mount_snapshot_support'),
    mount_point_name_support: bool('mount_point_name_support'),
  };
}

/** `provision_filter_on_size`. @throws {@link ManilaError} 400. */
export function checkSize(
  type: ShareTypeRecord | undefined,
  size: number,
  operation: 'create' | 'extend' | 'admin-extend' | 'shrink' = 'create',
): void {
  const refuse = (key: string, isWrong: (bound: number) => boolean, words: string): void => {
    const bound = type?.extra_specs[key];
    if (bound === undefined || !isWrong(wholeNumber(bound) ?? size)) return;
    throw invalidInput(
      `Specified share size of '${size}' is ${words} size of '${bound}' for share type '${type?.name ?? ''}'.`,
    );
  };
  if (operation === 'create' || operation === 'shrink')
    refuse('provisioning:min_share_size', (least) => size < least, 'less than the minimum required');
  if (operation === 'create' || operation === 'extend')
    refuse('provisioning:max_share_size', (most) => size > most, 'greater than the maximum allowable');
  if (operation === 'admin-extend')
    refuse(
      'provisioning:max_share_extend_size',
      (most) => size > most,
      'greater than the maximum allowable extend',
    );
}
