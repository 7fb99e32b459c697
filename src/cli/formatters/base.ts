import type { ArgumentSpec, ParsedArgs } from '../arguments';
import type { Cell } from './columns';

/** What a formatter may know of where its text goes. */
export interface Terminal {
  isTerminal: boolean;
  columns: number;
  env: Readonly<Record<string, string>>;
}

/** A group of options in a command's help. */
export interface FormatterOptions {
  title: string;
  description?: string;
  arguments: readonly ArgumentSpec[];
}

/** One value of `-f`: cliff/formatters/base.py. */
export interface Formatter {
  name: string;
  options?: (env: Readonly<Record<string, string>>) => FormatterOptions;
  /** Several objects, a row each. */
  emitList?(
    columns: readonly string[],
    rows: readonly (readonly Cell[])[],
    args: ParsedArgs,
    terminal: Terminal,
  ): string;
  /** One object, a field a line. */
  emitOne?(columns: readonly string[], values: readonly Cell[], args: ParsedArgs, terminal: Terminal): string;
}
