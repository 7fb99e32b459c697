/**
 * Gives the same command lines to our qemu-img and to the real one, in folders with the same files, and says where
 * they differ:
 *
 *     npm run real-cloud -- qemu-img                # files of every format, whole and damaged
 *     npm run real-cloud -- qemu-img 500 seed       # 500 damaged files, of this seed
 *     npm run real-cloud -- qemu-img 20             # quick: 20 damaged files and a part of the rest, as CI does
 *
 * NOVA_ROOT names a root with qemu-utils and python3 in it (default: that of `npm run real-cloud -- up`).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { root } from './nova-root';
import { hostFiles, runQemuImg } from './our-qemu-img';

interface Answer {
  stdout: string;
  stderr: string;
  exitCode: number;
}

const [count = '300', seed = new Date().toISOString()] = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'));
const verbose = process.argv.includes('--all');
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length);

/** With few files it takes a part of everything else as well, another for each seed. */
const quick = Number(count) < 100;
const shift = Math.floor(generator(seed)() * 9);

const folder = mkdtempSync(path.join(root, 'tmp/qemu-img-'));
const inside = root === '/' ? folder : folder.slice(root.length);
/** Told at once: the whole takes minutes. */
function differ(text: string): void {
  const reason = EXPLAINED.find(({ ours }) => ours.test(text))?.reason;
  if (reason !== undefined) {
    explained.set(reason, (explained.get(reason) ?? 0) + 1);
    return;
  }
  if (verbose || differences.length < 20) console.log(text);
  differences.push(text);
}

/** What only we say, and why we say it. */
const EXPLAINED: readonly { ours: RegExp; reason: string }[] = [
  ...['parallels', 'qcow', 'qed', 'luks'].map((format) => ({
    ours: new RegExp(`^  ours qemu-img: .*: format ${format} is not in this sandbox$`, 'm'),
    reason: `no driver for ${format}`,
  })),
  {
    ours: /^  ours qemu-img: .*: compressing with zstd is not in this sandbox$/m,
    reason: 'no zstd: browsers have none',
  },
  {
    ours: /^\$ qemu-img convert .*-zstd.*\n(.*\n)*  ours qemu-img: zstd-compressed clusters are not in this sandbox$/m,
    reason: 'no zstd: browsers have none',
  },
  {
    // the real one says more, and we say nothing else
    ours: /^\$ qemu-img info .*luks\.qcow2\n(?:  real .*\n)*  real .*(?:encrypt:|master-key-iters).*\n(?:  real .*\n)*$/,
    reason: 'the LUKS header inside a qcow2 is not read',
  },
];
const explained = new Map<string, number>();

let files = 0;
let compared = 0;
const differences: string[] = [];
const notes: string[] = [];

const CONVERSIONS = [
  ['-O', 'qcow2'],
  ['-O', 'raw'],
  ['-c', '-O', 'qcow2'],
  ['-O', 'qcow2', '-o', 'cluster_size=512,compat=0.10'],
  ['-c', '-O', 'qcow2', '-o', 'cluster_size=4k,refcount_bits=1'],
  ['-O', 'qcow2', '-o', 'extended_l2=on,refcount_bits=64'],
  ['-c', '-O', 'qcow2', '-o', 'extended_l2=on,cluster_size=2M,refcount_bits=8'],
  ['-S', '0', '-O', 'qcow2'],
  ['-O', 'qcow2', '-o', 'preallocation=metadata,cluster_size=2M'],
];

