/**
 * Looks at disk images twice, with our inspector and with qemu-img, oslo.utils, glance and nova, and says where they
 * differ: a few hundred files of every format and option made by the real tools, each also cut off and damaged.
 *
 *     npx tsx real-cloud/compare-disk-images.ts                 # 4 damaged and 2 cut ones of each, a seed of today's
 *     npx tsx real-cloud/compare-disk-images.ts 20 seed         # 20 and 10, these again
 *     npx tsx real-cloud/compare-disk-images.ts --record=FILE   # keeps small ones and the answers, for `npm test`
 *
 * NOVA_ROOT names a root with python3-glance and qemu-utils in it (default: that of `npm run real-cloud -- up`).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { open, truncate } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { openImageFile } from '../src/disk-image/node-file';
import { declarationOf } from '../src/disk-image/verdicts';
import {
  DECLARED,
  differences,
  ourVerdicts,
  type Difference,
  type OurVerdicts,
  type RealVerdicts,
} from '../src/disk-image/testing/real-verdicts';
import { root as realCloudRoot } from './place';

/** Longer files than that are compared as they are only. */
const MAX_DAMAGED = 20 * 1024 ** 2;

const root = process.env['NOVA_ROOT'] ?? realCloudRoot;
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [count = '4', seed = new Date().toISOString()] = words;
const record = process.argv.find((word) => word.startsWith('--record='))?.slice('--record='.length);

const folder = mkdtempSync(path.join(root, 'tmp/images-'));
const inside = root === '/' ? folder : folder.slice(root.length);
const python = (script: string, ...args: string[]) => {
  const name = path.join(folder, script);
  copyFileSync(path.join(import.meta.dirname, script), name);
  const command = ['env', 'LC_ALL=C.UTF-8', 'python3', `${inside}/${script}`, ...args];
  const [first = '', ...rest] = root === '/' ? command : ['chroot', root, ...command];
  return spawn(first, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
};

const tally = { files: 0, cases: 0, unexplained: 0, refused: 0 };
const reasons = new Map<string, number>();

async function main(): Promise<void> {
  const images = `${inside}/images`;
  mkdirSync(path.join(folder, 'images'));
  const made = await makeImages(images);
  const oracle = new Oracle();
  for (const name of made) await compareAll(oracle, name);
  await oracle.end();
  console.log(
    `${tally.files} files, ${tally.cases} cases (seed ${seed}): ${tally.unexplained} unexplained differences; ` +
      `qemu-img did not open ${tally.refused}`,
  );
  for (const [reason, times] of [...reasons].sort((a, b) => b[1] - a[1]))
    console.log(`  ${times} times: ${reason}`);
  process.exitCode = tally.unexplained === 0 ? 0 : 1;
}

async function makeImages(at: string): Promise<string[]> {
  const child = python('make-disk-images.py', at);
  child.stdin.end();
  const [output, [code]] = await Promise.all([
    text(child.stdout),
    once(child, 'exit') as Promise<[number | null]>,
  ]); // Node's event
  if (code !== 0) throw new Error(`make-disk-images.py ended with exit code ${code}`);
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>); // our own script wrote them
  for (const { skipped, failed, error } of lines) {
    if (skipped !== undefined) console.log(`not here: ${skipped}`);
    if (failed !== undefined) console.log(`did not work: ${failed}\n  ${error}`);
  }
  return lines.flatMap(({ name }) => name ?? []);
}

/** The real programs, which answer one question after the other. */
class Oracle {
  readonly #child = python('disk-image-oracle.py');
  readonly #lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();

