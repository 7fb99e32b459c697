import { str } from '../python';
import { machine } from './columns';
import type { Formatter } from './base';

/** `-f value`: the bare values, a row or a field a line. cliff/formatters/value.py */
export const value: Formatter = {
  name: 'value',
  emitList: (_columns, rows) =>
    rows.map((row) => `${row.map((cell) => str(machine(cell))).join(' ')}\n`).join(''),
  emitOne: (_columns, values) => values.map((cell) => `${str(machine(cell))}\n`).join(''),
};
