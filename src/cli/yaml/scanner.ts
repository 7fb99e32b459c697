/** Cuts YAML into tokens, as far as needed to refuse what PyYAML refuses: yaml/scanner.py of PyYAML 6. */
import { repr } from '../python';
import { END, isBlank, Reader, YamlError, type Mark } from './reader';
import { scanBlockScalar, scanName, scanPlain, scanQuoted, scanTag } from './scalars';

/** As PyYAML names it in its messages. */
export type TokenId =
  | '<stream end>'
  | '<document start>'
  | '<document end>'
  | '<block sequence start>'
  | '<block mapping start>'
  | '<block end>'
  | '<alias>'
  | '<anchor>'
  | '<tag>'
  | '<scalar>'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | '?'
  | ':';

export interface Token {
  id: TokenId;
  mark: Mark;
  /** Name of an anchor, an alias or a tag. */
  value?: string;
}

/** Where a key could have begun whose `:` has not come yet. */
interface PossibleKey {
  token: number;
  required: boolean;
  mark: Mark;
}

export class Scanner {
  readonly #reader: Reader;
  readonly #tokens: Token[] = [];
  #taken = 0;
  #done = false;
  #flowLevel = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #allowKey = true;
  readonly #possible = new Map<number, PossibleKey>();

  constructor(text: string) {
    this.#reader = new Reader(text);
  }

