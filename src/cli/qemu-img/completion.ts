import type { ProgramCompleter } from '../program';
import { COMMANDS } from './commands';
import { STANDARD_OPTIONS } from './help';

/** What Tab offers after `qemu-img`: its commands, their options, formats. Files come from the shell. */
export const completeQemuImg: ProgramCompleter = async (words) => {
  const last = words.at(-1) ?? '';
  const before = words.at(-2);
  if (words.length <= 1) {
    const names = last.startsWith('-') ? longOptions(STANDARD_OPTIONS) : COMMANDS.map(({ name }) => name);
    return matching(names, last);
  }
  const command = COMMANDS.find(({ name }) => name === words[0]);
  if (command === undefined) return [];
  const spec = command.options.find(({ long, short }) => before === `--${long}` || before === `-${short}`);
  if (spec?.value === 'human|json') return matching(['human', 'json'], last);
  if (spec?.value !== undefined && /(^|_)FMT$/.test(spec.value))
    return matching(command.name === 'create' || spec.value === 'TGT_FMT' ? WRITABLE : READABLE, last);
  return last.startsWith('--') ? matching(longOptions(command.options), last) : [];
};

const READABLE = ['qcow2', 'raw', 'vdi', 'vhdx', 'vmdk', 'vpc'];
const WRITABLE = ['qcow2', 'raw'];

function longOptions(specs: readonly { long: string }[]): string[] {
  return specs.map(({ long }) => `--${long}`);
}

function matching(words: readonly string[], start: string): string[] {
  return words.filter((word) => word.startsWith(start)).sort();
}
