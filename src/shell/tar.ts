import { defineCommand } from 'just-bash';
import type { Command, ExecResult } from 'just-bash';
import type { ParsedTarFileItem } from 'nanotar';
import { gunzip } from './zcat';

/** What {@link tarCommand} was asked to do. */
interface TarOptions {
  operation?: 't' | 'x';
  file?: string;
  directory?: string;
  verbose: boolean;
  members: string[];
}

const USAGE_HINT = "Try 'tar --help' or 'tar --usage' for more information.\n";
const LONG: Readonly<Record<string, string>> = {
  '--list': 't',
  '--extract': 'x',
  '--get': 'x',
  '--verbose': 'v',
  '--gzip': 'z',
  '--file': 'f',
  '--directory': 'C',
};

/** An end of the command with GNU tar's words. */
class TarError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

const fatal = (message: string) =>
  new TarError(`tar: ${message}\ntar: Error is not recoverable: exiting now\n`, 2);

/**
 * Lists and unpacks archives, gzipped or not, as GNU tar does; just-bash has no tar in browsers. Making one is not here.
 */
export const tarCommand: Command = defineCommand('tar', async (args, { fs, cwd }): Promise<ExecResult> => {
  let stdout = '';
  let stderr = '';
  try {
    const options = parse(args);
    const file = options.file;
    if (options.operation === undefined)
      throw new TarError(
        `tar: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\n${USAGE_HINT}`,
        2,
      );
    if (file === undefined || file === '-')
      throw fatal('Refusing to read archive contents from terminal (missing -f option?)');
    const bytes = await fs.readFileBuffer(fs.resolvePath(cwd, file)).catch(() => {
      throw fatal(`${file}: Cannot open: No such file or directory`);
    });
    const items = await read(bytes);
    const target = fs.resolvePath(cwd, options.directory ?? '.');
    if (!(await fs.exists(target)))
      throw fatal(`${options.directory}: Cannot open: No such file or directory`);
    const wanted = (name: string) =>
      options.members.length === 0 || options.members.some((member) => isBelow(name, member));
    for (const item of items.filter(({ name }) => wanted(name))) {
      const list = options.operation === 't';
      if (list || options.verbose) stdout += `${list && options.verbose ? longName(item) : shown(item)}\n`;
      if (list) continue;
      const path = fs.resolvePath(target, item.name);
      if (item.type === 'directory') {
        await fs.mkdir(path, { recursive: true });
        continue;
      }
      await fs.mkdir(path.slice(0, path.lastIndexOf('/')) || '/', { recursive: true });
      await fs.writeFile(path, item.data ?? new Uint8Array());
      if (item.attrs?.mtime !== undefined) {
        const time = new Date(item.attrs.mtime * 1000);
        await fs.utimes(path, time, time);
      }
    }
    for (const member of options.members)
      if (!items.some(({ name }) => isBelow(name, member)))
        stderr += `tar: ${member}: Not found in archive\n`;
    if (stderr === '') return { stdout, stderr, exitCode: 0 };
    return {
      stdout,
      stderr: `${stderr}tar: Exiting with failure status due to previous errors\n`,
      exitCode: 2,
    };
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    return { stdout, stderr: error.message, exitCode: error.exitCode };
  }
});

/** Options in a word without a dash, as everybody types them, with one, or long. */
function parse(args: readonly string[]): TarOptions {
  const words = [...args];
  const options: TarOptions = { verbose: false, members: [] };
  const one = (letter: string, value: () => string) => {
    if (letter === 't' || letter === 'x') options.operation = letter;
    else if (letter === 'v') options.verbose = true;
    else if (letter === 'f') options.file = value();
    else if (letter === 'C') options.directory = value();
    else if ('cruA'.includes(letter))
      throw new TarError('tar: in this sandbox it lists (t) and unpacks (x), and makes no archives\n', 2);
    // z and its like only say how it is packed, which the archive says itself
    else if (!'zajJp'.includes(letter))
      throw new TarError(`tar: invalid option -- '${letter}'\n${USAGE_HINT}`, 64);
  };
  const missing = (letter: string) => (): string => {
    const word = words.shift();
    if (word === undefined)
      throw new TarError(`tar: option requires an argument -- '${letter}'\n${USAGE_HINT}`, 64);
    return word;
  };
  for (let first = true, word = words.shift(); word !== undefined; first = false, word = words.shift()) {
    const [name = '', given] = word.split(/=(.*)/s);
    if (word.startsWith('--')) {
      const letter = LONG[name];
      if (letter === undefined) throw new TarError(`tar: unrecognized option '${name}'\n${USAGE_HINT}`, 64);
      one(letter, () => given ?? missing(letter)());
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const letter = word.charAt(at);
        const rest = word.slice(at + 1);
        one(letter, () => {
          at = word.length;
          return rest === '' ? missing(letter)() : rest;
        });
      }
    } else if (first) {
      for (const letter of word) one(letter, missing(letter));
    } else options.members.push(word);
  }
  return options;
}

async function read(bytes: Uint8Array): Promise<ParsedTarFileItem[]> {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = packed
    ? await gunzip(bytes).catch(() => {
        throw new TarError('gzip: stdin: unexpected end of file\ntar: Child returned status 1\n', 2);
      })
    : bytes;
  const magic = new TextDecoder('latin1').decode(plain.subarray(257, 262));
  if (magic !== 'ustar')
    throw new TarError(
      'tar: This does not look like a tar archive\ntar: Exiting with failure status due to previous errors\n',
      2,
    );
  const { parseTar } = await import('nanotar');
  return parseTar(plain.slice().buffer);
}

const isBelow = (name: string, member: string) => {
  const folder = member.replace(/\/$/, '');
  return name === folder || name.startsWith(`${folder}/`);
};

/** A directory's name ends with a slash. */
const shown = ({ name, type }: ParsedTarFileItem) =>
  type === 'directory' && !name.endsWith('/') ? `${name}/` : name;

/** `-rw-r--r-- root/root 1536 2026-11-22 09:00 disk.vmdk` */
function longName(item: ParsedTarFileItem): string {
  const { mode = '644', uid = 0, gid = 0, user = '', group = '', mtime = 0 } = item.attrs ?? {};
  const bits = parseInt(mode, 8) & 0o777;
  const rwx = [...'rwxrwxrwx'].map((letter, i) => (bits & (0o400 >> i) ? letter : '-')).join('');
  const owner = `${user || uid}/${group || gid}`;
  const time = new Date(mtime * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const size = String(item.size).padStart(Math.max(18 - owner.length, 1));
  return `${item.type === 'directory' ? 'd' : '-'}${rwx} ${owner} ${size} ${time} ${shown(item)}`;
}
