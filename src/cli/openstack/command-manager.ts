/** Which command do these words mean? cliff/commandmanager.py and the fuzzy search of cliff/app.py. */
import { compareStrings } from '../python';

/** A command that was found, and the words that are left for its parser. */
export interface Found {
  /** Its full name. */
  name: string;
  /** The words as they were typed, which usage lines repeat. */
  typed: string;
  rest: string[];
}

/**
 * The longest run of leading words that is a command, or abbreviates just one: each word may be cut short.
 *
 * @param names all commands of the client, those included that the sandbox has not.
 */
export function findCommand(argv: readonly string[], names: readonly string[]): Found | undefined {
  const option = argv.findIndex((word) => word.startsWith('-'));
  for (let count = option < 0 ? argv.length : option; count > 0; count--) {
    const words = argv.slice(0, count);
    const typed = words.join(' ');
    const rest = argv.slice(count);
    if (names.includes(typed)) return { name: typed, typed, rest };
    const candidates = names.filter((name) => {
      const parts = name.split(' ');
      return parts.length === count && parts.every((part, index) => part.startsWith(words[index] ?? ''));
    });
    const [only] = candidates;
    if (candidates.length === 1 && only !== undefined) return { name: only, typed, rest };
  }
  return undefined;
}

/** Commands that begin with the word, and those whose first word is nearest to it. */
export function fuzzyMatches(word: string, names: readonly string[]): string[] {
  const distances = [...names].sort(compareStrings).map((name) => ({
    name,
    distance: name.startsWith(word) ? 0 : damerauLevenshtein(word, name.split(' ')[0] ?? '') + 1,
  }));
  const nearest = Math.min(...distances.map(({ distance }) => distance).filter((distance) => distance > 0));
  const among = (distance: number): string[] =>
    distances.filter((one) => one.distance === distance).map(({ name }) => name);
  return [...among(0), ...among(nearest)];
}

// What each edit costs: the smaller the sum, the more alike the words.
const COST = { swap: 0, substitute: 2, insert: 1, remove: 3 };

/** cliff.utils.damerau_levenshtein with cliff's costs. */
export function damerauLevenshtein(from: string, to: string): number {
  if (from === to) return 0;
  if (from.length === 0) return to.length * COST.insert;
  if (to.length === 0) return from.length * COST.remove;
  let current = Array.from({ length: to.length + 1 }, (_, j) => j * COST.insert);
  let before = [...current];
  for (let i = 0; i < from.length; i++) {
    const next = [(i + 1) * COST.remove];
    for (let j = 0; j < to.length; j++) {
      const options = [
        (current[j] ?? 0) + (from[i] === to[j] ? 0 : COST.substitute),
        (next[j] ?? 0) + COST.insert,
        (current[j + 1] ?? 0) + COST.remove,
      ];
      if (i > 0 && j > 0 && from[i - 1] === to[j] && from[i] === to[j - 1])
        options.push((before[j - 1] ?? 0) + COST.swap);
      next.push(Math.min(...options));
    }
    before = current;
    current = next;
  }
  return current.at(-1) ?? 0;
}
