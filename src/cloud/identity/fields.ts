import { repr } from '../../python/repr';
import { badRequest, invalidInput } from './errors';

export type Json = Record<string, unknown>;

/** Something wrong inside of a value. */
interface Inner {
  field: string;
  value: unknown;
  why: string;
}

/** Says what is wrong with a value, in the words of Python's jsonschema, or nothing. */
type Check = (value: unknown) => string | Inner | undefined;
type SimpleCheck = (value: unknown) => string | undefined;

const ENABLED = [
  true,
  'True',
  'TRUE',
  'true',
  false,
  'False',
  'FALSE',
  'false',
  '',
  '1',
  '0',
  'y',
  'Y',
  'n',
  'N',
  'on',
  'ON',
  'off',
  'OFF',
  'yes',
  'no',
];

/** A text. `types` is what the message names. */
function text(min: number, max: number, nullable = false): SimpleCheck {
  return (value) => {
    if (value === null && nullable) return undefined;
    if (typeof value !== 'string')
      return `${repr(value)} is not of type ${nullable ? "'string', 'null'" : "'string'"}`;
    if ([...value].length < min) return `${repr(value)} is too short`;
    if ([...value].length > max) return `${repr(value)} is too long`;
    return undefined;
  };
}

export const NAME = (max: number): SimpleCheck => text(1, max);
export const TEXT = text(0, Infinity);
export const NULLABLE_TEXT = text(0, Infinity, true);

export const BOOLEAN: Check = (value) =>
  ENABLED.some((allowed) => allowed === value) ? undefined : `${repr(value)} is not one of ${repr(ENABLED)}`;

export const STRICT_BOOLEAN: Check = (value) =>
  typeof value === 'boolean' ? undefined : `${repr(value)} is not of type 'boolean'`;

export function oneOf(allowed: readonly string[]): Check {
  return (value) =>
    allowed.some((candidate) => candidate === value)
      ? undefined
      : `${repr(value)} is not one of ${repr(allowed)}`;
}

export function pattern(source: string): SimpleCheck {
  return (value) =>
    typeof value !== 'string'
      ? `${repr(value)} is not of type 'string'`
      : new RegExp(source).test(value)
        ? undefined
        : `${repr(value)} does not match ${repr(source)}`;
}

const TAG = [text(1, 255), pattern('^[^,/]*$')];

/** What is wrong with one tag. */
export function tagProblem(value: unknown): string | undefined {
  return TAG.map((check) => check(value)).find((why) => why !== undefined);
}

export const TAGS: Check = (value) => {
  if (!Array.isArray(value)) return `${repr(value)} is not of type 'array'`;
  if (value.length > 80) return `${repr(value)} is too long`;
  if (new Set(value).size < value.length) return `${repr(value)} has non-unique elements`;
  for (const [index, tag] of value.entries()) {
    const why = tagProblem(tag);
    if (why !== undefined) return { field: String(index), value: tag, why };
  }
  return undefined;
};

/**
 * The resource inside a request's body, checked field by field.
 * Modelled on `keystone/common/validation/validators.py`.
 *
 * @param required names that must be there; none of them for an update, which must say something instead.
 */
export function resourceIn(
  body: Json,
  singular: string,
  fields: Readonly<Record<string, Check>>,
  required: readonly string[],
  mayBeEmpty = false,
): Json {
  if (!(singular in body)) throw badRequest(`${repr(singular)} is a required property`);
  const value = body[singular];
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw invalidInput(singular, value, `${repr(value)} is not of type 'object'`);
  for (const name of required) {
    if (!(name in value)) throw invalidInput(singular, value, `${repr(name)} is a required property`);
  }
  if (required.length === 0 && !mayBeEmpty && Object.keys(value).length === 0)
    throw invalidInput(singular, value, '{} does not have enough properties');
  for (const [name, check] of Object.entries(fields)) {
    const given = new Map<string, unknown>(Object.entries(value)).get(name);
    const why = given === undefined ? undefined : check(given);
    if (typeof why === 'object') throw invalidInput(why.field, why.value, why.why);
    if (why !== undefined) throw invalidInput(name, given, why);
  }
  return value as Json; // an object that came out of JSON.parse
}

/** What a body says beyond the fields that Keystone knows. */
export function extraOf(given: Json, known: readonly string[]): { extra?: Json } {
  const extra = Object.fromEntries(Object.entries(given).filter(([name]) => !known.includes(name)));
  return Object.keys(extra).length === 0 ? {} : { extra };
}

export function flag(value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  return value === true || (typeof value === 'string' && /^(true|1|y|on|yes)$/i.test(value));
}

/** The text of a member, or the fallback when it was not said. */
export function textOr<F>(value: unknown, fallback: F): string | F {
  return typeof value === 'string' ? value : fallback;
}
