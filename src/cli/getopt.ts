/** Options as GNU `getopt_long` takes them: in any place, long ones shortened, short ones joined. */

export interface OptionSpec {
  long: string;
  short?: string;
  /** What its value is called; none when it takes none. */
  value?: string;
  /** What it does, for the help text. */
  help: string;
  /** Whether the real program has it and this one only says so. */
  absent?: true;
}

/** A command line that cannot be read. The message is that of `getopt_long`, or the program's. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Whether the user is told of `--help`. */
  readonly hint: boolean = true;
  constructor(
    message: string,
    /** Whether `getopt_long` found it: then the command's name stands in front. */
    readonly fromGetopt = false,
  ) {
    super(message);
  }
}

export interface ParsedOption {
  /** The long name. */
  name: string;
  value: string;
}

/**
 * The options in `args`, in their order; the other words go into `operands`. Ends at the first that is wrong.
 *
 * @throws UsageError when it comes to that one.
 */
export function* getopt(
  args: readonly string[],
  specs: readonly OptionSpec[],
  operands: string[],
): Generator<ParsedOption> {
  const left = [...args];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--') {
      operands.push(...left);
      return;
    }
    if (word.startsWith('--')) yield long(word, left, specs);
    else if (word.startsWith('-') && word !== '-') yield* short(word, left, specs);
    else operands.push(word);
  }
}

function long(word: string, left: string[], specs: readonly OptionSpec[]): ParsedOption {
  const equals = word.indexOf('=');
  const name = equals === -1 ? word.slice(2) : word.slice(2, equals);
  const given = equals === -1 ? undefined : word.slice(equals + 1);
  const exact = specs.filter((spec) => spec.long === name);
  const matching = exact.length > 0 ? exact : specs.filter((spec) => spec.long.startsWith(name));
  const [spec] = matching;
  if (spec === undefined)
    throw new UsageError(`unrecognized option '${equals === -1 ? word : word.slice(0, equals)}'`, true);
  if (matching.length > 1) {
    const possibilities = matching.map((each) => `'--${each.long}'`).join(' ');
    throw new UsageError(`option '${word}' is ambiguous; possibilities: ${possibilities}`, true);
  }
  if (!spec.value) {
    if (given !== undefined) throw new UsageError(`option '--${spec.long}' doesn't allow an argument`, true);
    return { name: spec.long, value: '' };
  }
  const value = given ?? left.shift();
  if (value === undefined) throw new UsageError(`option '--${spec.long}' requires an argument`, true);
  return { name: spec.long, value };
}

function* short(word: string, left: string[], specs: readonly OptionSpec[]): Generator<ParsedOption> {
  for (let at = 1; at < word.length; at++) {
    const letter = word.charAt(at);
    const spec = specs.find((each) => each.short === letter);
    if (spec === undefined) throw new UsageError(`invalid option -- '${letter}'`, true);
    if (!spec.value) {
      yield { name: spec.long, value: '' };
      continue;
    }
    const value = word.slice(at + 1) || left.shift();
    if (value === undefined) throw new UsageError(`option requires an argument -- '${letter}'`, true);
    yield { name: spec.long, value };
    return;
  }
}
