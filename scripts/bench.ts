/**
 * How fast it is, side by side with the real thing where that is up (`npm run real-cloud -- up`): same machine, same
 * run, medians.
 *
 *     npm run bench
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { programs } from '../src/cli';
import { SimulatedClock } from '../src/cloud/clock';
import { Cloud } from '../src/cloud/cloud';
import { startState } from '../src/cloud/states';
import { openDoor } from '../src/door/door';
import { growth } from './bench/growth';
import { table, time } from './bench/measure';
import { listingGrowth } from './bench/object-listing';

const top = path.dirname(import.meta.dirname);
const cloudScript = path.join(top, 'real-cloud/cloud.sh');
const COMMANDS = [
  ['openstack', 'image', 'list'],
  ['openstack', 'image', 'show', 'cirros'],
  ['openstack', 'project', 'list'],
  ['openstack', 'token', 'issue'],
  ['glance', 'image-list'],
] as const;
const IMAGES = 1000;
const SECONDS = 8;
const CONNECTIONS = 4;
const REAL_AUTH_URL = 'http://127.0.0.1:5000';

function login(authUrl: string): Record<string, string> {
  return {
    OS_AUTH_URL: `${authUrl}/v3`,
    OS_USERNAME: 'admin',
    OS_PASSWORD: 'secret',
    OS_PROJECT_NAME: 'admin',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
    OS_REGION_NAME: 'RegionOne',
    OS_IDENTITY_API_VERSION: '3',
    HOME: '/root',
    PATH: process.env['PATH'] ?? '',
  };
}

function realCloudIsUp(): boolean {
  try {
    const status = execFileSync(cloudScript, ['status'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return !status.includes(': stopped');
  } catch {
    return false;
  }
}

/** Our command line in one process with its cloud. */
async function ourCommand([name, ...args]: readonly [keyof typeof programs, ...string[]]): Promise<number> {
  const clock = new SimulatedClock('2026-11-22T12:00:00Z');
  const cloud = new Cloud({ state: await startState('course'), clock });
  const context = {
    args,
    env: login(`${cloud.baseUrl}/identity`),
    files: {
      open: () => Promise.reject(new Error('no files here')),
      write: () => Promise.reject(new Error('no files here')),
      stat: () => Promise.resolve(undefined),
      list: () => Promise.reject(new Error('no files here')),
      makeFolder: () => Promise.reject(new Error('no files here')),
      setTime: () => Promise.reject(new Error('no files here')),
    },
    stdin: undefined,
    stdoutIsTerminal: false,
    columns: 80,
    fetch: (request: Request) => cloud.fetch(request),
    now: () => clock.now(),
    sleep: () => Promise.resolve(),
  };
  return time(100, 20, async () => {
    const { exitCode, stderr } = await programs[name](context);
    if (exitCode !== 0) throw new Error(`${name} ${args.join(' ')}: ${stderr}`);
  });
}

/** Our command line as a program of its own, which goes to `npm run cloud` over HTTP. */
async function ourPrograms(): Promise<number[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const program = path.join(folder, 'one-command.cjs');
  const esbuild = path.join(top, 'node_modules/.bin/esbuild');
  const source = path.join(top, 'scripts/bench/one-command.ts');
  execFileSync(
    esbuild,
    [source, '--bundle', '--minify', '--platform=node', '--format=cjs', `--outfile=${program}`],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const door = await openDoor({
    cloud: 'course',
    port: 0,
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
  try {
    const env = login(`${door.url}/identity`);
    const times: number[] = [];
    for (const words of COMMANDS) times.push(await time(9, 1, () => runProgram([program, ...words], env)));
    return times;
  } finally {
    await door.close();
    rmSync(folder, { recursive: true });
  }
}

function runProgram(args: readonly string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args.join(' ')} ended with exit code ${code}`)),
    );
  });
}

/** The real clients, in the root of the real cloud. */
function realCommands(): { started: number[]; forked: number[] } {
  const env = Object.entries(login(REAL_AUTH_URL))
    .filter(([name]) => name !== 'PATH')
    .map(([name, value]) => `${name}=${value}`);
  const printed = execFileSync(
    cloudScript,
    ['exec', 'env', ...env, 'python3', '-', '9', JSON.stringify(COMMANDS)],
    {
      encoding: 'utf8',
      input: readFileSync(path.join(top, 'scripts/bench/real-commands.py')),
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  return JSON.parse(printed) as { started: number[]; forked: number[] }; // as the program says
}

const ms = (value: number | undefined) =>
  value === undefined ? '' : `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const times = (real: number | undefined, ours: number | undefined) =>
  real === undefined || ours === undefined ? '' : `${(real / ours).toFixed(0)} ×`;

async function commands(isUp: boolean): Promise<void> {
  const real = isUp ? realCommands() : undefined;
  const started = await ourPrograms();
  const rows = [];
  for (const [i, words] of COMMANDS.entries()) {
    const ours = await ourCommand(words);
    rows.push([
      words.join(' '),
      ms(ours),
      ms(real?.forked[i]),
      times(real?.forked[i], ours),
      ms(started[i]),
      ms(real?.started[i]),
      times(real?.started[i], started[i]),
    ]);
  }
  const head = ['Command', 'ours', 'real', '', 'ours, started', 'real, started', ''];
  print(`\nOne command: without the start of its process, and with it\n\n${table([head, ...rows])}`);
}

interface Rates {
  list: number;
  show: number;
}

function load(prefix: readonly string[], authUrl: string): Promise<Rates> {
  const program = path.join(top, 'scripts/bench/load.ts');
  const args = [process.execPath, '--import', 'tsx', program, authUrl, IMAGES, SECONDS, CONNECTIONS];
  const [command = '', ...rest] = [...prefix, ...args.map(String)];
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, { cwd: top, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0)
        resolve(JSON.parse(printed) as Rates); // as load.ts says
      else reject(new Error(`the load on ${authUrl} ended with exit code ${code}`));
    });
  });
}