const SIZES = [
  '0',
  '1',
  '511',
  '512',
  '1000',
  '64K',
  '1M',
  '1.5G',
  '1G',
  '5G',
  '1T',
  '64T',
  '1P',
  '8E',
  '-1',
  '1x',
  '0x10',
  '.5M',
];
const OPTIONS = [
  '',
  'cluster_size=512',
  'cluster_size=2M',
  'cluster_size=4M',
  'cluster_size=1000',
  'compat=0.10',
  'compat=v2',
  'compat=1.1',
  'compat=v4',
  'compat=0.10,lazy_refcounts=on',
  'lazy_refcounts=on',
  'lazy_refcounts=maybe',
  'lazy_refcounts',
  'extended_l2=on',
  'extended_l2=on,cluster_size=8k',
  'extended_l2=on,compat=0.10',
  'refcount_bits=1',
  'refcount_bits=64',
  'refcount_bits=7',
  'refcount_bits=8,compat=0.10',
  'refcount_bits=x',
  'compression_type=zstd',
  'compression_type=zstd,compat=0.10',
  'compression_type=lzma',
  'preallocation=off',
  'preallocation=metadata',
  'preallocation=metadata,extended_l2=on',
  'preallocation=metadata,cluster_size=512',
  'preallocation=lots',
  'foo=1',
  'size=3M',
  'cluster_size',
  'cluster_size=-1',
  'cluster_size=1E,foo',
  'compat=1.1,,2',
  ',,',
  'cluster_size=128k,compat=1.1,extended_l2=on,lazy_refcounts=on,refcount_bits=32',
];
const CREATIONS = [
  ...SIZES.filter((size) => !/^[5-9]G|T|P|G/.test(size)).map((size) => ['-f', 'raw', 'new', size]),
  ...SIZES.map((size) => ['-f', 'qcow2', 'new', size]),
  ...SIZES.filter((size) => !/P|8E/.test(size)).map((size) => [
    '-f',
    'qcow2',
    '-o',
    'cluster_size=512',
    'new',
    size,
  ]),
  ...OPTIONS.map((text) => ['-f', 'qcow2', '-o', text, 'new', '1M']),
  ...OPTIONS.map((text) => ['-f', 'raw', '-o', text, 'new', '1M']),
  ...OPTIONS.map((text) => ['-f', 'qcow2', '-o', text, '-b', 'base-raw', '-F', 'raw', 'new']),
  ['-f', 'qcow2', '-b', 'base-raw', 'new'],
  ['-f', 'qcow2', '-b', 'base-qcow2', 'new', '1M'],
  ['-f', 'qcow2', '-b', 'base-qcow2', '-F', 'qcow2', 'new', '1G'],
  ['-f', 'qcow2', '-b', 'base-qcow2', '-F', 'vmdk', 'new'],
  ['-f', 'qcow2', '-b', 'base-qcow2', '-F', 'foo', 'new'],
  ['-f', 'qcow2', '-b', 'nosuch', '-F', 'qcow2', 'new'],
  ['-f', 'qcow2', '-b', 'nosuch', '-F', 'qcow2', '-u', 'new', '1M'],
  ['-f', 'qcow2', '-b', 'nosuch', '-F', 'qcow2', '-u', 'new'],
  ['-f', 'qcow2', '-b', 'nosuch', '-u', 'new', '1M'],
  ['-f', 'qcow2', '-b', '', '-F', 'qcow2', 'new', '1M'],
  ['-f', 'qcow2', '-b', 'new', '-F', 'qcow2', 'new', '1M'],
  ['-f', 'qcow2', '-F', 'raw', 'new', '1M'],
  ['-f', 'qcow2', '-o', 'backing_file=base-raw,backing_fmt=raw,compat=0.10', 'new', '1M'],
  ['-f', 'qcow2', '-o', 'backing_file=base-raw,backing_fmt=raw,preallocation=metadata', 'new', '1M'],
  ['-f', 'qcow2', '-b', 'x'.repeat(1100), '-F', 'raw', '-u', 'new', '1M'],
  ['-f', 'raw', '-b', 'base-raw', '-F', 'raw', 'new'],
  ['-f', 'raw', '-F', 'raw', 'new', '1M'],
  ['-f', 'raw', '-o', 'preallocation=full', 'new', '1M'],
  ['-f', 'raw', '-o', 'preallocation=metadata', 'new', '1M'],
  ['-f', 'raw', '-o', 'preallocation=x', 'new', '1M'],
  ['-f', 'foo', 'new', '1M'],
  ['-f', 'bochs', 'new', '1M'],
  ['new'],
  ['-f', 'qcow2', 'new'],
  [],
  ['-q', '-f', 'qcow2', 'new', '1M'],
  ['new', '1M', '2M'],
  ['new', '1M', '2M', '-x'],
  ['-x', 'new', '1M'],
  ['--nosuch', 'new', '1M'],
  ['--o', 'x', 'new', '1M'],
  ['--form=qcow2', 'new', '1M'],
  ['--quiet=1', 'new', '1M'],
  ['-f'],
  ['--format'],
  ['-fqcow2', '-qo', 'compat=0.10', '--', 'new', '1M'],
  ['-f', 'qcow2', 'nodir/new', '1M'],
  ['-f', 'qcow2', '.', '1M'],
  ['-f', 'raw', 'nodir/new', '1M'],
  ['-f', 'raw', '.', '1M'],
  ['-f', 'qcow2', '', '1M'],
];

try {
  makeFiles();
  const names = readdirSync(folder).filter((name) => statSync(path.join(folder, name)).isFile());
  files = names.length;
  for (const [i, name] of part('info') ? names.entries() : []) {
    if (only !== undefined && !name.includes(only)) continue;
    const forms = [['info'], ['info', '--output=json'], ['info', '-U', '--backing-chain']];
    for (const words of quick ? [forms[(i + shift) % 3] ?? []] : forms) await compare([...words, name]);
  }
  if (part('damaged')) await damaged(names);
  if (part('create')) await creations();
  if (part('convert')) await roundTrips(names);
} finally {
  if (!process.argv.includes('--keep')) rmSync(folder, { recursive: true });
}
for (const note of verbose ? notes : []) console.log(note);
const times = [...explained.values()].reduce((sum, each) => sum + each, 0);
console.log(
  `${files} files, ${compared} command lines, seed ${seed}: ${differences.length} unexplained differences, ${times} explained`,
);
for (const [reason, count] of explained) console.log(`  ${count} times: ${reason}`);
process.exitCode = differences.length === 0 ? 0 : 1;

