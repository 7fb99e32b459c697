import type { Block, Command } from './transcript';

/** A `console` block that breaks the grammar. `message` starts with `file:line`. */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError';
  constructor(
    readonly file: string,
    readonly line: number,
    problem: string,
  ) {
    super(`${file}:${line}: ${problem}`);
  }
}

/** Where a block stands, and what its fence says. */
export interface BlockSource {
  file: string;
  /** 1-based line of the opening fence. */
  line: number;
  /** What follows `console` in the fence. */
  meta: string;
  /** The text between the fences, without the block's own indentation. */
  value: string;
}

/**
 * Reads one `console` block.
 *
 * @throws {@link TranscriptError}
 */
export function parseBlock(source: BlockSource): Omit<Block, 'group'> {
  const { file, line } = source;
  const fail = (at: number, problem: string) => new TranscriptError(file, at, problem);
  const options = parseMeta(source.meta, (problem) => fail(line, problem));
  const commands: Command[] = [];
  const lines = source.value === '' ? [] : source.value.split('\n');
  lines.forEach((text, i) => {
    const at = line + 1 + i;
    const last = commands.at(-1);
    if (text.startsWith('$ ')) {
      commands.push({
        source: text.slice(2),
        expected: '',
        exitCode: 0,
        line: at,
        output: { from: at + 1, to: at + 1 },
      });
    } else if (!last) {
      throw fail(at, 'a console block starts with a command: a line that begins with "$ ".');
    } else if (/^>( |$)/.test(text) && last.output.from === at) {
      last.source += `\n${text.slice(2)}`;
      last.output = { from: at + 1, to: at + 1 };
    } else {
      if (last.exitCode !== 0) throw fail(at, '"? n" is the last line of a command\'s output.');
      const code = /^\? (\d+)$/.exec(text)?.[1];
      if (code === '0') throw fail(at, '"? 0" says nothing: leave it out.');
      if (code !== undefined) last.exitCode = Number(code);
      else last.expected += `${text}\n`;
      last.output.to = at + 1;
    }
  });
  if (commands.length === 0)
    throw fail(line, 'a console block needs a command: a line that begins with "$ ".');
  return { line, ...options, commands };
}

type Options = Pick<Block, 'client' | 'norun' | 'dashboard'>;

function parseMeta(meta: string, fail: (problem: string) => Error): Options {
  const options: Options = {};
  const words = meta.match(/[^\s=]+(=("[^"]*"|\S*))?/g) ?? [];
  for (const word of words) {
    const [key = '', ...rest] = word.split('=');
    const value = rest.join('=').replace(/^"(.*)"$/, '$1');
    if (key === 'client') {
      if (value !== 'openstack' && value !== 'glance')
        throw fail(`client=${value}: "openstack" or "glance" is known.`);
      options.client = value;
    } else if (key === 'norun') {
      if (value.trim() === '') throw fail('norun needs a reason: norun="needs a KVM host".');
      options.norun = value;
    } else if (key === 'dashboard') {
      if (!/^[a-z]+(-[a-z]+)*$/.test(value))
        throw fail('dashboard= names a walk-through of src/walk-throughs.');
      options.dashboard = value;
    } else {
      throw fail(`"${key}" is not known here; client=…, dashboard=… and norun="…" are.`);
    }
  }
  return options;
}
