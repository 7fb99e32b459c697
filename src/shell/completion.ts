import { getCommandNames } from 'just-bash';
import type { IFileSystem } from 'just-bash';
import type { ProgramCompleter } from '../cli/program';
import type { Completion } from './shell';

export interface CompletionContext {
  fs: IFileSystem;
  cwd: string;
  variables: Readonly<Record<string, string>>;
  /** Names that can stand first beside bash's own. */
  commands: readonly string[];
  completers: Readonly<Record<string, ProgramCompleter>>;
  program: Parameters<ProgramCompleter>[1];
}

const BUILTINS =
  'alias cd command declare echo eval exit export false for function if let local printf pwd read readonly return set shift shopt source test time true type unalias unset until while'.split(
    ' ',
  );

/** What Tab offers at the end of `text`. */
export async function complete(text: string, context: CompletionContext): Promise<Completion> {
  const { words, current, start, quote } = lastCommand(text);
  const variable = quote === "'" ? null : /\$\{?(\w*)$/.exec(text.slice(start));
  if (variable) {
    const at = text.length - variable[0].length;
    const [open, close] = variable[0].startsWith('${') ? ['${', '}'] : ['$', ''];
    const names = Object.keys(context.variables).filter((name) => /^[A-Za-z_]\w*$/.test(name));
    return found(
      at,
      names.filter((name) => name.startsWith(variable[1] ?? '')).map((name) => `${open}${name}${close}`),
    );
  }
  const name = words[0];
  if (name === undefined && !current.includes('/')) {
    const names = new Set([...getCommandNames(), ...BUILTINS, ...context.commands]);
    return found(
      start,
      [...names].filter((each) => each.startsWith(current)).map((each) => `${each} `),
    );
  }
  const completer = name === undefined ? undefined : context.completers[name];
  const offered = completer ? await completer([...words.slice(1), current], context.program) : [];
  const matching = offered.filter((each) => each.startsWith(current));
  if (matching.length > 0)
    return found(
      start,
      matching.map((each) => finish(each, quote)),
    );
  return found(start, await paths(current, quote, context));
}

function found(start: number, candidates: string[]): Completion {
  return { start, candidates: [...new Set(candidates)].sort() };
}

/** A whole word: quoted as the user began it, and closed. */
function finish(value: string, quote: string): string {
  if (/[ =/]$/.test(value)) return quoteAs(value, quote);
  return `${quoteAs(value, quote)}${quote} `;
}

function quoteAs(value: string, quote: string): string {
  if (quote !== '') return quote + value;
  const space = /\s$/.test(value) ? ' ' : '';
  return (
    value
      .trimEnd()
      .replace(/[\s"'`\\$&|;<>(){}*?![\]#~]/g, (character, at: number) =>
        character === '~' && at > 0 ? character : `\\${character}`,
      ) + space
  );
}

async function paths(
  current: string,
  quote: string,
  { fs, cwd, variables }: CompletionContext,
): Promise<string[]> {
  const slash = current.lastIndexOf('/') + 1;
  const folder = current.slice(0, slash);
  const prefix = current.slice(slash);
  const real = quote === '' ? folder.replace(/^~(?=\/)/, variables['HOME'] ?? '~') : folder;
  try {
    const full = fs.resolvePath(cwd, real || '.');
    const names = (await fs.readdir(full)).filter(
      (name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')),
    );
    return await Promise.all(
      names.map(async (name) => {
        const { isDirectory } = await fs.stat(fs.resolvePath(full, name));
        const tilde = quote === '' && folder.startsWith('~/') ? '~/' : '';
        const rest = tilde === '' ? folder : folder.slice(2);
        return tilde + (isDirectory ? quoteAs(`${rest}${name}/`, quote) : finish(`${rest}${name}`, quote));
      }),
    );
  } catch {
    return [];
  }
}

interface LastCommand {
  /** The finished words before the last one, quotes removed; empty when the last word is a command's name. */
  words: string[];
  /** The last word without quotes. */
  current: string;
  /** Where the last word starts in the text. */
  start: number;
  /** The quote that is open at the end, if any. */
  quote: string;
}

/** The words of the command that the text ends in. A few rules suffice: the text need not be a whole command. */
function lastCommand(text: string): LastCommand {
  let words: string[] = [];
  let current = '';
  let start = 0;
  let quote = '';
  let inWord = false;
  const end = (next: number) => {
    if (inWord && !(words.length === 0 && /^\w+=/.test(current))) words.push(current);
    current = '';
    inWord = false;
    start = next;
  };
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote === "'" || (quote === '"' && character !== '\\')) {
      if (character === quote) quote = '';
      else current += character;
    } else if (character === '\\' && i + 1 < text.length) {
      current += text.charAt(++i);
      inWord = true;
    } else if (character === '"' || character === "'") {
      quote = character;
      inWord = true;
    } else if (/[;&|(`\n]/.test(character)) {
      end(i + 1);
      words = [];
    } else if (/[\s<>]/.test(character)) {
      end(i + 1);
    } else {
      current += character;
      inWord = true;
    }
  }
  return { words, current, start, quote };
}
