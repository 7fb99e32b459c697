import { repr } from '../../python/repr';

/** How Python reads and writes the values of a body. */

/** `'%s' % value`. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : repr(value);
}

const TRUE = ['1', 't', 'true', 'on', 'y', 'yes'];
const FALSE = ['0', 'f', 'false', 'off', 'n', 'no'];

/** `strutils.bool_from_string(value, strict=True)`; undefined for what is neither. */
export function boolFromString(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = text(value).trim().toLowerCase();
  return TRUE.includes(word) ? true : FALSE.includes(word) ? false : undefined;
}

/** `int(value)`; undefined where that is an error. */
export function integerOf(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : undefined;
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(_\d+)*\s*$/.test(value)) return undefined;
  return Number(value.replaceAll('_', '').trim());
}

/** `'%s'` of a set of words. */
export function setText(words: Iterable<string>): string {
  return `{${[...words].map(repr).join(', ')}}`;
}

/** A dictionary of Python's. */
export function isDict(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const UUID = /^(?:urn:|uuid:)*\{?[0-9a-f-]*\}?$/i;

/** `uuidutils.is_uuid_like`. */
export function isUuidLike(value: unknown): value is string {
  return (
    typeof value === 'string' && UUID.test(value) && value.replace(/urn:|uuid:|[{}-]/gi, '').length === 32
  );
}
