import { float, words as split } from '../../python/text';
import { compareStrings, PythonError } from '../../python/values';

// nova/scheduler/filters/extra_specs_ops.py

/**
 * Whether a value fulfils a demand.
 *
 * @throws {@link PythonError} ValueError when numbers are compared and one is none; nova lets it out too.
 */
export type Match = (value: string) => boolean;

function numbers(holds: (value: number, wanted: number) => boolean): (wanted: string) => Match {
  return (wanted) => {
    let number: number | undefined;
    return (value) => holds(float(value), (number ??= float(wanted)));
  };
}

function texts(holds: (comparison: number) => boolean): (wanted: string) => Match {
  return (wanted) => (value) => holds(compareStrings(value, wanted));
}

const METHODS: { readonly [operator: string]: ((wanted: string) => Match) | undefined } = {
  // not a slip of ours: a single = means at least
  '=': numbers((value, wanted) => value >= wanted),
  '<in>': (wanted) => (value) => value.includes(wanted),
  '==': numbers((value, wanted) => value === wanted),
  '!=': numbers((value, wanted) => value !== wanted),
  '>=': numbers((value, wanted) => value >= wanted),
  '<=': numbers((value, wanted) => value <= wanted),
  's==': (wanted) => (value) => value === wanted,
  's!=': (wanted) => (value) => value !== wanted,
  's<': texts((comparison) => comparison < 0),
  's<=': texts((comparison) => comparison <= 0),
  's>': texts((comparison) => comparison > 0),
  's>=': texts((comparison) => comparison >= 0),
};

/**
 * Reads a demand such as `>= 4`, `<or> a <or> b` or plain `a`.
 *
 * @example
 * matcher('<or> a100 <or> h100')('h100'); // true
 */
export function matcher(demand: string): Match {
  const words = split(demand);
  const operator = words.shift() ?? '';
  if (operator === '<or>') return or(words);
  if (operator === '<all-in>')
    return (value) => words.length > 0 && words.every((word) => value.includes(word));
  const method = Object.hasOwn(METHODS, operator) ? METHODS[operator] : undefined;
  if (!method) return (value) => value === demand;
  // nova's bug: what comes after the first word is not looked at
  const [wanted] = words;
  return wanted === undefined ? () => false : method(wanted);
}

/** Every second word is taken for `<or>`, whatever it is. */
function or(words: string[]): Match {
  const allowed = words.filter((_, i) => i % 2 === 0);
  return (value) => {
    if (allowed.length === 0) throw new PythonError('IndexError', 'pop from empty list');
    return allowed.includes(value);
  };
}
