/**
 * Undoes the wrapping of tables: where a long id is broken depends on the id, so two clouds break theirs in different
 * places. What a table on a narrow terminal has in several lines becomes one line again.
 */
export function unwrapTables(text: string): string {
  const lines: string[] = [];
  let widths: readonly number[] = [];
  let row: Row | undefined;
  const flush = () => {
    if (row) lines.push(`| ${row.cells.join(' | ')} |`);
    row = undefined;
  };
  for (const line of text.split('\n')) {
    const cells = cellsOf(line, widths);
    if (cells && row && continues(row, cells)) row = add(row, cells, widths);
    else {
      flush();
      if (cells) row = { cells, lines: cells };
      else {
        lines.push(line);
        widths = BORDER.test(line) ? line.split('+').slice(1, -1).map(textWidth) : [];
      }
    }
  }
  flush();
  return lines.join('\n');
}

/** A row so far, and the last line of it that has something in a cell. */
interface Row {
  cells: readonly string[];
  lines: readonly string[];
}

const BORDER = /^\+(?:-{3,}\+)+$/;
/** An id that goes on in the next line: a UUID, an account of the object store, or a URL with a UUID at its end. */
const BEGUN = [
  /^[0-9a-f]{8}-[0-9a-f-]{0,26}$/,
  /^AUTH_[0-9a-f]{0,31}$/,
  /^https?:\/\/(?!.*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$)\S*$/,
];

/** Of what stands between two corners, without the spaces beside the text. */
const textWidth = (border: string) => border.length - 2;

function cellsOf(line: string, widths: readonly number[]): readonly string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  for (const width of widths) {
    if (!line.startsWith('| ', at)) return undefined;
    cells.push(line.slice(at + 2, at + 2 + width).trim());
    at += width + 3;
  }
  return at > 0 && line.slice(at) === '|' ? cells : undefined;
}

/** A line without a first cell, or after one that is not complete (`cinder-`, half a UUID), is the rest of the row before. */
function continues({ cells: [begun = ''] }: Row, [next = '']: readonly string[]): boolean {
  const cut = begun.endsWith('-') || (/^[0-9a-f]{8}$/.test(begun) && next.startsWith('-'));
  return next === '' || cut || BEGUN.some((id) => id.test(begun));
}

function add(row: Row, next: readonly string[], widths: readonly number[]): Row {
  const cells = row.cells.map((cell, i) => {
    const more = next[i] ?? '';
    if (cell === '' || more === '') return cell + more;
    const last = row.lines[i] ?? '';
    // a word is broken after a hyphen, or where the cell is full; otherwise there was a space
    return last.endsWith('-') || last.length === widths[i] ? cell + more : `${cell} ${more}`;
  });
  return { cells, lines: row.lines.map((last, i) => next[i] || last) };
}