  /** The next token, which stays. @throws {@link YamlError} */
  peek(): Token {
    while (this.#needsMore()) this.#fetch();
    const [next] = this.#tokens;
    return next ?? { id: '<stream end>', mark: this.#reader.mark() };
  }

  /** Whether the next token is one of these. */
  at(...ids: readonly TokenId[]): boolean {
    return ids.includes(this.peek().id);
  }

  /** Takes the next token. */
  next(): Token {
    const token = this.peek();
    this.#tokens.shift();
    this.#taken++;
    return token;
  }

  #needsMore(): boolean {
    if (this.#done) return false;
    if (this.#tokens.length === 0) return true;
    this.#dropStaleKeys();
    return [...this.#possible.values()].some(({ token }) => token === this.#taken);
  }

  #fetch(): void {
    const reader = this.#reader;
    this.#skipToToken();
    this.#dropStaleKeys();
    this.#unwind(reader.column);
    const character = reader.peek();
    if (character === END) return this.#end();
    if (reader.atDocumentMark()) return this.#document();
    if (character === '[' || character === '{') return this.#open(character);
    if (character === ']' || character === '}') return this.#close(character);
    if (character === ',') return this.#entry();
    const blankNext = isBlank(reader.peek(1));
    if (character === '-' && blankNext) return this.#item();
    if (character === '?' && (this.#flowLevel > 0 || blankNext)) return this.#key();
    if (character === ':' && (this.#flowLevel > 0 || blankNext)) return this.#value();
    if (character === '*') return this.#content('<alias>', scanName('alias'));
    if (character === '&') return this.#content('<anchor>', scanName('anchor'));
    if (character === '!') return this.#content('<tag>', scanTag);
    if ((character === '|' || character === '>') && this.#flowLevel === 0) return this.#blockScalar();
    if (character === "'" || character === '"') return this.#content('<scalar>', scanQuoted);
    if (this.#startsPlain(character)) return this.#plain();
    throw new YamlError(
      'while scanning for the next token',
      undefined,
      `found character ${repr(character)} that cannot start any token`,
      reader.mark(),
    );
  }

  #startsPlain(character: string): boolean {
    if (!isBlank(character) && !'-?:,[]{}#&*!|>\'"%@`'.includes(character)) return true;
    const next = this.#reader.peek(1);
    return !isBlank(next) && (character === '-' || (this.#flowLevel === 0 && '?:'.includes(character)));
  }

  #skipToToken(): void {
    const reader = this.#reader;
    for (;;) {
      reader.take((character) => character === ' ');
      if (reader.peek() === '#') reader.take((character) => character !== '\n');
      if (reader.peek() !== '\n') return;
      reader.forward();
      if (this.#flowLevel === 0) this.#allowKey = true;
    }
  }

  #add(id: TokenId, length = 0): void {
    this.#tokens.push({ id, mark: this.#reader.mark() });
    this.#reader.forward(length);
  }

  // keys

  #saveKey(): void {
    if (!this.#allowKey) return;
    this.#removeKey();
    const mark = this.#reader.mark();
    const required = this.#flowLevel === 0 && this.#indent === mark.column;
    this.#possible.set(this.#flowLevel, { token: this.#taken + this.#tokens.length, required, mark });
  }

  #removeKey(level = this.#flowLevel): void {
    const key = this.#possible.get(level);
    this.#possible.delete(level);
    if (key?.required !== true) return;
    const here = this.#reader.mark();
    throw new YamlError('while scanning a simple key', key.mark, "could not find expected ':'", here);
  }

  /** A key stands in one line and is not longer than 1024 characters. */
  #dropStaleKeys(): void {
    const { line, index } = this.#reader;
    for (const [level, { mark }] of this.#possible) {
      if (mark.line !== line || index - mark.index > 1024) this.#removeKey(level);
    }
  }

  // indentation

  #unwind(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#indent = this.#indents.pop() ?? -1;
      this.#add('<block end>');
    }
  }

  #indentTo(column: number): boolean {
    if (this.#indent >= column) return false;
    this.#indents.push(this.#indent);
    this.#indent = column;
    return true;
  }

  #mustAllowKey(what: string): void {
    if (this.#flowLevel > 0 || this.#allowKey) return;
    throw new YamlError(undefined, undefined, `${what} are not allowed here`, this.#reader.mark());
  }

  // tokens

  #end(): void {
    this.#unwind(-1);
    this.#removeKey();
    this.#possible.clear();
    this.#add('<stream end>');
    this.#done = true;
  }

  #document(): void {
    this.#unwind(-1);
    this.#removeKey();
    this.#allowKey = false;
    this.#add(this.#reader.peek() === '-' ? '<document start>' : '<document end>', 3);
  }

  #open(character: '[' | '{'): void {
    this.#saveKey();
    this.#flowLevel++;
    this.#allowKey = true;
    this.#add(character, 1);
  }

  #close(character: ']' | '}'): void {
    this.#removeKey();
    this.#flowLevel--;
    this.#allowKey = false;
    this.#add(character, 1);
  }

  #entry(): void {
    this.#allowKey = true;
    this.#removeKey();
    this.#add(',', 1);
  }

  #item(): void {
    this.#mustAllowKey('sequence entries');
    if (this.#flowLevel === 0 && this.#indentTo(this.#reader.column)) this.#add('<block sequence start>');
    this.#allowKey = true;
    this.#removeKey();
    this.#add('-', 1);
  }

  #key(): void {
    this.#mustAllowKey('mapping keys');
    if (this.#flowLevel === 0 && this.#indentTo(this.#reader.column)) this.#add('<block mapping start>');
    this.#allowKey = this.#flowLevel === 0;
    this.#removeKey();
    this.#add('?', 1);
  }

  #value(): void {
    const key = this.#possible.get(this.#flowLevel);
    this.#possible.delete(this.#flowLevel);
    if (key) {
      // what was a scalar turns out to be a key
      const inserted: Token[] = [{ id: '?', mark: key.mark }];
      if (this.#flowLevel === 0 && this.#indentTo(key.mark.column))
        inserted.unshift({ id: '<block mapping start>', mark: key.mark });
      this.#tokens.splice(key.token - this.#taken, 0, ...inserted);
      this.#allowKey = false;
    } else {
      this.#mustAllowKey('mapping values');
      if (this.#flowLevel === 0 && this.#indentTo(this.#reader.column)) this.#add('<block mapping start>');
      this.#allowKey = this.#flowLevel === 0;
      this.#removeKey();
    }
    this.#add(':', 1);
  }

  #content(id: TokenId, scan: (reader: Reader) => string): void {
    this.#saveKey();
    this.#allowKey = false;
    const mark = this.#reader.mark();
    this.#tokens.push({ id, mark, value: scan(this.#reader) });
  }

  #plain(): void {
    this.#saveKey();
    const mark = this.#reader.mark();
    this.#allowKey = scanPlain(this.#reader, this.#indent + 1, this.#flowLevel > 0);
    this.#tokens.push({ id: '<scalar>', mark });
  }

  #blockScalar(): void {
    this.#allowKey = true;
    this.#removeKey();
    const mark = this.#reader.mark();
    scanBlockScalar(this.#reader, this.#indent + 1);
    this.#tokens.push({ id: '<scalar>', mark });
  }
}
