/** What reaches the terminal, in the order in which it does. */

export type Stream = 'stdout' | 'stderr';

export interface OutputChunk {
  stream: Stream;
  data: string | Uint8Array;
}

const decoder = new TextDecoder();

/** The text of a chunk; bytes that are not UTF-8 become U+FFFD. */
export function chunkText(chunk: OutputChunk): string {
  return typeof chunk.data === 'string' ? chunk.data : decoder.decode(chunk.data);
}

/**
 * What a terminal shows for a chunk: text as it is, colours removed, control characters visible,
 * and a note instead of binary data. The text can be put on a page or a terminal without harm.
 */
export function terminalText(chunk: OutputChunk): string {
  const text = chunkText(chunk);
  if (text.includes('\0') || (text.match(/\uFFFD/g)?.length ?? 0) > 8) {
    const bytes = typeof chunk.data === 'string' ? chunk.data.length : chunk.data.byteLength;
    return `[binary data, ${bytes} bytes; write it to a file with > NAME]\n`;
  }
  return visible(text);
}

function visible(text: string): string {
  return text

    .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')
    .replace(/\r\n/g, '\n')
    .replace(/[^\n]*\r[^\n]*/g, overwritten)

    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, (c) => `^${String.fromCharCode(c.charCodeAt(0) ^ 0x40)}`)
    .replace(/[\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}

/** A line in which a carriage return goes back to the start: what comes later covers what was there. */
function overwritten(line: string): string {
  return line.split('\r').reduce((shown, later) => later + shown.slice(later.length));
}
