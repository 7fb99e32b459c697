import { Bash } from 'just-bash';
import type { ScriptNode } from 'just-bash';

/** Why a line is not a command: bash's own words, and whether more input could still make it one. */
export class ShellSyntaxError extends Error {
  override readonly name = 'ShellSyntaxError';
  constructor(
    /** As bash prints it, without `bash: `. */
    message: string,
    /** True when the text only stops too early: an open quote, an unfinished `for`. */
    readonly incomplete: boolean,
  ) {
    super(message);
  }
}

const END_OF_FILE = 'syntax error: unexpected end of file';

/** just-bash parses only inside `transform`, and hands the tree to a plugin. */
class Parser {
  #ast: ScriptNode | undefined;
  readonly #bash = new Bash({ commands: [], defenseInDepth: false });

  constructor() {
    this.#bash.registerTransformPlugin({
      name: 'parse',
      transform: ({ ast }) => {
        this.#ast = ast;
        return { ast: { type: 'Script', statements: [] } };
      },
    });
  }

  parse(source: string): ScriptNode {
    this.#ast = undefined;
    this.#bash.transform(source);
    return this.#ast ?? { type: 'Script', statements: [] };
  }
}

let parser: Parser | undefined;

/**
 * The syntax tree of a command line.
 *
 * @throws {@link ShellSyntaxError}
 */
export function parse(source: string): ScriptNode {
  parser ??= new Parser();
  try {
    const ast = parser.parse(source);
    // bash reads a whole line before it runs any of it; just-bash would report these when it gets there
    for (const { deferredError } of ast.statements) {
      if (deferredError) throw new Error(`line 1: ${deferredError.message}`);
    }
    if (endsInOperator(source) && !hasOpenHereDocument(ast)) throw new ShellSyntaxError(END_OF_FILE, true);
    return ast;
  } catch (error) {
    if (error instanceof ShellSyntaxError) throw error;
    throw syntaxError(source, error instanceof Error ? error.message : String(error));
  }
}

/** A function definition as text that defines it again. */
export function printScript(ast: ScriptNode): string {
  const printer = new Bash({ commands: [], defenseInDepth: false });
  printer.registerTransformPlugin({ name: 'print', transform: () => ({ ast }) });
  return printer.transform(':').script;
}

function syntaxError(source: string, message: string): ShellSyntaxError {
  const eof = /unexpected EOF while looking for matching [`'](.+)'/.exec(message);
  if (eof) return new ShellSyntaxError(`unexpected EOF while looking for matching \`${eof[1]}'`, true);
  const at = /Parse error at (\d+):(\d+)/.exec(message);
  if (at) {
    const rest = restOf(source, Number(at[1]), Number(at[2]));
    if (rest.trim() === '' && /got EOF|token `(fi|done|esac|}|\))'|compound command/.test(message)) {
      return new ShellSyntaxError(END_OF_FILE, true);
    }
    const quoted = /token `(.+)'/.exec(message);
    const token = quoted?.[1] ?? /^\s*(\n|[;&|<>()]+|[^\s;&|<>()]+)/.exec(rest)?.[1] ?? 'newline';
    return new ShellSyntaxError(
      `syntax error near unexpected token \`${token === '\n' ? 'newline' : token}'`,
      false,
    );
  }
  return new ShellSyntaxError(message.replace(/^line \d+: |^Parse error at \d+:\d+: /g, ''), false);
}

function restOf(source: string, line: number, column: number): string {
  const lines = source.split('\n').slice(line - 1);
  return [(lines[0] ?? '').slice(column - 1), ...lines.slice(1)].join('\n');
}

/** Whether bash would print its continuation prompt after this text. */
export function isIncomplete(source: string): boolean {
  if (/(^|[^\\])(\\\\)*\\$/.test(source)) return !endsInComment(source);
  let ast: ScriptNode;
  try {
    ast = parse(source);
  } catch (error) {
    return error instanceof ShellSyntaxError && error.incomplete;
  }
  return hasOpenHereDocument(ast);
}

/** just-bash takes `a |` for `a`. */
function endsInOperator(source: string): boolean {
  return /(^|[^>&|\\])(\||&&|\|\||\|&)\s*$/.test(source) && !endsInComment(source);
}

function endsInComment(source: string): boolean {
  const last = source.slice(source.lastIndexOf('\n') + 1);
  return /(^|\s)#/.test(last) && !/['"]/.test(last);
}

/** A here-document can stand anywhere in the tree, so look at every object of it. */
function hasOpenHereDocument(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('terminated' in node && node.terminated === false) return true;
  return Object.values(node).some(hasOpenHereDocument);
}
