import { repr } from '../../python/repr';
import { badRequest, invalidInput } from './errors';

const UUID = /^(\{|urn:uuid:|uuid:)*[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;

/** `uuidutils.is_uuid_like`. */
export function isUuidLike(value: unknown): boolean {
  return typeof value === 'string' && UUID.test(value);
}

const TRUE = ['1', 't', 'true', 'on', 'y', 'yes'];
const FALSE = ['0', 'f', 'false', 'off', 'n', 'no'];

/** `strutils.bool_from_string`, strict: undefined for what is neither. */
export function strictBool(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = String(value).trim().toLowerCase();
  return TRUE.includes(text) ? true : FALSE.includes(text) ? false : undefined;
}

/** What `bool_from_string` says of a value that is neither true nor false. */
export function notBool(value: unknown): string {
  const accepted = [...FALSE, ...TRUE].sort().map(repr).join(', ');
  return `Unrecognized value '${typeof value === 'string' ? value : repr(value)}', acceptable values are: ${accepted}`;
}

/** `get_bool_from_api_params`. @throws {@link ManilaError} 400. */
export function queryBool(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  if (value === null) return false;
  const bool = strictBool(value);
  if (bool === undefined) throw badRequest(`Invalid value for ${name}: ${notBool(value)}`);
  return bool;
}

/** `utils.is_all_tenants`. */
export function allTenants(query: URLSearchParams): boolean {
  const value = query.get('all_tenants');
  if (value === null) return false;
  if (value === '') return true;
  const bool = strictBool(value);
  if (bool === undefined) throw invalidInput(`Invalid value for key 'all_tenants': ${notBool(value)}`);
  return bool;
}

/** A text, or null for anything else that is empty. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** `check_display_field_length`. @throws {@link ManilaError} 400. */
export function checkDisplayField(value: unknown, name: string): void {
  if (typeof value === 'string' && [...value].length > 255)
    throw invalidInput(`${name} can only be 255 characters long.`);
}

/** `int()`: undefined for what is no whole number. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value !== 'string' || !/^\s*[+-]?\d+\s*$/.test(value)) return undefined;
  return Number(value);
}

/** `check_metadata_properties`. @returns the texts. @throws {@link ManilaError} 400. */
export function checkMetadata(value: unknown): Record<string, string> {
  if (value === null || value === undefined || value === '') return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw badRequest('Malformed request body');
  const texts: Record<string, string> = {};
  for (const [key, text] of Object.entries(value) as [string, unknown][]) {
    if (key === '') throw badRequest('Metadata property key is blank.');
    if ([...key].length > 255) throw badRequest('Metadata property key is greater than 255 characters.');
    if (text === '' || text === null || text === undefined || text === false)
      throw badRequest('Metadata property value is blank.');
    if (typeof text === 'object') throw badRequest('Malformed request body');
    const written = text === true ? 'True' : String(text);
    if ([...written].length > 1023)
      throw badRequest('Metadata property value is greater than 1023 characters.');
    texts[key] = written;
  }
  return texts;
}
