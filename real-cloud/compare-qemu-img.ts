/**
 * Gives the same command lines to our qemu-img and to the real one, in folders with the same files, and says where
 * they differ:
 *
 *     npm run real-cloud -- qemu-img                # files of every format, whole and damaged
 *     npm run real-cloud -- qemu-img 500 seed       # 500 damaged files, of this seed
 *
 * NOVA_ROOT names a root with qemu-utils and python3 in it (default: that of `npm run real-cloud -- up`).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, cpSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './nova-root';
import { hostFiles, runQemuImg } from './our-qemu-img';

interface Answer {
  stdout: string;
  stderr: string;
  exitCode: number;
}

const [count = '300', seed = new Date().toISOString()] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const verbose = process.argv.includes('--all');
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length);

const folder = mkdtempSync(path.join(root, 'tmp/qemu-img-'));
const inside = root === '/' ? folder : folder.slice(root.length);
let compared = 0;
const differences: string[] = [];
try {
  makeFiles();
  const names = readdirSync(folder).filter((name) => statSync(path.join(folder, name)).isFile());
  for (const name of names) {
    if (only !== undefined && !name.includes(only)) continue;
    for (const words of [['info'], ['info', '--output=json'], ['info', '-U', '--backing-chain']])
      await compare([...words, name]);
  }
  await damaged(names);
} finally {
  if (!process.argv.includes('--keep')) rmSync(folder, { recursive: true });
}
for (const difference of verbose ? differences : differences.slice(0, 20)) console.log(difference);
console.log(`${compared} command lines, seed ${seed}: ${differences.length} differences`);
process.exitCode = differences.length === 0 ? 0 : 1;

function makeFiles(): void {
  copyFileSync(path.join(import.meta.dirname, 'make-disk-images.py'), path.join(folder, 'make.py'));
  execFileSync(...inRoot(['python3', 'make.py', '.']), { stdio: 'pipe' });
  rmSync(path.join(folder, 'make.py'));
}

/** The command, run in the folder of the files. */
function inRoot(words: readonly string[]): [string, string[]] {
  const script = ['sh', '-c', `cd ${inside} && exec "$@"`, 'sh', ...words];
  return ['env', root === '/' ? script : ['chroot', root, ...script]];
}

function real(args: readonly string[]): Answer {
  const [first, words] = inRoot(['qemu-img', ...args]);
  const { stdout, stderr, status } = spawnSync(first, words, {
    encoding: 'utf8',
    input: '',
    timeout: 60_000,
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  return { stdout, stderr, exitCode: status ?? -1 };
}

async function compare(args: readonly string[], what = args.join(' ')): Promise<void> {
  compared++;
  const theirs = real(args);
  const ours = await runQemuImg(args, hostFiles(folder));
  const [a, b] = [text(theirs), text(ours)];
  if (a === b) return;
  differences.push(`$ qemu-img ${what}\n${diff(a, b)}`);
}

function text({ stdout, stderr, exitCode }: Answer): string {
  // how much room a file takes depends on its holes, of which the sandbox knows nothing
  const masked = stdout
    .replace(/^( *disk size: ).*/gm, '$1…')
    .replace(/("actual-size": )\d+/g, '$1…');
  return `${masked}${stderr}? ${exitCode}\n`;
}

function diff(theirs: string, ours: string): string {
  const [a, b] = [theirs.split('\n'), ours.split('\n')];
  const only = (lines: string[], others: string[], sign: string) =>
    lines.filter((line) => !others.includes(line)).map((line) => `  ${sign} ${line}\n`);
  return [...only(a, b, 'real'), ...only(b, a, 'ours')].join('') || '  the order of lines\n';
}

/** Files cut off, and files with bits flipped, mostly in their headers. */
async function damaged(names: readonly string[]): Promise<void> {
  const random = generator(seed);
  const sources = names.filter((name) => !/\.(raw|iso|gz|xz|bz2|zst|ova|ovf|img|bin)$/.test(name));
  for (let i = 0; i < Number(count); i++) {
    const name = sources[Math.floor(random() * sources.length)] ?? '';
    const original = start(path.join(folder, name), 2 ** 24);
    const bytes = Buffer.from(random() < 0.4 ? original.subarray(0, cut(original.length, random)) : original);
    if (bytes.length === original.length || random() < 0.3)
      for (let n = 1 + Math.floor(random() * 3); n > 0 && bytes.length > 0; n--) {
        const at = Math.floor(random() ** 4 * Math.min(bytes.length, 2 ** 19));
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
    const file = `damaged${path.extname(name)}`;
    writeFileSync(path.join(folder, file), bytes);
    if (process.argv.includes('--keep')) cpSync(path.join(folder, file), path.join(folder, `damaged-${i}${path.extname(name)}`));
    const format = /\.(qcow2|vmdk|vdi|vpc|vhdx)$/.exec(name)?.[1];
    await compare(['info', file], `info ${name}, damaged (${i})`);
    if (format) await compare(['info', '-f', format, file], `info -f ${format} ${name}, damaged (${i})`);
  }
}

/** The first bytes of a file: some are larger than memory. */
function start(file: string, length: number): Buffer {
  const bytes = Buffer.alloc(Math.min(statSync(file).size, length));
  const handle = openSync(file, 'r');
  readSync(handle, bytes);
  closeSync(handle);
  return bytes;
}

function cut(length: number, random: () => number): number {
  const near = [64, 512, 1024, 4096, 65536, 131072, 196608, 262144];
  return random() < 0.5
    ? (near[Math.floor(random() * near.length)] ?? 0) + Math.floor(random() * 3) - 1
    : Math.floor(random() * length);
}

/** Numbers from 0 to 1 that depend on the seed alone. */
function generator(text: string): () => number {
  let state = [...text].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
