/** `file` of Debian 13 (5.46), for what a reader of the course meets. Models `file.c` and `funcs.c`. */
import { getopt, UsageError } from '../getopt';
import { FileError, type Program, type ProgramContext, type ProgramResult } from '../program';
import { ARCHIVES } from './archives';
import { BOOT } from './boot';
import { Bytes } from './bytes';
import { DISKS } from './disks';
import { help, MANUAL, OPTIONS, USAGE, VERSION } from './options';
import { describeText } from './texts';

/** So much of a file it looks at. */
const BYTES_MAX = 7 * 2 ** 20;

interface Answer {
  description: string;
  mime: string;
  charset: string;
}

/** Runs `file`. */
export const file: Program = async (context) => {
  const names: string[] = [];
  const given = new Map<string, string>();
  try {
    for (const { name, value } of getopt(context.args, OPTIONS, names)) {
      if (name === 'help') return printed(help());
      if (name === 'version') return printed(VERSION);
      if (OPTIONS.some(({ long, absent }) => long === name && absent))
        return failed(`file: --${name}: not in this sandbox. Read about it at ${MANUAL}\n`);
      given.set(name, value);
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return failed(`file: ${error.message}\n${USAGE}`);
  }
  if (names.length === 0) return failed(USAGE);
  const shown = names.map((name) => (name === '-' ? '/dev/stdin' : name));
  const width = given.has('no-pad') ? 0 : Math.max(...names.map((name) => [...name].length));
  let stdout = '';
  for (const [i, name] of names.entries()) {
    const answer = await look(name, context);
    const label = `${shown[i]}${given.get('separator') ?? ':'} `;
    const failure = typeof answer === 'string' && given.has('exit-on-error');
    const text =
      typeof answer === 'string'
        ? failure
          ? answer.replace('cannot open', 'ERROR: cannot stat')
          : answer
        : worded(answer, given);
    stdout += `${given.has('brief') ? '' : label.padEnd(label.length + width - [...name].length)}${text}\n`;
    if (failure) return { stdout, stderr: '', exitCode: 1 };
  }
  return printed(stdout);
};

function worded({ description, mime, charset }: Answer, given: ReadonlyMap<string, string>): string {
  if (given.has('mime')) return `${mime}; charset=${charset}`;
  if (given.has('mime-type')) return mime;
  return given.has('mime-encoding') ? charset : description;
}

/** What the file is, or why it cannot be read. */
async function look(name: string, { files, stdin }: ProgramContext): Promise<Answer | string> {
  if (name === '-') return identify(stdin ?? new Blob([]));
  try {
    if ((await files.stat(name))?.type === 'directory')
      return { description: 'directory', mime: 'inode/directory', charset: 'binary' };
    return await identify(await files.open(name));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return `cannot open \`${name}' (${REASONS[error.code] ?? 'Input/output error'})`;
  }
}

const REASONS: Readonly<Partial<Record<FileError['code'], string>>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  ENOTDIR: 'Not a directory',
};

/** In the order of `file`: archives by their checksum, texts, then the stronger signs before the weaker ones. */
const KINDS = [...ARCHIVES, ...DISKS, ...BOOT];

async function identify(blob: Blob): Promise<Answer> {
  if (blob.size === 0) return { description: 'empty', mime: 'inode/x-empty', charset: 'binary' };
  const bytes = new Bytes(new Uint8Array(await blob.slice(0, BYTES_MAX).arrayBuffer()), blob.size);
  for (const { mime, describe } of KINDS) {
    const description = describe(bytes);
    if (description !== undefined)
      return { description, mime, charset: describeText(bytes)?.charset ?? 'binary' };
  }
  const text = describeText(bytes);
  if (text !== undefined) return text;
  const description = blob.size === 1 ? 'very short file (no magic)' : 'data';
  return { description, mime: 'application/octet-stream', charset: 'binary' };
}

const printed = (stdout: string): ProgramResult => ({ stdout, stderr: '', exitCode: 0 });
const failed = (stderr: string): ProgramResult => ({ stdout: '', stderr, exitCode: 1 });
