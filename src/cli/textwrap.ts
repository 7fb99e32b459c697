/** Python's textwrap, as far as tables and help texts need it: words may be cut after hyphens. */

const BLANK = '[\\t\\n\\v\\f\\r ]';
const LETTER = '[\\p{L}_]';
const WORD = '[\\p{L}\\p{N}_]';
const PUNCTUATED = `[\\p{L}\\p{N}_!"'&.,?]`;

// What a text is made of: blanks, dashes between words, words and the parts of hyphenated words.
const CHUNK = new RegExp(
  `(${BLANK}+|(?<=${PUNCTUATED})-{2,}(?=${WORD})|[^\\t\\n\\v\\f\\r ]+?(?:` +
    `-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${LETTER}-))(?=${LETTER}-?${LETTER})` +
    `|(?=${BLANK}|$)|(?<=${PUNCTUATED})(?=-{2,}${WORD})))`,
  'u',
);

/** Breaks a text into lines of `width` characters at most; words longer than that are cut. */
export function wrap(text: string, width: number): string[] {
  const plain = expandTabs(text).replace(/[\t\n\v\f\r]/g, ' ');
  const chunks = plain
    .split(CHUNK)
    .filter((chunk) => chunk !== '')
    .reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    let line: string[] = [];
    let length = 0;
    if (chunks.at(-1)?.trim() === '' && lines.length > 0) chunks.pop();
    for (
      let next = chunks.at(-1);
      next !== undefined && length + count(next) <= width;
      next = chunks.at(-1)
    ) {
      line.push(next);
      length += count(next);
      chunks.pop();
    }
    const next = chunks.at(-1);
    if (next !== undefined && count(next) > width) line = cut(chunks, line, width - length);
    if (line.at(-1)?.trim() === '') line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}

/** Takes as much of the last chunk as there is room for, preferably up to a hyphen. */
function cut(chunks: string[], line: string[], room: number): string[] {
  const chunk = [...(chunks.pop() ?? '')];
  let end = room;
  if (chunk.length > room && room > 0) {
    const hyphen = chunk.lastIndexOf('-', room - 1);
    if (hyphen > 0 && chunk.slice(0, hyphen).some((character) => character !== '-')) end = hyphen + 1;
  }
  const rest = chunk.slice(end).join('');
  if (rest !== '') chunks.push(rest);
  return [...line, chunk.slice(0, end).join('')];
}

function expandTabs(text: string): string {
  let column = 0;
  return [...text]
    .map((character) => {
      if (character === '\n' || character === '\r') column = 0;
      else if (character === '\t') {
        const blanks = 8 - (column % 8);
        column += blanks;
        return ' '.repeat(blanks);
      } else column++;
      return character;
    })
    .join('');
}

function count(text: string): number {
  return [...text].length;
}
