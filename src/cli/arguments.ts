/** Arguments as data, and what parsing makes of them. */
import { ArgumentTypeError } from 'argparse';
import type { Namespace, Nargs } from 'argparse';
import { repr } from './python';

/** Turns an argument's text into its value; a thrown {@link ArgumentTypeError} carries the whole sentence. */
export type Converter = (text: string) => unknown;

/** One option or positional argument, as data: parser, help, completion and the support page read it. */
export interface ArgumentSpec {
  /** `['-c', '--column']` for an option, `['image']` for a positional argument. */
  names: readonly [string, ...string[]];
  help?: string;
  metavar?: string;
  dest?: string;
  action?:
    | 'store'
    | 'store_true'
    | 'store_false'
    | 'store_const'
    | 'append'
    | 'count'
    | 'key_value'
    | 'non_negative'
    | 'fold'
    | 'help'
    | 'version';
  nargs?: Nargs;
  const?: unknown;
  default?: unknown;
  /**
   * What the action `fold` does: the option's value after this word, from the value before it. A thrown
   * {@link ArgumentTypeError} is a wrong use of the option.
   */
  fold?: (before: unknown, word: string, option: string) => unknown;
  /** The environment variable that, when set, is the default instead. Only `glance` has such options. */
  env?: string;
  type?: Converter;
  choices?: readonly string[];
  required?: boolean;
  /** What the action `version` prints. */
  version?: string;
  /** Options of one parser with the same word here exclude each other. */
  exclusive?: string;
  /** Whether one of those must be given. */
  exclusiveRequired?: boolean;
  /** Known to the parser, not shown in help. */
  hidden?: boolean;
  /** The real client has it, this sandbox has not. */
  absent?: boolean;
}

/** `int()`. */
export const int: Converter = (text) => {
  if (!/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text))
    throw new ArgumentTypeError(`invalid int value: ${repr(text)}`);
  return Number(text.trim().replaceAll('_', '')) + 0;
};

/** `float()`. */
export const float: Converter = (text) => {
  if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text))
    throw new ArgumentTypeError(`invalid float value: ${repr(text)}`);
  return Number(text);
};

/** The outcome of parsing, read by type. A missing option is `undefined`, `false` or empty. */
export class ParsedArgs {
  readonly #values: Namespace;

  constructor(
    values: Namespace,
    readonly specs: readonly ArgumentSpec[],
  ) {
    this.#values = values;
  }

  /** The value as it is; `undefined` when the option was not given and has no default. */
  get(dest: string): unknown {
    const value: unknown = this.#values[dest];
    return value;
  }

  string(dest: string): string | undefined {
    const value = this.get(dest);
    return typeof value === 'string' ? value : undefined;
  }

  number(dest: string): number | undefined {
    const value = this.get(dest);
    return typeof value === 'number' ? value : undefined;
  }

  flag(dest: string): boolean {
    return this.get(dest) === true;
  }

  /** For a pair of options such as `--protected`, `--unprotected`: undefined when neither was given. */
  choice(dest: string): boolean | undefined {
    const value = this.get(dest);
    return typeof value === 'boolean' ? value : undefined;
  }

  list(dest: string): string[] {
    const value = this.get(dest);
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** The `key=value` pairs of an option, in the order given. */
  pairs(dest: string): [string, string][] {
    const value = this.get(dest);
    return value instanceof Map ? [...(value as Map<string, string>)] : []; // filled by KeyValueAction only
  }

  /** The first given option that this sandbox has not. */
  absent(): ArgumentSpec | undefined {
    return this.specs.find((spec) => {
      if (spec.absent !== true) return false;
      const value = this.get(destination(spec));
      return (
        value !== undefined &&
        value !== null &&
        value !== (spec.default ?? (spec.action === 'store_true' ? false : undefined))
      );
    });
  }
}

/** The key under which argparse keeps an argument's value. */
export function destination(spec: ArgumentSpec): string {
  const name = spec.names.find((n) => n.startsWith('--')) ?? spec.names[0];
  return spec.dest ?? name.replace(/^-+/, '').replaceAll('-', '_');
}
