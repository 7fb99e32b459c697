import { Float, compareStrings, isList, type Value } from '../python';
import { machine } from './columns';
import { toObject } from './json';
import type { Formatter } from './base';

/** `-f yaml`. cliff/formatters/yaml_format.py on PyYAML's safe_dump */
export const yaml: Formatter = {
  name: 'yaml',
  emitList: (columns, rows) => dump(rows.map((row) => toObject(columns, row))),
  emitOne: (columns, values) =>
    columns.map((name, index) => dump({ [name]: machine(values[index] ?? null) })).join(''),
};

/** `yaml.safe_dump(data, default_flow_style=False)`: keys sorted, long lines folded, ASCII only. */
export function dump(data: Value): string {
  const text = node(data, 0, 0);
  return text.startsWith('\n') ? `${text.slice(1)}\n` : `${text}\n`;
}

/** A value after its key or dash. Collections start with a newline, so that they go below it. */
function node(value: Value, indent: number, column: number): string {
  if (value instanceof Float) return value.toString();
  if (value === null || typeof value !== 'object') return scalar(value, indent, column);
  const pad = '\n' + ' '.repeat(indent);
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return value.map((item) => `${pad}- ${below(item, indent + 2)}`).join('');
  }
  const keys = Object.keys(value).sort(compareStrings);
  if (keys.length === 0) return '{}';
  return keys
    .map((key) => {
      const name = scalar(key, indent, 0, false);
      const item = (value as Record<string, Value>)[key] ?? null; // not a list, so an object
      const list = item !== null && typeof item === 'object' && isList(item);
      const text = node(item, list ? indent : indent + 2, indent + name.length + 2);
      return `${pad}${name}:${text.startsWith('\n') ? '' : ' '}${text}`;
    })
    .join('');
}

/** The first line of a collection stands on the line of its dash. */
function below(item: Value, indent: number): string {
  return node(item, indent, indent).replace(/^\n */, '');
}

const WIDTH = 80;

function scalar(
  value: null | boolean | number | string,
  indent: number,
  column: number,
  fold = true,
): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return String(value);
  if (needsEscapes(value)) return doubleQuoted(value);
  const pad = '\n' + ' '.repeat(indent);
  if (isPlain(value)) return fold ? folded(value, pad, column) : value;
  const text = value.replaceAll("'", "''");
  // one newline more than the text has, then the indent
  const parts = text.split(/(\n+)/).map((part, index) => {
    if (part.startsWith('\n')) return part + pad;
    return fold ? folded(part, pad, index === 0 ? column + 1 : indent) : part;
  });
  return `'${parts.join('')}'`;
}

/** Breaks at the first single blank after the 80th column. */
function folded(text: string, pad: string, column: number): string {
  let at = column;
  return text
    .split(/(?<=\S) (?=\S)/)
    .map((word, index) => {
      if (index === 0) {
        at += word.length;
        return word;
      }
      if (at > WIDTH) {
        at = pad.length - 1 + word.length;
        return pad + word;
      }
      at += word.length + 1;
      return ` ${word}`;
    })
    .join('');
}

function needsEscapes(text: string): boolean {
  return /[^\n\x20-\x7e]/.test(text) || / \n/.test(text);
}

// What YAML 1.1 takes for something else than text.
const IMPLICIT = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:<<|~|null|Null|NULL|=|)$/,
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
];

function isPlain(text: string): boolean {
  if (IMPLICIT.some((pattern) => pattern.test(text))) return false;
  if (/^\s|\s$|\n/.test(text)) return false;
  if (/^(?:---|\.\.\.)/.test(text) || /^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:](?:\s|$)/.test(text))
    return false;
  return !/:(?:\s|$)|\s#/.test(text);
}

const ESCAPES: Readonly<Record<string, string>> = { '\0': '\\0', '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r', '\x1b': '\\e', '"': '\\"', '\\': '\\\\', '\x85': '\\N', '\xa0': '\\_', '\u2028': '\\L', '\u2029': '\\P' }; // prettier-ignore

function doubleQuoted(text: string): string {
  const characters = [...text].map((character) => {
    const named = ESCAPES[character];
    if (named !== undefined) return named;
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code <= 0x7e) return character;
    const hex = code.toString(16).toUpperCase();
    if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  });
  return `"${characters.join('')}"`;
}
