import { float, words as split } from '../../python/text';
import { compareStrings, PythonError } from '../../python/values';

// nova/scheduler/filters/extra_specs_ops.py

const METHODS: { readonly [operator: string]: ((value: string, wanted: string) => boolean) | undefined } = {
  // not a slip of ours: a single = means at least
  '=': (value, wanted) => float(value) >= float(wanted),
  '<in>': (value, wanted) => value.includes(wanted),
  '==': (value, wanted) => float(value) === float(wanted),
  '!=': (value, wanted) => float(value) !== float(wanted),
  '>=': (value, wanted) => float(value) >= float(wanted),
  '<=': (value, wanted) => float(value) <= float(wanted),
  's==': (value, wanted) => value === wanted,
  's!=': (value, wanted) => value !== wanted,
  's<': (value, wanted) => compareStrings(value, wanted) < 0,
  's<=': (value, wanted) => compareStrings(value, wanted) <= 0,
  's>': (value, wanted) => compareStrings(value, wanted) > 0,
  's>=': (value, wanted) => compareStrings(value, wanted) >= 0,
};

/**
 * Whether a value fulfils a demand such as `>= 4`, `<or> a <or> b` or plain `a`.
 *
 * @throws {@link PythonError} ValueError when numbers are compared and one is none; nova lets it out too.
 */
export function match(value: string, demand: string): boolean {
  const words = split(demand);
  const operator = words.shift() ?? '';
  if (operator === '<or>') return or(value, words);
  if (operator === '<all-in>') return words.length > 0 && words.every((word) => value.includes(word));
  const method = Object.hasOwn(METHODS, operator) ? METHODS[operator] : undefined;
  if (!method) return value === demand;
  // nova's bug: what comes after the first word is not looked at
  const [wanted] = words;
  return wanted !== undefined && method(value, wanted);
}

/** Every second word is taken for `<or>`, whatever it is. */
function or(value: string, words: string[]): boolean {
  if (words.length === 0) throw new PythonError('IndexError', 'pop from empty list');
  return words.some((word, i) => i % 2 === 0 && word === value);
}
