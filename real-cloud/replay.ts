/**
 * Replays every console block of every page, in page order, with each client on each cloud, and compares what comes with
 * what the page shows. What the real clients print on the real cloud renews `verified.json`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  blockHash,
  blocksOn,
  clientPaths,
  comparable,
  MASKED,
  runBlock,
  type CommandResult,
  type Page,
} from '../src/transcript';
import { parsePage } from '../src/transcript/parse-page';
import { cloudScript } from './place';
import { osCloud } from './os-cloud';
import { lanes, openWay, openWayOn, TITLES, WAYS, type Way, type WayName } from './ways';
import { readVerified, writeVerified } from './verified';

const top = path.dirname(import.meta.dirname);

export interface ReplayOptions {
  /** Parts of pages' names; all pages if empty. */
  only: readonly string[];
  ways: readonly WayName[];
  /** Whether what the real clients print on the real cloud renews `verified.json`. */
  renew: boolean;
}

interface Difference {
  block: string;
  result: CommandResult;
}

interface PageResult {
  file: string;
  /** Hashes of the blocks that ran. */
  blocks: string[];
  commands: number;
  differences: Difference[];
}

/** What came of the ways. */
type Results = Map<WayName, { pages: PageResult[]; seconds: number }>;

/** @returns how many commands differed. */
export async function replay({ only, ways, renew }: ReplayOptions): Promise<number> {
  const pages = findPages(only);
  const results: Results = new Map();
  await Promise.all(
    lanes(ways).map(async (lane) => {
      for (const name of lane) results.set(name, await replayOn(name, () => openWay(name), pages));
    }),
  );
  const renewed = results.get('real-real');
  if (renew && renewed) await renewVerified(renewed.pages, only.length > 0);
  else if (renewed) reportUnverified(renewed.pages);
  return summarize(pages, results);
}

/**
 * Both clients on a cloud of clouds.yaml. `verified.json` stays as it is: nobody knows what runs there.
 *
 * @returns how many commands differed.
 */
export async function replayOnCloud(
  name: string,
  only: readonly string[],
  ways: readonly WayName[],
): Promise<number> {
  const pages = findPages(only);
  const results: Results = new Map();
  const cloud = await osCloud(name, (text) => console.log(`${name}: ${text}`));
  try {
    for (const way of ways.filter((each) => each.endsWith('-real'))) {
      const client = way === 'real-real' ? 'real' : 'ours';
      results.set(way, await replayOn(way, () => openWayOn(cloud, client), pages));
    }
  } finally {
    await cloud.close();
  }
  return summarize(pages, results);
}

function summarize(pages: readonly Page[], results: Results): number {
  for (const [name, { pages: all }] of results)
    for (const { differences } of all) for (const each of differences) report(TITLES[name], each);
  const commands = pages.flatMap(({ blocks }) => blocks.filter(({ norun }) => norun === undefined));
  const count = commands.reduce((sum, block) => sum + block.commands.length, 0);
  console.log(`\n${pages.length} pages, ${count} commands`);
  let sum = 0;
  for (const name of WAYS) {
    const found = results.get(name);
    if (!found) continue;
    const runs = found.pages.reduce((total, page) => total + page.commands, 0);
    const differences = found.pages.reduce((total, page) => total + page.differences.length, 0);
    sum += differences;
    console.log(
      `  ${TITLES[name].padEnd(24)} ${runs} runs, ${differences} differences from the pages (${found.seconds} s)`,
    );
  }
  console.log(`Masked on both sides: ${MASKED.join(', ')}.`);
  return sum;
}