/** The embedded cloud in a process of its own, as `npm run cloud` starts it. */
async function ourDoor(): Promise<{ url: string; end: () => void }> {
  const door = path.join(top, 'src/door/main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', door, '--port', '0'], {
    cwd: top,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    const url = /http:\/\/[\d.:]+/.exec(String(chunk))?.[0];
    if (url !== undefined) return { url, end: () => void child.kill() };
  }
  throw new Error('npm run cloud did not start');
}

async function http(isUp: boolean): Promise<void> {
  const door = await ourDoor();
  const ours = await load([], `${door.url}/identity`).finally(door.end);
  let real: Rates | undefined;
  if (isUp) {
    try {
      real = await load([cloudScript, 'net'], REAL_AUTH_URL);
    } finally {
      // without those thousand images again
      execFileSync(cloudScript, ['fresh'], { stdio: ['ignore', 'ignore', 'inherit'] });
    }
  }
  const rate = (value: number | undefined) => (value === undefined ? '' : value.toFixed(1));
  const rows = (['list', 'show'] as const).map((what) => [
    what === 'list' ? `list of ${IMAGES} images` : 'show',
    rate(ours[what]),
    rate(real?.[what]),
    times(ours[what], real?.[what]),
  ]);
  print(
    `\nImage API over HTTP, requests per second with ${CONNECTIONS} connections\n\n${table([['', 'ours', 'real', ''], ...rows])}`,
  );
}

async function many(): Promise<void> {
  const rows = [];
  for (const images of [10_000, 50_000, 100_000]) {
    const { firstPage, filter, sort, show, pages, perPage, slowestPage } = await growth(images);
    rows.push([
      images.toLocaleString('en'),
      ...[show, firstPage, filter, sort].map(ms),
      String(pages),
      ms(perPage),
      ms(slowestPage),
    ]);
  }
  const head = ['Images', 'show', 'first page', 'filter', 'sorted by name', 'pages', 'per page', 'slowest'];
  print(`\nMany images, pages of 1,000\n\n${table([head, ...rows])}`);
}

async function objects(): Promise<void> {
  const rows = [];
  for (const count of [10_000, 100_000]) {
    const { plain, folders } = await listingGrowth(count);
    rows.push([
      count.toLocaleString('en'),
      ...[plain.first, plain.middle, plain.last, plain.slowest, folders.perPage, folders.slowest].map(ms),
    ]);
  }
  const head = ['Objects', 'first pages', 'middle', 'last pages', 'slowest', 'of folders', 'slowest'];
  print(`\nObjects of a container, pages of 1,000\n\n${table([head, ...rows])}`);
}

/** In a process of its own, which has run nothing before. */
function scheduler(): void {
  execFileSync(process.execPath, ['--import', 'tsx', path.join(top, 'scripts/bench-scheduler.ts')], {
    cwd: top,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(only: readonly string[]): Promise<number> {
  const parts = { commands, http, many, objects, scheduler };
  if (only.some((name) => !(name in parts))) {
    const help = only.includes('--help') || only.includes('-h');
    process.stderr.write(
      `Usage: npm run bench -- [${Object.keys(parts).join(' | ')} …]\nAll of them unless named.\n`,
    );
    return help ? 0 : 2;
  }
  print(
    `Load of this machine before: ${loadavg()
      .map((value) => value.toFixed(1))
      .join(' ')}`,
  );
  const isUp = realCloudIsUp();
  if (!isUp) print('The real cloud is not up (npm run real-cloud -- up): only our side is measured.');
  for (const [name, measure] of Object.entries(parts))
    if (only.length === 0 || only.includes(name)) await measure(isUp);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
