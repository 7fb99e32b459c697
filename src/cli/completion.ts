/** What Tab offers: the words of commands, options, their choices, names of what is there. */
import type { ArgumentSpec } from './arguments';
import type { ProgramCompleter } from './program';

/** A command as completion sees it. */
export interface Completable {
  name: string;
  arguments: readonly ArgumentSpec[];
}

/**
 * Asks the API for names of what an argument can be: `network` of `port create`. Nothing for an argument that names
 * nothing that is there. May fail, then no name is offered.
 */
export type Names = (
  argument: string,
  command: string,
  context: Parameters<ProgramCompleter>[1],
) => Promise<string[]> | undefined;

/**
 * Makes a program's completer from its tables.
 */
export function makeCompleter<Command extends Completable>(
  globals: (env: Readonly<Record<string, string>>) => readonly ArgumentSpec[],
  loadCommands: () => readonly Command[] | Promise<readonly Command[]>,
  optionsOf: (command: Command, env: Readonly<Record<string, string>>) => readonly ArgumentSpec[],
  namesOf: Names,
): ProgramCompleter {
  return async (words, context) => {
    const commands = await loadCommands();
    const last = words.at(-1) ?? '';
    const before = words.slice(0, -1);
    const plain = commandWords(before, globals(context.env));
    const command = commands.find(({ name }) =>
      name.split(' ').every((word, index) => plain[index] === word),
    );
    const specs = [
      ...globals(context.env),
      ...(command === undefined ? [] : optionsOf(command, context.env)),
    ].filter((spec) => spec.hidden !== true && spec.absent !== true);

    const option = specs.find((spec) => spec.names.includes(before.at(-1) ?? '') && takesValue(spec));
    let offers: readonly string[];
    const named = ({ names: [name] }: ArgumentSpec): Promise<string[]> =>
      quietly(namesOf(name.replace(/^--/, '').replaceAll('-', '_'), command?.name ?? '', context));
    if (option !== undefined) offers = option.choices ?? (await named(option));
    else if (last.startsWith('-'))
      offers = specs.flatMap(({ names }) => names).filter((name) => name.startsWith('-'));
    else if (command === undefined) offers = nextWords(plain, commands);
    else {
      const positional = command.arguments.filter(({ names: [name] }) => !name.startsWith('-'));
      const at = commandWords(before, specs).length - command.name.split(' ').length;
      const argument = positional[Math.min(at, positional.length - 1)];
      offers = argument === undefined ? helpWords(command, plain, commands) : await named(argument);
      if (command.name === 'help') offers = helpWords(command, plain, commands);
    }
    return [...new Set(offers)].filter((offer) => offer.startsWith(last)).sort();
  };
}

function takesValue({ action, names: [name] }: ArgumentSpec): boolean {
  return (
    name.startsWith('-') &&
    (action === undefined ||
      action === 'store' ||
      action === 'append' ||
      action === 'key_value' ||
      action === 'fold' ||
      action === 'non_negative')
  );
}

/** The words that are neither global options nor their values. */
function commandWords(words: readonly string[], globals: readonly ArgumentSpec[]): string[] {
  const plain: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('-')) plain.push(word);
    else if (globals.some((spec) => spec.names.includes(word) && takesValue(spec))) i++;
  }
  return plain;
}

function nextWords(plain: readonly string[], commands: readonly Completable[]): string[] {
  return commands.flatMap(({ name }) => {
    const parts = name.split(' ');
    const next = parts[plain.length];
    return next !== undefined && plain.every((word, index) => parts[index] === word) ? [next] : [];
  });
}

/** After `help` come the words of commands. */
function helpWords(
  command: Completable,
  plain: readonly string[],
  commands: readonly Completable[],
): string[] {
  return command.name === 'help' ? nextWords(plain.slice(1), commands) : [];
}

async function quietly(names: Promise<string[]> | undefined): Promise<string[]> {
  try {
    return (await names) ?? [];
  } catch {
    return [];
  }
}
