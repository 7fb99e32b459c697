/** Whether PyYAML would read a text, and what it says if not: yaml/parser.py, yaml/composer.py, yaml/constructor.py. */
import { repr } from '../python';
import { YamlError, type Mark } from './reader';
import { Scanner, type Token, type TokenId } from './scanner';

/**
 * Looks at a text as `yaml.safe_load` does.
 *
 * @throws {@link YamlError} when it would.
 */
export function checkYaml(text: string): void {
  new Checker(new Scanner(text)).stream();
}

class Checker {
  readonly #anchors = new Set<string>();
  #unknownTag: Token | undefined;

  constructor(private readonly scanner: Scanner) {}

  stream(): void {
    const { scanner } = this;
    while (scanner.at('<document end>')) scanner.next();
    if (scanner.at('<stream end>')) return;
    const first = scanner.peek().mark;
    if (scanner.at('<document start>')) scanner.next();
    if (!scanner.at('<document start>', '<document end>', '<stream end>')) this.#node(true, false);
    while (scanner.at('<document end>')) scanner.next();
    if (scanner.at('<document start>'))
      throw new YamlError('expected a single document in the stream', first, 'but found another document', scanner.peek().mark); // prettier-ignore
    if (!scanner.at('<stream end>'))
      this.#refuse(undefined, undefined, "expected '<document start>', but found");
    const tag = this.#unknownTag;
    if (tag)
      throw new YamlError(undefined, undefined, `could not determine a constructor for the tag ${repr(tag.value)}`, tag.mark); // prettier-ignore
  }

  #refuse(context: string | undefined, mark: Mark | undefined, problem: string): never {
    const { id, mark: here } = this.scanner.peek();
    throw new YamlError(context, mark, `${problem} ${repr(id)}`, here);
  }

  /** @param indentless whether the items of a list may stand right below its key. */
  #node(block: boolean, indentless: boolean): void {
    const { scanner } = this;
    const start = scanner.peek().mark;
    if (scanner.at('<alias>')) {
      const { value = '', mark } = scanner.next();
      if (!this.#anchors.has(value))
        throw new YamlError(undefined, undefined, `found undefined alias ${repr(value)}`, mark);
      return;
    }
    let decorated = false;
    while (scanner.at('<anchor>', '<tag>')) {
      const token = scanner.next();
      decorated = true;
      if (token.id === '<anchor>') this.#anchors.add(token.value ?? '');
      else if (!token.value?.startsWith('!!')) this.#unknownTag ??= token;
    }
    if (indentless && scanner.at('-')) return this.#indentlessSequence();
    if (scanner.at('<scalar>')) return void scanner.next();
    if (scanner.at('[')) return this.#flowSequence();
    if (scanner.at('{')) return this.#flowMapping();
    if (block && scanner.at('<block sequence start>')) return this.#blockSequence();
    if (block && scanner.at('<block mapping start>')) return this.#blockMapping();
    if (decorated) return;
    const kind = block ? 'block' : 'flow';
    this.#refuse(`while parsing a ${kind} node`, start, 'expected the node content, but found');
  }

  /** A value that may be missing: then one of these follows. */
  #optional(after: readonly TokenId[], block: boolean, indentless = false): void {
    if (!this.scanner.at(...after)) this.#node(block, indentless);
  }

  #blockSequence(): void {
    const { scanner } = this;
    const { mark } = scanner.next();
    while (scanner.at('-')) {
      scanner.next();
      this.#optional(['-', '<block end>'], true);
    }
    if (!scanner.at('<block end>'))
      this.#refuse('while parsing a block collection', mark, 'expected <block end>, but found');
    scanner.next();
  }

  #indentlessSequence(): void {
    const { scanner } = this;
    while (scanner.at('-')) {
      scanner.next();
      this.#optional(['-', '?', ':', '<block end>'], true);
    }
  }

  #blockMapping(): void {
    const { scanner } = this;
    const { mark } = scanner.next();
    const after: readonly TokenId[] = ['?', ':', '<block end>'];
    while (scanner.at('?')) {
      scanner.next();
      this.#optional(after, true, true);
      if (!scanner.at(':')) continue;
      scanner.next();
      this.#optional(after, true, true);
    }
    if (!scanner.at('<block end>'))
      this.#refuse('while parsing a block mapping', mark, 'expected <block end>, but found');
    scanner.next();
  }

  #flowSequence(): void {
    const { scanner } = this;
    const { mark } = scanner.next();
    for (let first = true; !scanner.at(']'); first = false) {
      if (!first) {
        if (!scanner.at(','))
          this.#refuse('while parsing a flow sequence', mark, "expected ',' or ']', but got");
        scanner.next();
      }
      if (scanner.at('?')) this.#pair([',', ']']);
      else this.#optional([']'], false);
    }
    scanner.next();
  }

  #flowMapping(): void {
    const { scanner } = this;
    const { mark } = scanner.next();
    for (let first = true; !scanner.at('}'); first = false) {
      if (!first) {
        if (!scanner.at(','))
          this.#refuse('while parsing a flow mapping', mark, "expected ',' or '}', but got");
        scanner.next();
      }
      if (scanner.at('?')) this.#pair([',', '}']);
      else this.#optional(['}'], false);
    }
    scanner.next();
  }

  #pair(after: readonly TokenId[]): void {
    const { scanner } = this;
    scanner.next();
    this.#optional([':', ...after], false);
    if (!scanner.at(':')) return;
    scanner.next();
    this.#optional(after, false);
  }
}
