/** QEMU's way to print structured values: `qobject/qjson.c` and `block/qapi.c`. */
import type { QObject } from '../../disk-image/block/disk';

const BUCKETS = 512;

/**
 * A dictionary's keys in the order in which QEMU prints them. It keeps them in a hash table (`qobject/qdict.c`), and
 * goes through its buckets; what comes last into one stands first.
 */
export function qdictEntries(dict: Readonly<Record<string, QObject>>): [string, QObject][] {
  return Object.entries(dict)
    .reverse()
    .sort(([a], [b]) => bucket(a) - bucket(b));
}

/** The hash of the trivial database, tdb. */
function bucket(key: string): number {
  const bytes = new TextEncoder().encode(key);
  const value = bytes.reduce(
    (sum, byte, i) => (sum + (byte << ((i * 5) % 24))) >>> 0,
    Math.imul(0x238f13af, bytes.length) >>> 0,
  );
  return ((Math.imul(1103515243, value) + 12345) >>> 0) % BUCKETS;
}

/** JSON as `qobject_to_json_pretty` writes it. */
export function prettyJson(value: QObject, depth = 0): string {
  if (Array.isArray(value))
    return composite(
      '[',
      value.map((each) => prettyJson(each, depth + 1)),
      ']',
      depth,
    );
  if (typeof value === 'object') {
    const members = qdictEntries(value).map(
      ([key, each]) => `${quoted(key)}: ${prettyJson(each, depth + 1)}`,
    );
    return composite('{', members, '}', depth);
  }
  return typeof value === 'string' ? quoted(value) : String(value);
}

function composite(open: string, parts: readonly string[], close: string, depth: number): string {
  const inner = parts.map((part) => `\n${'    '.repeat(depth + 1)}${part}`).join(',');
  return `${open}${inner}\n${'    '.repeat(depth)}${close}`;
}

/** Everything outside of ASCII is escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
  );
}

/** A dictionary as `qemu-img info` prints it for people. */
export function dumpDict(dict: Readonly<Record<string, QObject>>, indent: number): string {
  return qdictEntries(dict)
    .map(([key, value]) => dumpEntry(key.replaceAll('-', ' '), value, indent))
    .join('');
}

function dumpEntry(name: string, value: QObject, indent: number): string {
  const start = `${'    '.repeat(indent)}${name}:`;
  if (Array.isArray(value))
    return `${start}\n${value.map((each, i) => dumpEntry(`[${i}]`, each, indent + 1)).join('')}`;
  if (typeof value === 'object') return `${start}\n${dumpDict(value, indent + 1)}`;
  return `${start} ${String(value)}\n`;
}
