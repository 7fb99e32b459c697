import { repr as reprJson } from '../../../python/repr';
import { isList, PythonError, PythonFloat, PythonObject, typeName, type Value } from './values';

// What `str.isspace()` says yes to. JavaScript's \s lacks the separators 1C-1F and 85, and has FEFF.
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'g');
const SPACES = new RegExp(`[${SPACE}]+`);
const NUMBER_ENDS = new RegExp(`^[${SPACE.replace('\\x1c-', '')}]+|[${SPACE.replace('\\x1c-', '')}]+$`, 'g');
const DIGIT = /\p{Nd}/u;

/** What Python's `\s` matches, to be put into a character class. */
export const PYTHON_SPACE = SPACE;

/** `text.strip()`. */
export function strip(text: string): string {
  return text.replace(ENDS, '');
}

/** What int() and float() allow around a number: not the separators 1C-1F. */
function stripNumber(text: string): string {
  return text.replace(NUMBER_ENDS, '');
}

/** `text.split()`: at white space, without empty words. */
export function words(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== '');
}

/** `str(value)`. */
export function str(value: Value): string {
  return typeof value === 'string' ? value : repr(value);
}

/** `repr(value)`. */
export function repr(value: Value): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return reprFloat(value);
  if (value instanceof PythonFloat) return reprFloat(value.value);
  if (value instanceof PythonObject) return value.text;
  if (value === null || typeof value !== 'object') return reprJson(value);
  if (isList(value)) return `[${value.map(repr).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${repr(key)}: ${repr(member)}`);
  return `{${members.join(', ')}}`;
}

/** Python writes an exponent from 1e16 on and below 1e-4, with two digits at least. */
function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits}e${exponent[0] ?? '+'}${exponent.slice(1).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Python's int() and float() take the digits of every script. */
function asciiDigits(text: string): string {
  return text.replace(/(?=\P{ASCII})\p{Nd}/gu, (digit) => {
    // the digits of a script stand side by side, zero first
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
    return String((code - zero) % 10);
  });
}

// Python refuses longer texts, because reading them takes too long.
const MAX_DIGITS = 4300;

/**
 * `int(value)`.
 *
 * @throws {@link PythonError} ValueError, TypeError or OverflowError.
 */
export function int(value: Value): number | bigint {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' || value instanceof PythonFloat) {
    const float = typeof value === 'number' ? value : value.value;
    if (Number.isNaN(float)) throw new PythonError('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(float))
      throw new PythonError('OverflowError', 'cannot convert float infinity to integer');
    return Number.isSafeInteger(Math.trunc(float)) ? Math.trunc(float) : BigInt(Math.trunc(float));
  }
  if (typeof value !== 'string')
    throw new PythonError(
      'TypeError',
      `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
    );
  const text = asciiDigits(stripNumber(value));
  if (!/^[+-]?\d+(_\d+)*$/.test(text))
    throw new PythonError('ValueError', `invalid literal for int() with base 10: ${repr(value)}`);
  const digits = text.replace(/[_+-]/g, '');
  if (digits.length > MAX_DIGITS)
    throw new PythonError(
      'ValueError',
      `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion: value has ${digits.length} digits; ` +
        'use sys.set_int_max_str_digits() to increase the limit',
    );
  const number = Number(text.startsWith('-') ? `-${digits}` : digits);
  if (Number.isSafeInteger(number)) return number === 0 ? 0 : number;
  return BigInt(digits) * (text.startsWith('-') ? -1n : 1n);
}

const FLOAT = /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i;

/**
 * `float(text)`.
 *
 * @throws {@link PythonError} ValueError.
 */
export function float(text: string): number {
  const plain = asciiDigits(stripNumber(text));
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(plain);
  if (special) {
    if (special[2]?.toLowerCase() === 'nan') return Number.NaN;
    return special[1] === '-' ? -Infinity : Infinity;
  }
  if (!FLOAT.test(plain))
    throw new PythonError('ValueError', `could not convert string to float: ${repr(text)}`);
  return Number(plain.replaceAll('_', ''));
}

const TRUE_STRINGS = ['1', 't', 'true', 'on', 'y', 'yes'];

/** oslo.utils' `strutils.bool_from_string`: what it does not understand is false. */
export function boolFromString(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  return TRUE_STRINGS.includes(strip(str(value)).toLowerCase());
}
