import { TranscriptError } from './parse-block';
import type { CommandResult } from './run-page';

/** The command that rewrites a page's outputs. Named in every failure. */
export const UPDATE_COMMAND = 'npm test -- --update';

/**
 * Writes the actual outputs into a page's Markdown and touches nothing else.
 *
 * @throws {@link TranscriptError} when an output cannot be told from the grammar around it.
 */
export function updatePage(markdown: string, results: readonly CommandResult[]): string {
  const lines = markdown.split('\n');
  // from the bottom up, so that line numbers above stay right
  for (const result of [...results].sort((a, b) => b.line - a.line)) {
    if (result.ok) continue;
    const { from, to } = result.command.output;
    // what stands left of `$ ` in the file: the indentation of a list, the `> ` of a quotation
    const prefix = /^(.*?)\$ /.exec(lines[result.line - 1] ?? '')?.[1] ?? '';
    lines.splice(
      from - 1,
      to - from,
      ...outputLines(result).map((line) => `${prefix}${line}`.trimEnd() && `${prefix}${line}`),
    );
  }
  return lines.join('\n');
}

function outputLines({ file, line, command, actual }: CommandResult): string[] {
  const lines = actual.output === '' ? [] : actual.output.slice(0, -1).split('\n');
  const unclear = lines.find(
    (text, i) =>
      text.startsWith('$ ') ||
      /^\? \d+$/.test(text) ||
      (i === 0 && /^>( |$)/.test(text)) ||
      text.startsWith('```'),
  );
  if (unclear !== undefined) {
    throw new TranscriptError(
      file,
      line,
      `the output of "${command.source}" has a line that reads as a command: ${unclear}`,
    );
  }
  return actual.exitCode === 0 ? lines : [...lines, `? ${actual.exitCode}`];
}
