/** How Python writes values, where the real clients let it: `str()`, `repr()`, `json.dumps()`. */

import { Float } from '../python/float';
import { repr } from '../python/repr';

export { Float, repr };

/** A value as it comes from a JSON API. */
export type Value =
  null | boolean | number | string | Float | readonly Value[] | { readonly [key: string]: Value };

/** `str(value)`: like {@link repr}, but a string stands for itself. */
export function str(value: Value | undefined): string {
  return typeof value === 'string' ? value : repr(value);
}

/** `repr()` of a tuple. */
export function tuple(values: readonly Value[]): string {
  return values.length === 1 ? `(${repr(values[0])},)` : `(${values.map(repr).join(', ')})`;
}

/** `Array.isArray` that also narrows read-only arrays. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** `json.dumps(value, indent=indent)`: non-ASCII escaped, `", "` and `": "` between things on one line. */
export function dumps(value: Value, indent?: number): string {
  return write(value, indent, 0).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function write(value: Value, indent: number | undefined, depth: number): string {
  if (value instanceof Float) return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  const items = isList(value)
    ? value.map((item) => write(item, indent, depth + 1))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${write(item, indent, depth + 1)}`);
  if (items.length === 0) return open + close;
  if (indent === undefined) return open + items.join(', ') + close;
  const pad = '\n' + ' '.repeat(indent * (depth + 1));
  return open + pad + items.join(',' + pad) + '\n' + ' '.repeat(indent * depth) + close;
}

/** Compares as Python orders strings: by code point. */
export function compareStrings(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
