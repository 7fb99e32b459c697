/** What `-d`, `--json` and `-T` send: `src/tool_getparam.c`, `src/tool_operate.c` of curl. */
import { FileError, type ProgramContext } from '../program';
import { UsageError, type DataPart } from './options';

/** A file that an option names cannot be read; `lines` stand before curl's usual last line. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  constructor(
    readonly lines: readonly string[],
    readonly last: string | undefined,
  ) {
    super(lines.join('\n'));
  }
}

/** The bytes of a file, or of standard input for `-`; undefined when there is no such file. */
export async function readInput(path: string, { files, stdin }: ProgramContext): Promise<Blob | undefined> {
  if (path === '-' || path === '.') return stdin ?? new Blob([]);
  try {
    return await files.open(path);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/** What all data options send together. Text stays text; a file that `--data-binary` reads is not read into memory. */
export async function joinData(
  parts: readonly DataPart[],
  context: ProgramContext,
): Promise<string | Blob | undefined> {
  if (parts.length === 0) return undefined;
  const pieces: (string | Blob)[] = [];
  for (const part of parts) {
    if (pieces.length > 0 && part.how !== 'json') pieces.push('&');
    pieces.push(...(await piecesOf(part, context)));
  }
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
  const [only] = pieces;
  return pieces.length === 1 && only instanceof Blob ? only : new Blob(pieces);
}

async function piecesOf(part: DataPart, context: ProgramContext): Promise<(string | Blob)[]> {
  const { how, value } = part;
  if (how === 'raw') return [value];
  if (how === 'urlencode') return [await urlencoded(part, context)];
  if (!value.startsWith('@')) return [value];
  const file = await read(part, value.slice(1), context);
  // without line ends and zero bytes, as curl's text mode
  return how === 'text' ? [(await file.text()).replace(/[\r\n\0]/g, '')] : [file];
}

/** `content`, `=content`, `name=content`, `@file`, `name@file`. */
async function urlencoded(part: DataPart, context: ProgramContext): Promise<string> {
  const found = /^([^=@]*)([=@])([^]*)$/.exec(part.value);
  if (!found) return encode(part.value);
  const [, name = '', sign, rest = ''] = found;
  const content = sign === '@' ? await (await read(part, rest, context)).text() : rest;
  return `${name === '' ? '' : `${name}=`}${encode(content)}`;
}

async function read(part: DataPart, path: string, context: ProgramContext): Promise<Blob> {
  const file = await readInput(path, context);
  if (file) return file;
  throw new ReadError(
    [`curl: Failed to open ${path}`, `curl: option ${part.option}: error encountered when reading a file`],
    undefined,
  );
}

/** Percent-encoded as curl does for forms: a blank is a plus. */
export function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** The file that `-T` names. */
export async function openUpload(path: string, context: ProgramContext): Promise<Blob> {
  const file = await readInput(path, context);
  if (file) return file;
  throw new ReadError(
    [`curl: cannot open '${path}'`],
    'curl: (26) Failed to open/read local data from file/application',
  );
}

/** `-H` options in order; `@FILE` holds one a line. */
export async function headerLines(given: readonly string[], context: ProgramContext): Promise<string[]> {
  const lines: string[] = [];
  for (const header of given) {
    if (!header.startsWith('@')) {
      lines.push(header);
      continue;
    }
    const file = await readInput(header.slice(1), context);
    if (!file) throw new UsageError(`Failed to open ${header.slice(1)}`);
    lines.push(...(await file.text()).split(/\r?\n/).filter((line) => line !== ''));
  }
  return lines;
}
