import { Float, str, type Value } from '../python';
import { FormattableColumn, machine } from './columns';
import type { Formatter } from './base';

/** `-f csv`. cliff/formatters/commaseparated.py on Python's csv module */
export const csv: Formatter = {
  name: 'csv',
  options: () => ({
    title: 'CSV Formatter',
    arguments: [
      {
        names: ['--quote'],
        choices: ['all', 'minimal', 'none', 'nonnumeric'],
        dest: 'quote_mode',
        default: 'nonnumeric',
        help: 'which values get quotes; nonnumeric unless given',
      },
    ],
  }),
  emitList: (columns, rows, args) => {
    const mode = args.string('quote_mode') ?? 'nonnumeric';
    const cells = rows.map((row) =>
      row.map((cell) => (cell instanceof FormattableColumn ? str(machine(cell)) : cell)),
    );
    return [columns, ...cells]
      .map((row) => `${row.map((cell) => field(cell, mode, row.length === 1)).join(',')}\n`)
      .join('');
  },
};

function field(cell: Value, mode: string, alone: boolean): string {
  const text = cell === null ? '' : str(cell);
  if (mode === 'none') return text.replace(/[\\,"\r\n]/g, '\\$&');
  const special = /[,"\r\n]/.test(text) || (alone && text === '');
  const numeric = typeof cell === 'number' || cell instanceof Float || typeof cell === 'boolean';
  const quoted = mode === 'all' || special || (mode === 'nonnumeric' && !numeric);
  const escaped = text.replaceAll('"', '""');
  return quoted ? `"${escaped.replaceAll('\\', '\\\\')}"` : escaped.replaceAll('\\', '\\\\');
}
