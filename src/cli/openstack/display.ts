/** Choosing, sorting and printing columns: cliff/display.py, lister.py, show.py. */
import type { ParsedArgs } from '../arguments';
import { CommandError } from '../errors';
import { FormattableColumn, type Cell } from '../formatters/columns';
import type { Terminal } from '../formatters';
import { Float, compareStrings, isList, repr, tuple, type Value } from '../python';
import { formattersOf, type ListerCommand, type ShowOneCommand } from './command';

/** The text of a list. `warn` hears of columns that cannot be sorted. */
export function printList(
  command: ListerCommand,
  data: Awaited<ReturnType<ListerCommand['run']>>,
  args: ParsedArgs,
  terminal: Terminal,
  warn: (message: string) => void,
): string {
  const rows = sort(data, args, warn);
  const selected = data.selected
    ? data.columns.map((_, index) => index)
    : select(data.columns, args, data.inList);
  const formatter = formattersOf(command).find(({ name }) => name === args.string('formatter'));
  return (
    formatter?.emitList?.(
      selected.map((index) => data.columns[index] ?? ''),
      rows.map((row) => selected.map((index) => row[index] ?? null)),
      args,
      terminal,
    ) ?? ''
  );
}

/** The text of one thing's fields. */
export function printOne(
  command: ShowOneCommand,
  data: Awaited<ReturnType<ShowOneCommand['run']>>,
  args: ParsedArgs,
  terminal: Terminal,
): string {
  if (data.silent) return '';
  const selected = select(data.columns, args);
  const formatter = formattersOf(command).find(({ name }) => name === args.string('formatter'));
  return (
    formatter?.emitOne?.(
      selected.map((index) => data.columns[index] ?? ''),
      selected.map((index) => data.values[index] ?? null),
      args,
      terminal,
    ) ?? ''
  );
}

/** Indexes of the columns that `-c` asks for, in the command's own order; case and blanks do not matter. */
function select(columns: readonly string[], args: ParsedArgs, inList = false): number[] {
  const normal = (name: string): string => name.toLowerCase().trim().replaceAll(' ', '_');
  const asked = args.list('columns');
  const wanted = new Set(asked.map(normal));
  const indexes = columns.map((_, index) => index);
  if (asked.length === 0) return indexes;
  const found = indexes.filter((index) => wanted.has(normal(columns[index] ?? '')));
  if (found.length === 0) {
    // what shows nothing has no tuple of columns, but an empty dictionary
    const known = inList ? repr(columns) : columns.length === 0 ? '{}' : tuple(columns);
    throw new CommandError(`No recognized column names in ${repr(asked)}. Recognized columns are ${known}.`);
  }
  return found;
}

function sort(
  { columns, rows }: Awaited<ReturnType<ListerCommand['run']>>,
  args: ParsedArgs,
  warn: (message: string) => void,
): readonly (readonly Cell[])[] {
  const asked = args.list('sort_columns');
  const indexes = asked.map((name) => columns.indexOf(name)).filter((index) => index >= 0);
  const sign = args.string('sort_direction') === 'desc' ? -1 : 1;
  let sorted = [...rows];
  for (const index of indexes.reverse()) {
    try {
      // Python's sort is stable in both directions
      sorted = sorted.sort((a, b) => sign * compare(a[index] ?? null, b[index] ?? null));
    } catch {
      warn(`Could not sort on field '${asked[index] ?? ''}'; unsortable types`);
    }
  }
  return sorted;
}

function compare(a: Cell, b: Cell): number {
  const left = a instanceof FormattableColumn ? a.value : a;
  const right = b instanceof FormattableColumn ? b.value : b;
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return compareValues(left, right);
}

function isNumber(value: Value): value is number | boolean | Float {
  return typeof value === 'number' || typeof value === 'boolean' || value instanceof Float;
}

function compareValues(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  if (a !== null && b !== null && isList(a) && isList(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const difference = compareValues(a[i] ?? null, b[i] ?? null);
      if (difference !== 0) return difference;
    }
    return a.length - b.length;
  }
  throw new TypeError('unorderable types');
}