/** Whether this part was asked for; all are, unless one is named. */
function part(name: string): boolean {
  const named = process.argv.filter((word) => /^--(info|damaged|create|convert)$/.test(word));
  return named.length === 0 || named.includes(`--${name}`);
}

/** New images are the same bytes, or fail with the same words. */
async function creations(): Promise<void> {
  for (const words of quick ? CREATIONS.filter((_, i) => (i + shift) % 3 === 0) : CREATIONS) {
    rmSync(path.join(folder, 'new'), { force: true });
    const theirs = real(['create', ...words]);
    const file = path.join(folder, 'new');
    const bytes = existsSync(file) ? start(file, 2 ** 24) : Buffer.alloc(0);
    const size = existsSync(file) ? statSync(file).size : 0;
    rmSync(file, { force: true });
    const ours = await runQemuImg(['create', ...words], hostFiles(folder, root));
    const ourBytes = existsSync(file) ? start(file, 2 ** 24) : Buffer.alloc(0);
    const ourSize = existsSync(file) ? statSync(file).size : 0;
    compared++;
    const [a, b] = [text(theirs), text(ours)];
    const same = size === ourSize && bytes.equals(ourBytes);
    const valid =
      same ||
      ours.exitCode !== 0 ||
      real(['check', '-f', 'qcow2', 'new']).exitCode === 0 ||
      !words.includes('qcow2');
    if (a !== b) differ(`$ qemu-img create ${words.join(' ')}\n${diff(a, b)}`);
    else if (!valid) differ(`$ qemu-img create ${words.join(' ')}\n  the real qemu-img check finds errors`);
    else if (!same) notes.push(`create ${words.join(' ')}: ${size} bytes and ${ourSize}, not the same`);
  }
}

/** A few of them, others for each file; all with `--every`. */
function sample<T>(items: readonly T[], at: number): readonly T[] {
  const step = process.argv.includes('--every') ? 1 : quick ? 9 : 3;
  return items.filter((_, i) => (i + at + shift) % step === 0);
}

/** What we make of a file, the real one finds whole and identical. */
async function roundTrips(names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (only !== undefined && !name.includes(only)) continue;
    const { stdout, exitCode } = await runQemuImg(['info', '--output=json', name], hostFiles(folder, root));
    if (exitCode !== 0) continue;
    const size = Number(/^    "virtual-size": (\d+)/m.exec(stdout)?.[1]);
    for (const words of sample(CONVERSIONS, names.indexOf(name))) {
      const format = words[words.indexOf('-O') + 1] ?? 'raw';
      if (
        size > 2 ** 27 &&
        (format === 'raw' || words.includes('-S') || words.some((word) => word.includes('prealloc')))
      )
        continue;
      const line = `convert ${words.join(' ')} ${name} out`;
      rmSync(path.join(folder, 'out'), { force: true });
      compared++;
      const ours = await runQemuImg(['convert', ...words, name, 'out'], hostFiles(folder, root));
      if (ours.exitCode !== 0) {
        const theirs = real(['convert', ...words, name, 'out']);
        const [a, b] = [text(theirs), text(ours)];
        if (a !== b) differ(`$ qemu-img ${line}\n${diff(a, b)}`);
        continue;
      }
      const same = real(['compare', '-F', format, name, 'out']);
      if (same.exitCode !== 0) differ(`$ qemu-img ${line}\n  compare: ${same.stdout}${same.stderr}`);
      if (format !== 'qcow2') continue;
      const sound = real(['check', 'out']);
      if (sound.exitCode !== 0) differ(`$ qemu-img ${line}\n  check: ${sound.stdout}${sound.stderr}`);
    }
  }
}

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
  const ours = await runQemuImg(args, hostFiles(folder, root));
  const [a, b] = [text(theirs), text(ours)];
  if (a === b) return;
  differ(`$ qemu-img ${what}\n${diff(a, b)}`);
}

function text({ stdout, stderr, exitCode }: Answer): string {
  // how much room a file takes depends on its holes, of which the sandbox knows nothing
  const masked = stdout.replace(/^( *disk size: ).*/gm, '$1…').replace(/("actual-size": )\d+/g, '$1…');
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
    if (process.argv.includes('--keep'))
      cpSync(path.join(folder, file), path.join(folder, `damaged-${i}${path.extname(name)}`));
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
  let state = [...text].reduce(
    (hash, char) => Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0,
    0x811c9dc5,
  );
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