/** The pages that run something, in order. */
export function findPages(only: readonly string[]): Page[] {
  return readdirSync(path.join(top, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.mdx?$/.test(name) && !name.startsWith(path.join('reference', 'client')))
    .map((name) => `docs/${name}`)
    .filter((file) => only.length === 0 || only.some((part) => file.includes(part)))
    .sort()
    .map((file) => parsePage(file, readFileSync(path.join(top, file), 'utf8')))
    .filter(({ blocks }) => blocks.some(({ norun }) => norun === undefined));
}

/** Runs the pages on one way, one after the other. */
export async function replayOn(
  name: WayName,
  open: () => Promise<Way>,
  pages: readonly Page[],
): Promise<{ pages: PageResult[]; seconds: number }> {
  const start = performance.now();
  const since = (then: number) => Math.round((performance.now() - then) / 1000);
  const way = await open();
  const results: PageResult[] = [];
  for (const page of pages) {
    const begin = performance.now();
    const result = await replayPage(page, way);
    results.push(result);
    const { commands, differences } = result;
    console.log(
      `${TITLES[name]}: ${page.file}: ${commands} runs, ${differences.length} differences, ${since(begin)} s`,
    );
  }
  await way.close();
  return { pages: results, seconds: since(start) };
}

/** Every block of a page on every way through its tabs, each on a fresh cloud. */
async function replayPage(page: Page, way: Way): Promise<PageResult> {
  const replayed: PageResult = { file: page.file, blocks: [], commands: 0, differences: [] };
  for (const client of clientPaths(page)) {
    const shell = await way.open(page);
    for (const block of blocksOn(page, client).filter(({ norun }) => norun === undefined)) {
      const hash = blockHash(block);
      const results = await runBlock(page, block, shell);
      replayed.blocks.push(hash);
      replayed.commands += results.length;
      for (const result of results) if (!same(result)) replayed.differences.push({ block: hash, result });
    }
    await shell.close();
  }
  return replayed;
}

function same({ command, actual }: CommandResult): boolean {
  return actual.exitCode === command.exitCode && comparable(actual.output) === comparable(command.expected);
}

function report(title: string, { result: { file, line, command, actual } }: Difference): void {
  const lines = (text: string, sign: string) =>
    comparable(text)
      .replace(/\n$/, '')
      .split('\n')
      .map((each) => `  ${sign} ${each}`)
      .join('\n');
  console.log(`\n${file}:${line}: $ ${command.source}   (${title})`);
  console.log(lines(command.expected, '-'));
  console.log(lines(actual.output, '+'));
  if (actual.exitCode !== command.exitCode)
    console.log(`  exit code: the page says ${command.exitCode}, here it is ${actual.exitCode}`);
}

/** Blocks that agree and do not show it yet. */
function reportUnverified(pages: readonly PageResult[]): void {
  const { blocks: known } = readVerified();
  const count = pages.flatMap(({ file, blocks }) =>
    [...new Set(blocks)].filter((hash) => known[file]?.[hash] === undefined),
  ).length;
  if (count > 0)
    console.log(
      `\n${count} blocks are not marked as verified on their pages yet: npm run real-cloud -- replay`,
    );
}

async function renewVerified(pages: readonly PageResult[], some: boolean): Promise<void> {
  const thisRun = {
    date: new Date().toISOString().slice(0, 10),
    release: '2025.1',
    services: await versions(SERVICES, (name) => `python3-${name}`),
    clients: Object.entries(await versions(CLIENTS, (name) => `python3-${name}`))
      .map((each) => each.join(' '))
      .join(', '),
  };
  const before = readVerified();
  const runs = [...before.runs, thisRun];
  const blocks = some ? before.blocks : {};
  for (const { file, blocks: hashes, differences } of pages) {
    const refuted = new Set(differences.map(({ block }) => block));
    const agreed = hashes.filter((hash) => !refuted.has(hash));
    blocks[file] = Object.fromEntries(agreed.map((hash) => [hash, runs.length - 1]));
  }
  writeVerified({ runs, blocks });
}

const SERVICES = ['keystone', 'glance', 'nova', 'neutron', 'cinder', 'barbican', 'swift', 'manila', 'magnum'];
const CLIENTS = [
  'openstackclient',
  'glanceclient',
  'swiftclient',
  'barbicanclient',
  'manilaclient',
  'magnumclient',
];

/** By name, those of Debian without its own part. */
async function versions(
  names: readonly string[],
  packageOf: (name: string) => string,
): Promise<Record<string, string>> {
  const format = '${Package} ${Version}\\n';
  const printed = await cloudScript(['exec', 'dpkg-query', '-Wf', format, ...names.map(packageOf)]);
  const found = Object.fromEntries(
    printed
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]), // as the format has it
  );
  const upstream = (version = '') => version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
  return Object.fromEntries(names.map((name) => [name, upstream(found[packageOf(name)])]));
}
