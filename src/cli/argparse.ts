/**
 * Python's argparse as it is in 3.13, the version the real clients run on. npm's `argparse` is a port of 3.14:
 * this adapter takes the colours out, gives usage a width, words the errors as 3.13 does, and never touches a process.
 */
import { Action, ArgumentError, ArgumentParser, ArgumentTypeError, HelpFormatter, SUPPRESS } from 'argparse';
import type {
  ActionConstructorOptions,
  ActionsContainer,
  ArgumentOptions,
  ArgumentParserClass,
  ArgumentParserOptions,
  HelpFormatterOptions,
  MutuallyExclusiveGroup,
  Namespace,
} from 'argparse';
import { ParsedArgs, type ArgumentSpec } from './arguments';
import { ProgramExit } from './errors';
import { repr } from './python';
import { wrap } from './textwrap';

declare module 'argparse' {
  // Methods which the port has and its type declarations leave out.
  interface HelpFormatter {
    start_section(heading: string): void;
    add_usage(
      usage: string | undefined,
      actions: readonly Action[],
      groups: readonly { _group_actions: readonly Action[] }[],
      prefix?: string,
    ): void;
    _split_lines(text: string, width: number): string[];
    _format_action_invocation(action: Action): string;
    _fill_text(text: string, width: number, indent: string): string;
  }
}

/** osc_lib.cli.parseractions.NonNegativeAction: an int of 0 or more. */
class NonNegativeAction extends Action {
  override call(_parser: ArgumentParser, namespace: Namespace, value: unknown, option?: string): void {
    if (Number(value) < 0) throw new ArgumentError(this, `${option ?? ''} expected a non-negative integer`);
    namespace[this.dest] = value;
  }
}

/** osc_lib.cli.parseractions.KeyValueAction: `key=value`, collected in one object. */
class KeyValueAction extends Action {
  override call(_parser: ArgumentParser, namespace: Namespace, values: unknown): void {
    const text = String(values);
    const at = text.indexOf('=');
    if (at < 0) throw new ArgumentError(this, `Expected 'key=value' type, but got: ${text}`);
    if (at === 0) throw new ArgumentError(this, `Property key must be specified: ${text}`);
    const before: unknown = namespace[this.dest];
    const entries = before instanceof Map ? (before as Map<string, string>) : new Map<string, string>(); // only this action fills it
    entries.set(text.slice(0, at), text.slice(at + 1));
    namespace[this.dest] = entries;
  }
}

/** An action of one option alone: {@link ArgumentSpec.fold}. */
function foldAction(
  fold: NonNullable<ArgumentSpec['fold']>,
): new (options: ActionConstructorOptions) => Action {
  return class extends Action {
    override call(_parser: ArgumentParser, namespace: Namespace, value: unknown, option = ''): void {
      try {
        namespace[this.dest] = fold(namespace[this.dest], Array.isArray(value) ? '' : String(value), option);
      } catch (error) {
        if (error instanceof ArgumentTypeError) throw new ArgumentError(this, error.message);
        throw error;
      }
    }
  };
}

/** Prints the help of the parser it belongs to and ends the program. */
class HelpAction extends Action {
  override call(parser: ArgumentParser): void {
    throw new ProgramExit(0, parser.format_help());
  }
}

/** Prints a version and ends the program. */
class VersionAction extends Action {
  override call(): void {
    throw new ProgramExit(0, `${String(this.const)}\n`);
  }
}

export interface ParserOptions {
  prog: string;
  description?: string;
  epilog?: string;
  /** Characters a line may have; the help stays two short of it. */
  columns: number;
  /** glanceclient capitalises the headings of its help. */
  capitalHeadings?: boolean;
  /** Stands for the usage that argparse would make. */
  usage?: string;
  /** swiftclient writes `--option=VALUE` in its help. */
  equalsSigns?: boolean;
}

/** An argument parser that throws {@link ProgramExit} where Python's would print and exit. */
export class Parser extends ArgumentParser {
  readonly #exclusive = new Map<string, MutuallyExclusiveGroup>();
  readonly #specs: ArgumentSpec[] = [];
  readonly #options: ParserOptions;

  constructor(options: ParserOptions) {
    const { columns, capitalHeadings, equalsSigns, ...rest } = options;
    super({
      ...rest,
      add_help: false,
      color: false,
      formatter_class: formatter(columns, capitalHeadings ?? false, equalsSigns ?? false),
    });
    this.#options = options;
  }

  /** All arguments, in the order in which they were added. */
  get specs(): readonly ArgumentSpec[] {
    return this.#specs;
  }

  /** Adds one argument to the parser, or to one of its groups. */
  add(
    spec: ArgumentSpec,
    container: ActionsContainer & Partial<Pick<ArgumentParser, 'add_mutually_exclusive_group'>> = this,
  ): void {
    this.#specs.push(spec);
    let target: ActionsContainer = container;
    if (spec.exclusive !== undefined) {
      const group =
        this.#exclusive.get(spec.exclusive) ??
        (container as ArgumentParser).add_mutually_exclusive_group({
          required: spec.exclusiveRequired ?? false,
        }); // parser and groups both have it
      this.#exclusive.set(spec.exclusive, group);
      target = group;
    }
    target.add_argument(...spec.names, argumentOptions(spec));
  }

  /** Adds several arguments in their order. */
  addAll(specs: readonly ArgumentSpec[], container?: ActionsContainer): void {
    for (const spec of specs) this.add(spec, container ?? this);
  }

