/** What all candidates start with; all of a lone one. */
export function commonStart(candidates: readonly string[]): string {
  const [first = '', ...others] = candidates;
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && first[same] === other[same]) same++;
    length = same;
  }
  return first.slice(0, length);
}

/**
 * Splits pasted text into commands, each of one line or of as many as it needs; what follows the last line break is
 * `rest`, still to be finished by the reader.
 */
export function splitPasted(
  text: string,
  isIncomplete: (text: string) => boolean,
): { commands: string[]; rest: string } {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const last = lines.pop() ?? '';
  const commands: string[] = [];
  let open: string[] = [];
  for (const line of lines) {
    open.push(line);
    const command = open.join('\n');
    if (isIncomplete(command)) continue;
    if (command.trim() !== '') commands.push(command);
    open = [];
  }
  return { commands, rest: [...open, last].join('\n') };
}