  async ask(name: string, ours: OurVerdicts): Promise<RealVerdicts> {
    const { diskFormat, containerFormat } = declarationOf(ours.inspection);
    // kernels and RAM disks nova fetches without looking at them
    const nova = containerFormat === 'aki' || containerFormat === 'ari' ? null : diskFormat;
    const question = { path: `${inside}/images/${name}`, declare: DECLARED, nova };
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('disk-image-oracle.py ended early');
    return JSON.parse(value) as RealVerdicts; // our own script wrote it
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await once(this.#child, 'exit');
  }
}

interface Damage {
  flips: [at: number, value: number][];
  /** Length after the cut. */
  cut: number | undefined;
}

async function compareAll(oracle: Oracle, name: string): Promise<void> {
  const file = path.join(folder, 'images', name);
  const { size } = statSync(file);
  const random = randomNumbers(`${seed} ${name}`);
  tally.files++;
  const { inspection } = await compare(oracle, name, { flips: [], cut: undefined });
  if (size > MAX_DAMAGED || size === 0) return;
  const areas: [number, number][] = [
    [0, 128],
    [0, 512],
    [0, 4096],
    [size - 1536, 1536],
    [0, size],
    ...inspection.layout
      .slice(0, 8)
      .map(({ offset, length }): [number, number] => [offset, Math.min(length, 4096)]),
  ];
  for (let i = 0; i < Number(count); i++) {
    const flips = Array.from({ length: 1 + random(4) }, (): [number, number] => {
      const [start, length] = areas[random(areas.length)] ?? [0, size];
      return [Math.min(Math.max(start, 0) + random(Math.max(length, 1)), size - 1), random(256)];
    });
    const before = await poke(file, flips);
    await compare(oracle, name, { flips, cut: undefined });
    await poke(file, before.reverse());
  }
  const cuts = Array.from({ length: Math.ceil(Number(count) / 2) }, () => {
    const { offset, length } = inspection.layout[random(Math.max(inspection.layout.length, 1))] ?? {
      offset: 0,
      length: size,
    };
    return random(3) === 0 ? random(size) : Math.min(offset + random(Math.min(length, 4096)), size);
  });
  for (const cut of cuts.sort((a, b) => b - a)) {
    await truncate(file, cut);
    await compare(oracle, name, { flips: [], cut });
  }
}

/** Writes these bytes; answers what stood there. */
async function poke(file: string, flips: readonly [number, number][]): Promise<[number, number][]> {
  const handle = await open(file, 'r+');
  const before: [number, number][] = [];
  try {
    for (const [at, value] of flips) {
      const old = new Uint8Array(1);
      await handle.read(old, 0, 1, at);
      before.push([at, old[0] ?? 0]);
      await handle.write(new Uint8Array([value]), 0, 1, at);
    }
  } finally {
    await handle.close();
  }
  return before;
}

async function compare(oracle: Oracle, name: string, damage: Damage): Promise<OurVerdicts> {
  const file = path.join(folder, 'images', name);
  const source = await openImageFile(file);
  const ours = await ourVerdicts(source);
  await source.close();
  const theirs = await oracle.ask(name, ours);
  tally.cases++;
  if ('error' in theirs.qemu) tally.refused++;
  for (const difference of differences(ours, theirs)) report(name, damage, difference);
  if (record !== undefined) keep(record, file, name, damage, theirs);
  return ours;
}

function report(name: string, { flips, cut }: Damage, { what, ours, theirs, reason }: Difference): void {
  if (reason !== undefined) {
    reasons.set(`${what}: ${reason}`, (reasons.get(`${what}: ${reason}`) ?? 0) + 1);
    return;
  }
  if (tally.unexplained++ >= 40) return;
  const damage =
    cut !== undefined
      ? ` cut to ${cut}`
      : flips.length > 0
        ? ` with ${flips.map(([at, value]) => `${at}=${value}`).join(' ')}`
        : '';
  console.log(`${name}${damage}: ${what}\n  ours:   ${ours}\n  theirs: ${theirs}`);
}

function keep(to: string, file: string, name: string, damage: Damage, answer: RealVerdicts): void {
  if (statSync(file).size > 1024 ** 2) return;
  const content = gzipSync(readFileSync(file), { level: 9 });
  if (content.length > 1500) return;
  appendFileSync(to, `${JSON.stringify({ name, ...damage, content: content.toString('base64'), answer })}\n`);
}

/** Numbers below a limit, the same for the same text (mulberry32). */
function randomNumbers(text: string): (below: number) => number {
  let state = [...text].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16777619), 2166136261);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true });
}
