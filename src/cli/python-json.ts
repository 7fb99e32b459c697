/** `json.loads()` of Python 3.13, for what users type as JSON: its errors say where the text is wrong. */

/** Models `json.JSONDecodeError`; `message` is what `str()` gives. */
export class JSONDecodeError extends Error {
  override readonly name = 'JSONDecodeError';

  constructor(words: string, text: string, at: number) {
    const before = [...text.slice(0, at)];
    const line = before.filter((character) => character === '\n').length + 1;
    super(
      `${words}: line ${line} column ${before.length - before.lastIndexOf('\n')} (char ${before.length})`,
    );
  }
}

/** @throws {@link JSONDecodeError} */
export function loads(text: string): unknown {
  if (text.startsWith('\ufeff'))
    throw new JSONDecodeError('Unexpected UTF-8 BOM (decode using utf-8-sig)', text, 0);
  return new Decoder(text).document();
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const CONSTANTS: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
];
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Decoder {
  #at = 0;

  constructor(readonly text: string) {}

  document(): unknown {
    this.#blanks();
    const value = this.#value();
    this.#blanks();
    if (this.#at < this.text.length) throw this.#error('Extra data');
    return value;
  }

  #value(): unknown {
    const character = this.text[this.#at];
    if (character === '"') return this.#string();
    if (character === '{') return this.#object();
    if (character === '[') return this.#array();
    for (const [word, value] of CONSTANTS) {
      if (!this.text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.text)?.[0];
    if (number === undefined) throw this.#error('Expecting value');
    this.#at += number.length;
    return Number(number);
  }

  #object(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    this.#at++;
    this.#blanks();
    if (this.#take('}')) return {};
    for (;;) {
      if (this.text[this.#at] !== '"') throw this.#error('Expecting property name enclosed in double quotes');
      const key = this.#string();
      this.#blanks();
      if (!this.#take(':')) throw this.#error("Expecting ':' delimiter");
      this.#blanks();
      entries.push([key, this.#value()]);
      this.#blanks();
      if (this.#take('}')) return Object.fromEntries(entries);
      this.#comma('}', 'Illegal trailing comma before end of object');
    }
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#at++;
    this.#blanks();
    if (this.#take(']')) return items;
    for (;;) {
      items.push(this.#value());
      this.#blanks();
      if (this.#take(']')) return items;
      this.#comma(']', 'Illegal trailing comma before end of array');
    }
  }

  #comma(end: string, words: string): void {
    const comma = this.#at;
    if (!this.#take(',')) throw this.#error("Expecting ',' delimiter");
    this.#blanks();
    if (this.text[this.#at] === end) throw this.#error(words, comma);
  }

  #string(): string {
    const start = this.#at++;
    let value = '';
    for (;;) {
      const character = this.text[this.#at];
      if (character === undefined) throw this.#error('Unterminated string starting at', start);
      if (character === '"') break;
      if (character < ' ') throw this.#error('Invalid control character at');
      value += character === '\\' ? this.#escape(start) : character;
      this.#at++;
    }
    this.#at++;
    return value;
  }

  /** Leaves the position on the last character of the escape. */
  #escape(start: number): string {
    const backslash = this.#at++;
    const letter = this.text[this.#at];
    if (letter === undefined) throw this.#error('Unterminated string starting at', start);
    if (letter === 'u') {
      const digits = this.text.slice(this.#at + 1, this.#at + 5);
      if (!/^[0-9A-Fa-f]{4}$/.test(digits)) throw this.#error('Invalid \\uXXXX escape', backslash + 1);
      this.#at += 4;
      return String.fromCharCode(parseInt(digits, 16));
    }
    const escaped = ESCAPES[letter];
    if (escaped === undefined) throw this.#error('Invalid \\escape', backslash);
    return escaped;
  }

  #take(character: string): boolean {
    if (this.text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #blanks(): void {
    while (/[ \t\n\r]/.test(this.text[this.#at] ?? '')) this.#at++;
  }

  #error(words: string, at = this.#at): JSONDecodeError {
    return new JSONDecodeError(words, this.text, at);
  }
}
