import { dumps, type Value } from '../python';
import { machine, type Cell } from './columns';
import type { Formatter } from './base';
import type { ParsedArgs } from '../arguments';

/** `-f json`. cliff/formatters/json_format.py */
export const json: Formatter = {
  name: 'json',
  options: () => ({
    title: 'json formatter',
    arguments: [{ names: ['--noindent'], action: 'store_true', help: 'write the JSON on one line' }],
  }),
  emitList: (columns, rows, args) =>
    print(
      rows.map((row) => toObject(columns, row)),
      args,
    ),
  emitOne: (columns, values, args) => print(toObject(columns, values), args),
};

function print(data: Value, args: ParsedArgs): string {
  return `${dumps(data, args.flag('noindent') ? undefined : 2)}\n`;
}

/** A row as an object; of two columns with one name the last counts. */
export function toObject(columns: readonly string[], cells: readonly Cell[]): { [name: string]: Value } {
  return Object.fromEntries(columns.map((name, index) => [name, machine(cells[index] ?? null)]));
}
