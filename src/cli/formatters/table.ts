import { int, type ParsedArgs } from '../arguments';
import { FormattableColumn, type Cell } from './columns';
import { PrettyTable, type Align } from './prettytable';
import type { Formatter, Terminal } from './base';
import { Float, type Value } from '../python';

/** `-f table`, the default. cliff/formatters/table.py */
export const table: Formatter = {
  name: 'table',
  options: (env) => ({
    title: 'table formatter',
    arguments: [
      {
        names: ['--max-width'],
        metavar: '<integer>',
        default: Number.parseInt(env.CLIFF_MAX_TERM_WIDTH ?? '0', 10) || 0,
        type: int,
        help: 'widest line to print, 0 for any width (CLIFF_MAX_TERM_WIDTH sets it for every command)',
      },
      {
        names: ['--fit-width'],
        action: 'store_true',
        default: (Number.parseInt(env.CLIFF_FIT_WIDTH ?? '0', 10) || 0) !== 0,
        help: 'make the table as wide as the terminal at most (CLIFF_FIT_WIDTH=1 does so for every command)',
      },
      {
        names: ['--print-empty'],
        action: 'store_true',
        help: 'print the heading even when there are no rows',
      },
    ],
  }),

  emitList(columns, rows, args, terminal) {
    const x = new PrettyTable(columns, { printEmpty: args.flag('print_empty') });
    columns.forEach((name, index) => x.align.set(name, alignment(rows[0]?.[index])));
    for (const row of rows) x.addRow(row.map(text));
    // narrow enough for many columns; rather too wide than columns of less than 8
    assignMaxWidths(x, args, terminal, 8);
    return `${x.toString()}\n`;
  },

  emitOne(columns, values, args, terminal) {
    const x = new PrettyTable(['Field', 'Value'], { printEmpty: false });
    x.align.set('Field', 'l');
    x.align.set('Value', 'l');
    columns.forEach((name, index) => x.addRow([name, text(values[index] ?? null)]));
    assignMaxWidths(x, args, terminal, 16);
    return `${x.toString()}\n`;
  },
};

function alignment(cell: Cell | undefined): Align {
  if (cell === undefined) return 'c';
  return typeof cell === 'number' || cell instanceof Float ? 'r' : 'l';
}

function text(cell: Cell): Value {
  const value = cell instanceof FormattableColumn ? cell.humanReadable() : cell;
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').replaceAll('\r', ' ') : value;
}

/** Shares the width that is there between the columns wider than their part. */
function assignMaxWidths(x: PrettyTable, args: ParsedArgs, terminal: Terminal, minWidth: number): void {
  const asked = args.number('max_width') ?? 0;
  if (asked <= 0 && !terminal.isTerminal) return; // --fit-width knows no width without a terminal
  const width = asked > 0 ? asked : terminal.columns;
  const firstLine = x.toString().split('\n')[0] ?? '';
  if (width <= 0 || firstLine.length <= width) return; // a terminal may say 0: it does not know

  const usable = Math.max(0, width - 1 - 3 * x.fieldNames.length);
  const optimal = Math.max(0, Math.floor(usable / x.fieldNames.length));
  const widths = firstLine
    .split('+')
    .slice(1, -1)
    .map((part) => Math.max(0, part.length - 2));
  let remaining = usable;
  const shrink = x.fieldNames.filter((_, index) => {
    const own = widths[index] ?? 0;
    if (own > optimal) return true;
    remaining -= own;
    return false;
  });
  const to = Math.floor(remaining / shrink.length);
  for (const name of shrink.slice(0, -1)) {
    x.maxWidth.set(name, Math.max(minWidth, to));
    remaining -= to;
  }
  const last = shrink.at(-1);
  if (last !== undefined) x.maxWidth.set(last, Math.max(minWidth, remaining));
}
