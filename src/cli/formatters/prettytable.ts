/** Python's prettytable 3.15, as far as the clients use it: one border style, wrapping, alignment. */
import { str, type Value } from '../python';
import { wrap } from '../textwrap';
import { wcswidth } from './wcwidth';

export type Align = 'l' | 'c' | 'r';

export class PrettyTable {
  readonly fieldNames: readonly string[];
  /** How a column's cells are aligned; centred unless set. */
  readonly align = new Map<string, Align>();
  /** Columns whose cells wrap at so many characters. */
  readonly maxWidth = new Map<string, number>();
  readonly #rows: Value[][] = [];
  readonly #printEmpty: boolean;

  constructor(fieldNames: readonly string[], options: { printEmpty?: boolean } = {}) {
    this.fieldNames = fieldNames;
    this.#printEmpty = options.printEmpty ?? true;
  }

  addRow(row: readonly Value[]): void {
    this.#rows.push([...row]);
  }

  /** The table as text, without a final newline; empty when there is nothing to print. */
  toString(): string {
    if (this.#rows.length === 0 && !this.#printEmpty) return '';
    const rows = this.#rows.map((row) => row.map((value) => str(value)));
    const widths = this.#widths(rows);
    const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
    const lines = [rule, this.#line(this.fieldNames, widths), rule];
    for (const row of rows) lines.push(...this.#row(row, widths));
    lines.push(rule);
    return lines.join('\n');
  }

  #widths(rows: readonly string[][]): number[] {
    return this.fieldNames.map((name, index) => {
      let width = blockWidth(name);
      const max = this.maxWidth.get(name);
      for (const row of rows) {
        const size = blockWidth(row[index] ?? '');
        width = Math.max(width, max === undefined ? size : Math.min(size, max));
      }
      return width;
    });
  }

  #row(row: readonly string[], widths: readonly number[]): string[] {
    const cells = row.map((value, index) => {
      const width = widths[index] ?? 0;
      return value.split('\n').flatMap((line) => (lineWidth(line) > width ? wrap(line, width) : [line]));
    });
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, y) =>
      this.#line(
        cells.map((lines) => lines[y] ?? ''),
        widths,
      ),
    );
  }

  #line(cells: readonly string[], widths: readonly number[]): string {
    const padded = cells.map(
      (cell, i) => ` ${justify(cell, widths[i] ?? 0, this.align.get(this.fieldNames[i] ?? '') ?? 'c')} `,
    );
    return `|${padded.join('|')}|`;
  }
}

// Colour codes take no room.
const COLOURS = new RegExp('\u001b\\[[0-9;]*m|\u001b\\(B', 'g');

function lineWidth(line: string): number {
  return wcswidth(line.replace(COLOURS, ''));
}

function blockWidth(text: string): number {
  return Math.max(...text.split('\n').map(lineWidth));
}

function justify(text: string, width: number, align: Align): string {
  const excess = width - lineWidth(text);
  if (excess <= 0) return text;
  if (align === 'l') return text + ' '.repeat(excess);
  if (align === 'r') return ' '.repeat(excess) + text;
  const less = Math.floor(excess / 2);
  // the odd space goes right of an odd text, left of an even one
  const left = excess % 2 === 1 && lineWidth(text) % 2 === 0 ? less + 1 : less;
  return ' '.repeat(left) + text + ' '.repeat(excess - left);
}
