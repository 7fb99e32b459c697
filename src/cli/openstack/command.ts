/** What a command of `openstack` is: cliff's Command, Lister and ShowOne as data and one function. */
import type { ArgumentSpec, ParsedArgs } from '../arguments';
import { Parser } from '../argparse';
import { cachedParser } from '../parser-cache';
import type { Cell } from '../formatters/columns';
import { listFormatters, showFormatters, type Formatter } from '../formatters';
import type { App } from './app';

interface CommandBase {
  /** The words that call it, such as `image create`. */
  name: string;
  /** The class it models. */
  upstream: string;
  description: string;
  arguments: readonly ArgumentSpec[];
  /** Whether it logs in first; true unless set. */
  authRequired?: boolean;
}

/** Prints what it wants, usually nothing. */
export interface PlainCommand extends CommandBase {
  kind: 'command';
  run(app: App, args: ParsedArgs): Promise<void>;
}

/** Gives rows. */
export interface ListerCommand extends CommandBase {
  kind: 'lister';
  run(
    app: App,
    args: ParsedArgs,
  ): Promise<{
    columns: readonly string[];
    rows: readonly (readonly Cell[])[];
    /** Whether the client has the columns as a list and not as a tuple: only an error about `-c` shows it. */
    inList?: boolean;
    /** The columns that `-c` asks for, where the command itself knows them by several names. */
    selected?: readonly string[];
  }>;
}

/** Gives the fields of one thing. */
export interface ShowOneCommand extends CommandBase {
  kind: 'show';
  run(
    app: App,
    args: ParsedArgs,
  ): Promise<{
    columns: readonly string[];
    values: readonly Cell[];
    /** Whether there is nothing to print after all. */
    silent?: boolean;
  }>;
}

export type Command = PlainCommand | ListerCommand | ShowOneCommand;

/** Fields sorted by name, as most ShowOne commands give them. */
export function sortedFields(fields: Readonly<Record<string, Cell>>): { columns: string[]; values: Cell[] } {
  const columns = Object.keys(fields).sort();
  return { columns, values: columns.map((name) => fields[name] ?? null) };
}

/** The formatters a command can print with. */
export function formattersOf(command: Command): readonly Formatter[] {
  return command.kind === 'command' ? [] : command.kind === 'lister' ? listFormatters : showFormatters;
}

/** The parser of a command, its options in the client's order. */
export function commandParser(
  command: Command,
  prog: string,
  columns: number,
  env: Readonly<Record<string, string>>,
): Parser {
  return cachedParser([prog, command.name, columns], env, () =>
    makeCommandParser(command, prog, columns, env),
  );
}

function makeCommandParser(
  command: Command,
  prog: string,
  columns: number,
  env: Readonly<Record<string, string>>,
): Parser {
  const parser = new Parser({ prog, description: command.description, columns });
  parser.add({ names: ['-h', '--help'], action: 'help', help: 'show this help message and exit' });
  const formatters = formattersOf(command);
  if (formatters.length > 0) addFormatterOptions(parser, command, formatters, env);
  parser.addAll(command.arguments);
  return parser;
}

function addFormatterOptions(
  parser: Parser,
  command: Command,
  formatters: readonly Formatter[],
  env: Readonly<Record<string, string>>,
): void {
  const group = parser.add_argument_group('output formatters', 'output formatter options');
  parser.addAll(
    [
      {
        names: ['-f', '--format'],
        dest: 'formatter',
        choices: formatters.map(({ name }) => name),
        default: 'table',
        help: 'how to print it; as a table unless given',
      },
      {
        names: ['-c', '--column'],
        action: 'append',
        default: [],
        dest: 'columns',
        metavar: 'COLUMN',
        help: 'print this column only; repeat it for several',
      },
    ],
    group,
  );
  for (const { options } of formatters) {
    if (options === undefined) continue;
    const { title, description, arguments: specs } = options(env);
    parser.addAll(specs, parser.add_argument_group(title, description));
  }
  if (command.kind !== 'lister') return;
  parser.addAll(
    [
      {
        names: ['--sort-column'],
        action: 'append',
        default: [],
        dest: 'sort_columns',
        metavar: 'SORT_COLUMN',
        help: 'sort by this column; repeat it to sort by several, the first one first',
      },
      {
        names: ['--sort-ascending'],
        action: 'store_const',
        dest: 'sort_direction',
        const: 'asc',
        exclusive: 'sort direction',
        help: 'smallest first',
      },
      {
        names: ['--sort-descending'],
        action: 'store_const',
        dest: 'sort_direction',
        const: 'desc',
        exclusive: 'sort direction',
        help: 'largest first',
      },
    ],
    group,
  );
}
