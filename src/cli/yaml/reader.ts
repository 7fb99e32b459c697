/** A text read character by character, and the error that names a place in it: yaml/reader.py, yaml/error.py. */

export interface Mark {
  index: number;
  line: number;
  column: number;
}

/** What PyYAML refuses a text with. Its message is the one that Python prints. */
export class YamlError extends Error {
  override readonly name = 'YamlError';

  constructor(
    readonly context: string | undefined,
    readonly contextMark: Mark | undefined,
    readonly problem: string,
    readonly problemMark: Mark,
  ) {
    super(problem);
  }

  /** The message for a file of this name. */
  in(file: string): string {
    const place = ({ line, column }: Mark): string =>
      `  in "${file}", line ${line + 1}, column ${column + 1}`;
    const { context, contextMark, problem, problemMark } = this;
    const same = contextMark?.line === problemMark.line && contextMark.column === problemMark.column;
    return [
      ...(context === undefined ? [] : [context]),
      ...(contextMark === undefined || same ? [] : [place(contextMark)]),
      problem,
      place(problemMark),
    ].join('\n');
  }
}

/** What stands after the last character. */
export const END = '\0';

export class Reader {
  readonly #text: readonly string[];
  #index = 0;
  #line = 0;
  #column = 0;

  constructor(text: string) {
    this.#text = [...text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')];
  }

  get index(): number {
    return this.#index;
  }

  get line(): number {
    return this.#line;
  }

  get column(): number {
    return this.#column;
  }

  mark(): Mark {
    return { index: this.#index, line: this.#line, column: this.#column };
  }

  peek(ahead = 0): string {
    return this.#text[this.#index + ahead] ?? END;
  }

  forward(count = 1): void {
    for (let i = 0; i < count; i++) {
      if (this.peek() === '\n') {
        this.#line++;
        this.#column = 0;
      } else this.#column++;
      this.#index++;
    }
  }

  /** Goes on while the test holds; returns what it passed. */
  take(test: (character: string) => boolean): string {
    let taken = '';
    while (this.peek() !== END && test(this.peek())) {
      taken += this.peek();
      this.forward();
    }
    return taken;
  }

  /** `---` or `...` at the start of a line, between two documents. */
  atDocumentMark(): boolean {
    const three = this.peek() + this.peek(1) + this.peek(2);
    return this.#column === 0 && (three === '---' || three === '...') && isBlank(this.peek(3));
  }
}

/** A blank, a tab, the end of a line or of the text. */
export function isBlank(character: string): boolean {
  return [END, ' ', '\t', '\n'].includes(character);
}
