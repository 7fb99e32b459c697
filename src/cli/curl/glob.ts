/** `{a,b}` and `[1-3]` in a URL: `src/tool_urlglob.c` of curl. */

/** A URL that cannot be read, with curl's exit code 3. */
export class UrlError extends Error {
  override readonly name = 'UrlError';
}

/**
 * Every URL that a pattern stands for.
 *
 * @throws {@link UrlError}
 * @example
 * expandUrl('http://x/{a,b}[1-2]'); // a1, a2, b1, b2
 */
export function expandUrl(pattern: string): string[] {
  const at = pattern.search(/[{}[\]]/);
  if (at < 0) return [pattern];
  const found = /^\{([^{}]*)\}|^\[(\d+)-(\d+)(?::(\d+))?\]|^\[([a-zA-Z])-([a-zA-Z])\]/.exec(
    pattern.slice(at),
  );
  if (!found) throw new UrlError(`bad range in URL position ${at + 2}:\n${pattern}\n${' '.repeat(at + 1)}^`);
  const before = pattern.slice(0, at);
  const tails = expandUrl(pattern.slice(at + found[0].length));
  return choices(found).flatMap((choice) => tails.map((tail) => before + choice + tail));
}

function choices([, words, from, to, step, first, last]: RegExpExecArray): string[] {
  if (words !== undefined) return words.split(',');
  if (from !== undefined && to !== undefined) {
    const numbers: string[] = [];
    for (let n = Number(from); n <= Number(to); n += Number(step ?? 1)) {
      numbers.push(String(n).padStart(from.startsWith('0') ? from.length : 0, '0'));
      if (numbers.length > 1000) break;
    }
    return numbers;
  }
  const letters: string[] = [];
  for (let code = first?.charCodeAt(0) ?? 0; code <= (last?.charCodeAt(0) ?? 0); code++)
    letters.push(String.fromCharCode(code));
  return letters;
}