  /**
   * Parses `argv`, all of it.
   *
   * @param more arguments of subparsers, for {@link ParsedArgs.absent}.
   * @throws {@link ProgramExit}
   */
  parse(argv: readonly string[], more: readonly ArgumentSpec[] = []): ParsedArgs {
    return new ParsedArgs(this.parse_args([...argv]), [...this.#specs, ...more]);
  }

  /**
   * Makes room for subcommands. All names are known to the parser; those in `subcommands` have parsers of their own,
   * which are made only when their name is in `wanted`, for making one is slow.
   */
  addSubcommands(
    metavar: string,
    names: readonly string[],
    wanted: ReadonlyMap<string, { help: string; arguments: readonly ArgumentSpec[] }>,
  ): ReadonlyMap<string, Parser> {
    const action = this.add_subparsers({ metavar, parser_class: Parser as unknown as ArgumentParserClass }); // its options are more than the port knows of
    const choices = action.choices as Record<string, ArgumentParser>; // the port's map of names to parsers
    const stub = new Parser({ ...this.#options, prog: `${this.prog} …` });
    const parsers = new Map<string, Parser>();
    for (const name of names) {
      const subcommand = wanted.get(name);
      if (subcommand === undefined) {
        choices[name] = stub;
        continue;
      }
      const { columns, capitalHeadings = false } = this.#options;
      const { help } = subcommand;
      // one without help is not listed
      const options = { ...(help !== '' && { help }), description: help, columns, capitalHeadings };
      const parser = action.add_parser(name, options) as Parser; // made by parser_class above
      // glanceclient's group for options that cannot be left out; without any, help does not show it
      const required = parser.add_argument_group('Required arguments');
      for (const spec of subcommand.arguments) parser.add(spec, spec.required ? required : parser);
      parsers.set(name, parser);
    }
    return parsers;
  }

  /** Parses what it knows; the rest comes back as it stood. @throws {@link ProgramExit} */
  parseKnown(argv: readonly string[]): [ParsedArgs, string[]] {
    const [namespace, rest] = this.parse_known_args([...argv]);
    return [new ParsedArgs(namespace, this.#specs), rest];
  }

  override error(message: string): never {
    throw new ProgramExit(2, '', `${this.format_usage()}${this.prog}: error: ${message}\n`);
  }

  /** Overrides a method of the port: 3.13 lists the choices bare, 3.14 quotes them. */
  _check_value(action: Action, value: unknown): void {
    if (action.choices === undefined) return;
    const choices: unknown[] = Array.isArray(action.choices) ? action.choices : Object.keys(action.choices);
    if (choices.includes(value)) return;
    throw new ArgumentError(
      action,
      `invalid choice: ${repr(String(value))} (choose from ${choices.join(', ')})`,
    );
  }
}

function argumentOptions(spec: ArgumentSpec): ArgumentOptions {
  const {
    names: _names,
    exclusive: _exclusive,
    exclusiveRequired: _exclusiveRequired,
    fold,
    absent: _absent,
    env: _env,
    hidden,
    action,
    choices,
    help,
    type,
    version,
    ...rest
  } = spec;
  const options: ArgumentOptions = { ...rest };
  const words = hidden ? SUPPRESS : help;
  if (words !== undefined) options.help = words;
  if (choices !== undefined) options.choices = choices;
  if (type !== undefined) options.type = type;
  if (action === 'key_value') options.action = KeyValueAction;
  else if (action === 'non_negative') options.action = NonNegativeAction;
  else if (fold !== undefined) options.action = foldAction(fold);
  else if (action === 'help') Object.assign(options, { action: HelpAction, nargs: 0, default: SUPPRESS });
  else if (action === 'version')
    Object.assign(options, { action: VersionAction, nargs: 0, const: version, default: SUPPRESS });
  else if (action !== undefined) options.action = action;
  if ((action === 'store_true' || action === 'store_false') && 'default' in spec)
    options.default = spec.default;
  return options;
}

function formatter(
  columns: number,
  capital: boolean,
  equalsSigns: boolean,
): NonNullable<ArgumentParserOptions['formatter_class']> {
  return class extends HelpFormatter {
    constructor(options: HelpFormatterOptions) {
      super({ ...options, width: columns - 2, color: false });
    }

    // the port does not cut words after hyphens
    override _split_lines(text: string, width: number): string[] {
      return wrap(text.replace(/\s+/g, ' ').trim(), width);
    }

    override _fill_text(text: string, width: number, indent: string): string {
      return wrap(text.replace(/\s+/g, ' ').trim(), width - indent.length)
        .map((line) => indent + line)
        .join('\n');
    }

    // 3.13 shows that options exclude each other only where they stand side by side
    override add_usage(...[usage, actions, groups, prefix]: Parameters<HelpFormatter['add_usage']>): void {
      const optional = actions.filter(({ option_strings }) => option_strings.length > 0);
      const together = groups.filter(({ _group_actions: members }) => {
        const at = optional.findIndex((action) => action === members[0]);
        return members.every((action, index) => optional[at + index] === action);
      });
      super.add_usage(usage, actions, together, prefix);
    }

    override _format_action_invocation(action: Action): string {
      if (!equalsSigns || action.nargs === 0) return super._format_action_invocation(action);
      const value = action.metavar ?? action.dest.toUpperCase();
      return action.option_strings.map((name) => `${name}=${String(value)}`).join(', ');
    }

    override start_section(heading: string): void {
      super.start_section(capital ? heading.charAt(0).toUpperCase() + heading.slice(1) : heading);
    }
  };
}
