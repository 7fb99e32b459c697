/** Sizes and times in words: swiftclient/utils.py. */
import { ArgumentTypeError } from 'argparse';
import { repr } from '../python';
import type { Converter } from '../arguments';

/** A size to the right of twelve columns; for people in at most four, such as `1.2M`. */
export function prtBytes(bytes: string | number, human: boolean): string {
  if (!human) return String(bytes).padStart(12);
  let num = Number(bytes);
  for (const suffix of ['', ...'KMGTPEZ']) {
    if (num <= 1023) return humanSize(num, suffix, bytes);
    num /= 1024;
  }
  return humanSize(num, 'Y', bytes);
}

function humanSize(num: number, suffix: string, bytes: string | number): string {
  if (suffix === '') return String(bytes).padStart(4);
  return num >= 10 ? `${String(Math.trunc(num)).padStart(3)}${suffix}` : `${pythonFixed(num)}${suffix}`;
}

/** `'%.1f' % num`. */
function pythonFixed(num: number): string {
  return num.toFixed(1);
}

/** Endings of a number of seconds, in the order in which they are looked for. */
const SUFFIXES = [
  ['s', 1],
  ['m', 60],
  ['min', 60],
  ['h', 3600],
  ['hr', 3600],
  ['d', 86_400],
] as const;

/** `float()`, or undefined. */
function float(text: string): number | undefined {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : undefined;
}

function withSuffix(text: string): number | undefined {
  for (const [suffix, multiplier] of SUFFIXES) {
    if (!text.endsWith(suffix)) continue;
    const number = float(text.slice(0, -suffix.length));
    return number === undefined ? undefined : number * multiplier;
  }
  return undefined;
}

/** `--timeout`: seconds, or a number with a unit. */
export const parseTimeout: Converter = (text) => {
  const ends = SUFFIXES.some(([suffix]) => text.endsWith(suffix));
  const value = ends ? withSuffix(text) : float(text);
  if (value === undefined) throw new ArgumentTypeError(`invalid parse_timeout value: ${repr(text)}`);
  return value;
};

/** `parse_timestamp`: seconds, and whether they count from 1970. Undefined for what is no time. */
export function parseTimestamp(
  text: string,
  absolute: boolean,
): { seconds: number; absolute: boolean } | undefined {
  const number = float(text);
  if (number !== undefined)
    return Number.isInteger(number) && number >= 0 ? { seconds: number, absolute } : undefined;
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T(\d{1,2}):(\d{1,2}):(\d{1,2})Z?)?$/.exec(text);
  if (iso) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = iso
      .slice(1)
      .map((part) => Number(part ?? 0));
    const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    // a thirtieth of February is none
    if (
      time.getUTCMonth() !== month - 1 ||
      time.getUTCDate() !== day ||
      hour > 23 ||
      minute > 59 ||
      second > 61
    )
      return undefined;
    return { seconds: time.getTime() / 1000, absolute: true };
  }
  const seconds = absolute ? undefined : withSuffix(text);
  return seconds === undefined || seconds < 0 ? undefined : { seconds: Math.trunc(seconds), absolute };
}
