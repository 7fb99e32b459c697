/** The single values of YAML, read to their end: the `scan_…` methods of yaml/scanner.py. */
import { repr } from '../python';
import { END, isBlank, type Mark, type Reader, YamlError } from './reader';

/** A value without quotes. Returns whether a key may follow: it ended with a line. */
export function scanPlain(reader: Reader, indent: number, flow: boolean): boolean {
  let newLine = false;
  for (;;) {
    if (reader.peek() === '#') return newLine;
    let length = 0;
    for (;;) {
      const character = reader.peek(length);
      const next = reader.peek(length + 1);
      if (isBlank(character)) break;
      if (character === ':' && (isBlank(next) || (flow && ',[]{}'.includes(next)))) break;
      if (flow && ',?[]{}'.includes(character)) break;
      length++;
    }
    if (length === 0) return newLine;
    reader.forward(length);
    newLine = false;
    const spaces = reader.take((character) => character === ' ');
    if (reader.peek() === '\n') {
      newLine = true;
      while (reader.peek() === '\n' && !reader.atDocumentMark()) {
        reader.forward();
        if (!reader.atDocumentMark()) reader.take((character) => character === ' ');
      }
      if (reader.atDocumentMark()) return newLine;
    } else if (spaces === '') return newLine;
    if (reader.peek() === '#' || (!flow && reader.column < indent)) return newLine;
  }
}

/** Digits that follow the letter of an escape in double quotes. */
const HEX: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const ESCAPES = '0abt\tnvfre "\\/N_LP\n';

/** A value in single or double quotes. */
export function scanQuoted(reader: Reader): string {
  const start = reader.mark();
  const quote = reader.peek();
  reader.forward();
  for (;;) {
    const character = reader.peek();
    if (character === END)
      throw new YamlError('while scanning a quoted scalar', start, 'found unexpected end of stream', reader.mark()); // prettier-ignore
    if (reader.atDocumentMark())
      throw new YamlError('while scanning a quoted scalar', start, 'found unexpected document separator', reader.mark()); // prettier-ignore
    reader.forward();
    if (character === quote) {
      if (quote === '"' || reader.peek() !== "'") return '';
      reader.forward();
    } else if (character === '\\' && quote === '"') {
      scanEscape(reader, start);
    }
  }
}

function scanEscape(reader: Reader, start: Mark): void {
  const context = 'while scanning a double-quoted scalar';
  const letter = reader.peek();
  const digits = HEX[letter];
  if (digits === undefined && !ESCAPES.includes(letter))
    throw new YamlError(context, start, `found unknown escape character ${repr(letter)}`, reader.mark());
  reader.forward();
  for (let i = 0; i < (digits ?? 0); i++) {
    if (/[0-9A-Fa-f]/.test(reader.peek(i))) continue;
    const problem = `expected escape sequence of ${digits} hexdecimal numbers, but found ${repr(reader.peek(i))}`;
    throw new YamlError(context, start, problem, reader.mark());
  }
}

/** A value of several lines after `|` or `>`. */
export function scanBlockScalar(reader: Reader, least: number): void {
  const start = reader.mark();
  reader.forward();
  const header = reader.take((character) => '+-123456789'.includes(character));
  if (!' \n'.includes(reader.peek()) && reader.peek() !== END)
    refuseHeader(reader, start, 'chomping or indentation indicators');
  reader.take((character) => character === ' ');
  if (reader.peek() === '#') reader.take((character) => character !== '\n');
  if (reader.peek() !== '\n' && reader.peek() !== END)
    refuseHeader(reader, start, 'a comment or a line break');
  reader.forward();
  const asked = /\d/.exec(header)?.[0];
  const floor = Math.max(least, 1);
  let indent = asked === undefined ? 0 : floor + Number(asked) - 1;
  for (;;) {
    // blank lines count for nothing, but the deepest of them before the first line counts as its indentation
    while (reader.peek() === '\n' || (reader.peek() === ' ' && (indent === 0 || reader.column < indent))) {
      reader.forward();
    }
    if (reader.peek() === END) return;
    if (indent === 0) indent = Math.max(floor, reader.column);
    if (reader.column < indent) return;
    reader.take((character) => character !== '\n');
  }
}

function refuseHeader(reader: Reader, start: Mark, expected: string): never {
  const problem = `expected ${expected}, but found ${repr(reader.peek())}`;
  throw new YamlError('while scanning a block scalar', start, problem, reader.mark());
}

/** The name after `*` or `&`. */
export function scanName(kind: 'alias' | 'anchor'): (reader: Reader) => string {
  return (reader) => {
    const start = reader.mark();
    reader.forward();
    const name = reader.take((character) => /[0-9A-Za-z_-]/.test(character));
    const next = reader.peek();
    if (name === '' || !(isBlank(next) || '?:,]}%@`'.includes(next))) {
      const problem = `expected alphabetic or numeric character, but found ${repr(next)}`;
      throw new YamlError(`while scanning an ${kind}`, start, problem, reader.mark());
    }
    return name;
  };
}

/** `!name` */
export function scanTag(reader: Reader): string {
  return reader.take((character) => !isBlank(character) && !',[]{}'.includes(character));
}
