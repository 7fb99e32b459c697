/**
 * Replays every console block of every page with the real clients on the real cloud, in page order, and compares
 * with what the page shows, ids and times masked on both sides. Writes `verified.json`. Or does it on the embedded
 * cloud, and writes nothing.
 */
import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { HOME, homeFiles } from '../src/shell/home';
import {
  blockHash,
  blocksOn,
  clientPaths,
  comparable,
  runBlock,
  type CommandResult,
  type Page,
  type PageShell,
} from '../src/transcript';
import { parsePage } from '../src/transcript/parse-page';
import { embeddedCloud, realCloud, type Target } from './targets';
import { readVerified, writeVerified } from './verified';

const here = import.meta.dirname;
const top = path.dirname(here);
const root = path.join(process.env.REAL_CLOUD_DIR ?? '/var/tmp/learn-openstack-real-cloud', 'root');

function cloudScript(...args: string[]): string {
  return execFileSync(path.join(here, 'cloud.sh'), args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The learner's home folder, as the sandbox has it, inside the cloud's root. */
function makeHome(authUrl: string): void {
  const home = path.join(root, HOME);
  rmSync(home, { recursive: true, force: true });
  for (const [name, file] of Object.entries(homeFiles(authUrl))) {
    const { content, mode } =
      typeof file === 'function'
        ? { content: file(), mode: 0o644 }
        : typeof file === 'string' || file instanceof Uint8Array
          ? { content: file, mode: 0o644 }
          : file;
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
    chmodSync(path.join(root, name), mode);
  }
}

// openstacksdk works out where clouds.yaml is when it is imported, so the client server starts in the same place as the shell
const IN_HOME = [
  ...[
    'env',
    '-i',
    '-C',
    HOME,
    `HOME=${HOME}`,
    'OS_CLOUD=demo',
    'TERM=dumb',
    'LC_ALL=C.UTF-8',
    'PYTHONWARNINGS=ignore',
  ],
  'PATH=/usr/local/bin:/usr/bin:/bin',
];

const SOCKET = '/tmp/clients.sock';

/** Puts `openstack` and `glance` before the installed ones in PATH: the same clients, imported once for all commands. */
function startClients(): ChildProcess {
  const bin = path.join(root, 'usr/local/bin');
  writeFileSync(path.join(bin, 'zygote.py'), readFileSync(path.join(here, 'zygote.py')));
  for (const client of ['openstack', 'glance']) {
    const script = `#!/bin/sh\nexec python3 -S -E /usr/local/bin/zygote.py ${SOCKET} ${client} "$@"\n`;
    writeFileSync(path.join(bin, client), script, { mode: 0o755 });
  }
  rmSync(path.join(root, SOCKET), { force: true });
  const server = spawn(
    path.join(here, 'cloud.sh'),
    ['exec', ...IN_HOME, 'python3', '/usr/local/bin/zygote.py', 'serve', SOCKET],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  for (let tries = 0; !existsSync(path.join(root, SOCKET)); tries++) {
    if (tries === 300) throw new Error('the clients did not start within 30 s');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  return server;
}

/** A bash on a terminal in the cloud's root, with the real clients. */
class RealShell implements PageShell {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor() {
    this.#process = spawn(
      path.join(here, 'cloud.sh'),
      ['exec', ...IN_HOME, 'python3', '-c', readFileSync(path.join(here, 'terminal.py'), 'utf8')],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    if (!this.#process.stdout) throw new Error('no pipe to the cloud');
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  async run(source: string): Promise<{ terminal: string; exitCode: number }> {
    this.#process.stdin?.write(`${JSON.stringify({ source })}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`the shell in the real cloud ended at: ${source}`);
    const { output, exitCode } = JSON.parse(value) as { output: string; exitCode: number }; // terminal.py wrote it
    return { terminal: output, exitCode };
  }

  close(): void {
    this.#process.stdin?.end();
  }
}

function same({ command, actual }: CommandResult): boolean {
  return actual.exitCode === command.exitCode && comparable(actual.output) === comparable(command.expected);
}

function report(target: Target, { file, line, command, actual }: CommandResult): void {
  const lines = (text: string, sign: string) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((each) => `  ${sign} ${each}`)
      .join('\n');
  console.log(`\n${file}:${line}: $ ${command.source}`);
  console.log(lines(comparable(command.expected), '-'));
  console.log(lines(comparable(actual.output), '+'));
  if (actual.exitCode !== command.exitCode)
    console.log(`  exit code: the page says ${command.exitCode}, ${target.name} ${actual.exitCode}`);
}

/**
 * @param only parts of pages' names; all pages if empty.
 * @param embedded on the embedded cloud.
 * @returns how many commands differed.
 */
export async function replay(only: readonly string[], embedded = false): Promise<number> {
  const target = embedded ? embeddedCloud() : realCloud(cloudScript);
  const files = readdirSync(path.join(top, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.mdx?$/.test(name) && !name.startsWith(path.join('reference', 'client')))
    .map((name) => `docs/${name}`)
    .filter((file) => only.length === 0 || only.some((part) => file.includes(part)))
    .sort();
  const thisRun = {
    date: new Date().toISOString().slice(0, 10),
    release: '2025.1',
    server: [version('keystone'), version('glance-api')].join(', '),
    clients: [version('python3-openstackclient'), version('python3-glanceclient')].join(', '),
  };
  const before = readVerified();
  const runs = [...before.runs, thisRun];
  const blocks = only.length === 0 ? {} : before.blocks;
  let commands = 0;
  let differences = 0;
  const clients = startClients();
  for (const file of files) {
    const page = parsePage(file, readFileSync(path.join(top, file), 'utf8'));
    if (!page.blocks.some(({ norun }) => norun === undefined)) continue;
    const results = await replayPage(page, target);
    commands += results.flatMap(({ results }) => results).length;
    const wrong = results.flatMap(({ hash, results }) =>
      results.filter((each) => !same(each)).map((result) => ({ hash, result })),
    );
    differences += wrong.length;
    for (const { result } of wrong) report(target, result);
    const refuted = new Set(wrong.map(({ hash }) => hash));
    const agreed = results.map(({ hash }) => hash).filter((hash) => !refuted.has(hash));
    blocks[file] = Object.fromEntries(agreed.map((hash) => [hash, runs.length - 1]));
  }
  clients.kill();
  await target.close();
  if (!embedded) writeVerified({ runs, blocks });
  const where = embedded ? target.name : thisRun.server;
  console.log(
    `\n${files.length} pages, ${commands} commands replayed on ${where}: ${differences} differences`,
  );
  return differences;
}

/** Every block of a page on every way through its tabs, each way on a fresh cloud. */
async function replayPage(page: Page, target: Target): Promise<{ hash: string; results: CommandResult[] }[]> {
  const replayed: { hash: string; results: CommandResult[] }[] = [];
  for (const client of clientPaths(page)) {
    await target.fresh(page.cloud);
    makeHome(target.authUrl);
    const shell = new RealShell();
    for (const block of blocksOn(page, client).filter(({ norun }) => norun === undefined)) {
      replayed.push({ hash: blockHash(block), results: await runBlock(page, block, shell) });
    }
    shell.close();
  }
  return replayed;
}

function version(name: string): string {
  return `${name} ${cloudScript('exec', 'dpkg-query', '-Wf', '${Version}', name)
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')}`;
}
