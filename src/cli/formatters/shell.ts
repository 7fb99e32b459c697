import { str } from '../python';
import { machine } from './columns';
import type { Formatter } from './base';

/** `-f shell`: `name="value"` lines for `eval`. cliff/formatters/shell.py */
export const shell: Formatter = {
  name: 'shell',
  options: () => ({
    title: 'shell formatter',
    description: 'lines that a UNIX shell can read: variable="value"',
    arguments: [
      {
        names: ['--variable'],
        action: 'append',
        default: [],
        dest: 'variables',
        metavar: 'VARIABLE',
        hidden: true,
      },
      { names: ['--prefix'], default: '', help: 'put this in front of every variable name' },
    ],
  }),
  emitOne: (columns, values, args) => {
    const wanted = args.list('variables');
    const lines = columns.map((column, index) => {
      const name = column.toLowerCase().replaceAll(' ', '_');
      if (wanted.length > 0 && !wanted.includes(name)) return '';
      const cell = machine(values[index] ?? null);
      const raw = values[index];
      // a formattable column becomes text first, so quotes in it are escaped too
      const text = typeof cell === 'string' || raw !== cell ? str(cell).replaceAll('"', '\\"') : str(cell);
      return `${args.string('prefix') ?? ''}${name.replace(/[:-]/g, '_')}="${text}"\n`;
    });
    return lines.join('');
  },
};
