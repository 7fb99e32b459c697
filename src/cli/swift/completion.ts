import type { ArgumentSpec } from '../arguments';
import type { ProgramCompleter } from '../program';
import { COMMANDS } from './command-table';
import { defaultOptions, openstackOptions } from './options';

/** What Tab offers after `swift`: its commands and their options. Files come from the shell. */
export const completeSwift: ProgramCompleter = async (words, { env }) => {
  const last = words.at(-1) ?? '';
  const command = COMMANDS.find(({ name }) => words.slice(0, -1).includes(name));
  if (!last.startsWith('-'))
    return command === undefined
      ? matching(
          COMMANDS.map(({ name }) => name),
          last,
        )
      : [];
  const specs = [...defaultOptions(env), ...openstackOptions(env), ...(command?.arguments ?? [])];
  return matching(
    specs.filter(isShown).flatMap(({ names }) => names),
    last,
  );
};

function isShown({ hidden }: ArgumentSpec): boolean {
  return hidden !== true;
}

function matching(words: readonly string[], start: string): string[] {
  return words
    .filter((word) => word.startsWith('--') || !word.startsWith('-'))
    .filter((word) => word.startsWith(start))
    .sort();
}
