/** Columns whose value people and programs see differently: cliff/columns.py, osc_lib/cli/format_columns.py. */
import { compareStrings, isList, str, type Value } from '../python';

export abstract class FormattableColumn<T extends Value = Value> {
  constructor(readonly value: T) {}

  /** For tables. */
  abstract humanReadable(): Value;

  /** For json, yaml, value, shell and csv. */
  machineReadable(): Value {
    return this.value;
  }
}

export type Cell = Value | FormattableColumn;

/** `key='value', other='value'`. */
export class DictColumn extends FormattableColumn<{ readonly [key: string]: Value } | null> {
  override humanReadable(): Value {
    return this.value === null ? null : formatDict(this.value);
  }

  override machineReadable(): Value {
    return this.value ?? {};
  }
}

/** `a, b`, sorted; machines get the order as it is. */
export class ListColumn extends FormattableColumn<readonly Value[] | null> {
  override humanReadable(): Value {
    return this.value === null ? null : this.value.map(str).sort(compareStrings).join(', ');
  }

  override machineReadable(): Value {
    return this.value ?? [];
  }
}

/** A list of dictionaries, one a line. */
export class ListDictColumn extends FormattableColumn<readonly { readonly [key: string]: Value }[] | null> {
  override humanReadable(): Value {
    return this.value === null ? null : this.value.map((one) => formatDict(one)).join('\n');
  }

  override machineReadable(): Value {
    return this.value ?? [];
  }
}

/** osc_lib.utils.format_dict */
export function formatDict(data: { readonly [key: string]: Value }, prefix?: string): string {
  let output = '';
  for (const key of Object.keys(data).sort(compareStrings)) {
    const name = prefix === undefined ? key : `${prefix}.${key}`;
    const value = data[key] ?? null;
    if (value === null) output += `${name}=, `;
    else if (typeof value === 'object' && !isList(value))
      output += `${formatDict(value as { [key: string]: Value }, name)}, `; // what is left of Value
    else output += `${name}='${str(value)}', `;
  }
  return output.slice(0, -2);
}

/** osc_lib.utils.format_size: powers of 1000, `K`, `M`, … */
export function formatSize(size: number): string {
  const suffixes = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z'];
  let index = 0;
  let rest = size;
  while (rest >= 1000 && index < suffixes.length - 1) {
    rest /= 1000;
    index++;
  }
  return rest.toFixed(1).replace(/0$/, '').replace(/\.$/, '') + (suffixes[index] ?? '');
}

/** The value that machine formats print. */
export function machine(cell: Cell): Value {
  return cell instanceof FormattableColumn ? cell.machineReadable() : cell;
}
