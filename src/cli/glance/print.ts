/** Tables of glanceclient/common/utils.py. */
import { CommandError } from '../errors';
import { PrettyTable } from '../formatters/prettytable';
import { compareStrings, dumps, type Value } from '../python';

/**
 * print_list: one row each; empty values print as nothing.
 *
 * @param maxWidths at how many characters the cells of a field wrap.
 */
export function printList(
  rows: readonly Record<string, Value>[],
  fields: readonly string[],
  maxWidths: Readonly<Record<string, number>> = {},
): string {
  const table = new PrettyTable(fields);
  for (const [field, width] of Object.entries(maxWidths)) table.maxWidth.set(field, width);
  for (const field of fields) table.align.set(field, 'l');
  for (const row of rows) {
    table.addRow(
      fields.map((field) => {
        const value = row[field.toLowerCase().replaceAll(' ', '_')] ?? '';
        return isEmpty(value) ? '' : value;
      }),
    );
  }
  return `${table.toString()}\n`;
}

/** print_dict_list: one row each, values as Python prints them. */
export function printDictList(rows: readonly Record<string, Value>[], fields: readonly string[]): string {
  const table = new PrettyTable(fields);
  for (const field of fields) table.align.set(field, 'l');
  for (const row of rows) {
    table.addRow(
      fields.map((field) => {
        const value = row[field.toLowerCase().replaceAll(' ', '_')];
        return value === undefined ? '' : value;
      }),
    );
  }
  return `${table.toString()}\n`;
}

/** print_dict: a property and its value a row, sorted. */
export function printDict(values: Readonly<Record<string, Value>>, maxColumnWidth = 80): string {
  if (maxColumnWidth < 0) throw new CommandError(`Invalid value for max_width: ${maxColumnWidth}`);
  const table = new PrettyTable(['Property', 'Value']);
  for (const field of table.fieldNames) {
    table.align.set(field, 'l');
    table.maxWidth.set(field, maxColumnWidth);
  }
  for (const name of Object.keys(values).sort(compareStrings)) {
    const value = values[name] ?? null;
    table.addRow([name, value !== null && typeof value === 'object' ? dumps(value) : value]);
  }
  return `${table.toString()}\n`;
}

const HIDDEN = ['self', 'access', 'file', 'schema'];

/** print_image */
export function printImage(
  image: Readonly<Record<string, Value>>,
  options: { humanReadable?: boolean; maxColumnWidth?: number } = {},
): string {
  const shown = Object.fromEntries(Object.entries(image).filter(([name]) => !HIDDEN.includes(name)));
  if ('virtual_size' in shown) shown.virtual_size = shown.virtual_size || 'Not available';
  if (options.humanReadable === true) shown.size = humanReadable(Number(image.size ?? 0));
  const { maxColumnWidth = 80 } = options;
  return printDict(shown, maxColumnWidth >= 0 ? maxColumnWidth : 80);
}

/** make_size_human_readable: powers of 1024 with the letters of powers of 1000. */
function humanReadable(size: number): string {
  const suffixes = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB'];
  let index = 0;
  let rest = size;
  while (rest >= 1024 && index < suffixes.length - 1) {
    rest /= 1024;
    index++;
  }
  return rest.toFixed(1).replace(/0+$/, '').replace(/\.$/, '') + (suffixes[index] ?? '');
}

function isEmpty(value: Value): boolean {
  return (
    value === null ||
    value === false ||
    value === 0 ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}
