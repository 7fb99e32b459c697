import type { ProgramCompleter } from '../program';
import { OPTIONS } from './options';

/** What Tab offers after `curl`: its options. Files come from the shell. */
export const completeCurl: ProgramCompleter = async (words) => {
  const last = words.at(-1) ?? '';
  if (!last.startsWith('--')) return [];
  return OPTIONS.map(({ long }) => `--${long}`)
    .filter((option) => option.startsWith(last))
    .sort();
};
