/** `npm run real-cloud -- up|down|status|shell|replay|schedule|packets|qemu-img|inspect|tempest|photograph`: a real OpenStack 2025.1 on loopback. See README.md beside this file. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { HOSTS } from '../src/cloud/states/compute';
import { WALK_THROUGHS } from '../src/walk-throughs';
import { takeLock } from './lock';
import { photograph } from './photograph';
import { cloudScript, folder, runProgram, showProgram } from './place';
import { isStopping, StepFailed, stop } from './processes';
import { replay, replayOnCloud } from './replay';
import { tempest } from './tempest';
import { SUITE_NAMES, type SuiteName } from './tempest-suites';
import { WAYS, type WayName } from './ways';

const HELP = `Usage: npm run real-cloud -- up | down | status | shell
       npm run real-cloud -- replay [--way WAY …] [--os-cloud NAME] [--check] [part of a page's name …]
       npm run real-cloud -- schedule [COUNT [SEED] | FILE]
       npm run real-cloud -- packets [COUNT [SEED [REAL]] | FILE]
       npm run real-cloud -- inspect [COUNT [SEED]]
       npm run real-cloud -- qemu-img [COUNT [SEED]]
       npm run real-cloud -- tempest [--embedded] [SUITE …]
       npm run real-cloud -- photograph [WALK-THROUGH …]

  up       a real OpenStack 2025.1 on loopback, with the real clients
  down     ends all of it; the packages stay for the next time
  replay   the console blocks of the pages, with each client on each cloud
  inspect  disk images of every format, COUNT times damaged, to our inspector and to qemu-img, oslo.utils, glance and nova
  schedule random requests (20,000 unless COUNT says) to our scheduler and to nova's own classes; no service runs
  packets  random packets (10,000 unless COUNT says) through our security groups and the rules that neutron's driver writes; REAL (200) of them as real packets
  qemu-img our qemu-img and the real one on files of every format, whole and damaged; no service runs
  tempest  OpenStack's own test suite against the real cloud and against ours; of ${SUITE_NAMES.join(', ')} those named, or all
  photograph  the pictures of the dashboard, by clicking through it; of ${WALK_THROUGHS.map(({ name }) => name).join(', ')} those named, or all
  --way    only this: ${WAYS.join(', ')} (client, then cloud)
  --os-cloud NAME  on a cloud of your clouds.yaml, whose user may make users; all that is made there is named and deleted
  --check  leave verified.json as it is
  --embedded  run them against the embedded cloud only
`;

class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Brings the cloud up, or leaves nothing of it running. */
async function up(lock: number): Promise<void> {
  try {
    await bringUp(lock);
  } catch (error) {
    if (!isStopping()) await cloudScript(['down']);
    throw error;
  }
}

async function bringUp(lock: number): Promise<void> {
  // the same hosts as the embedded cloud's
  writeFileSync(path.join(folder, 'hosts.json'), JSON.stringify(HOSTS));
  const printed = await cloudScript(['up'], { lock });
  if (!printed.includes('unseeded')) return;
  await runProgram('seed.ts', 'catalog');
  await cloudScript(['rest'], { lock });
  await runProgram('seed.ts', 'resources');
  await cloudScript(['save']);
}

const status = async () => console.log((await cloudScript(['status'])).trimEnd());

/** Works on the cloud with nobody else doing so, and takes it down if it is interrupted. */
async function alone(what: string, work: (lock: number) => Promise<void>): Promise<void> {
  await cloudScript(['needs']);
  const lock = await takeLock(folder, what);
  try {
    await work(lock);
  } catch (error) {
    if (!isStopping()) throw error;
    console.error('\nreal-cloud: interrupted; taking the cloud down');
    await stop();
    await cloudScript(['down'], { cleanUp: true });
    throw error;
  }
}

/** The packages, for what runs no service: nobody waits if they are there, and nobody is disturbed. */
async function packages(what: string, ...more: string[]): Promise<void> {
  if ((await cloudScript(['installed'])).trim() !== 'yes')
    await alone(what, async (lock) => void (await cloudScript(['install'], { lock })));
  if (more.length > 0) await cloudScript(['add', ...more]);
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [command, ...only] = values.help ? ['help'] : positionals;
  switch (command) {
    case 'up':
      await alone('up', up);
      await status();
      return 0;
    case 'status':
      await status();
      return 0;
    case 'down':
      await alone('down', async () => void (await cloudScript(['down'])));
      await status();
      return 0;
    case 'shell':
      await alone('up', up);
      execFileSync(
        path.join(import.meta.dirname, 'cloud.sh'),
        ['exec', 'env', 'OS_CLOUD=demo', 'HOME=/home/learner', '-C', '/home/learner', 'bash'],
        { stdio: 'inherit' },
      );
      return 0;
    case 'replay': {
      const ways = WAYS.filter((way) => values.way.length === 0 || values.way.includes(way));
      let differences = 0;
      const name = values['os-cloud'];
      if (name !== undefined) return (await replayOnCloud(name, only, ways)) === 0 ? 0 : 1;
      await alone('replay', async (lock) => {
        await up(lock);
        differences = await replay({ only, ways, renew: !values.check });
      });
      return differences === 0 ? 0 : 1;
    }
    case 'inspect':
      await packages('inspect');
      await showProgram('compare-disk-images.ts', ...only);
      return 0;
    case 'schedule':
      await packages('schedule');
      await showProgram('compare-exports.ts');
      await showProgram('compare-scheduler.ts', ...only);
      return 0;
    case 'packets':
      await packages('packets', 'iptables', 'ipset', 'netbase');
      await showProgram('compare-packets.ts', ...only);
      return 0;
    case 'qemu-img':
      await packages('qemu-img');
      await showProgram('compare-qemu-img.ts', ...only);
      return 0;
    case 'tempest': {
      const suites = SUITE_NAMES.filter((name) => only.length === 0 || only.includes(name));
      const unknown = only.find((name) => !SUITE_NAMES.includes(name as SuiteName)); // asks whether it is one
      if (unknown !== undefined)
        throw new UsageError(`tempest ${unknown}: choose from ${SUITE_NAMES.join(', ')}`);
      let missing = 0;
      await alone('tempest', async (lock) => {
        await up(lock);
        missing = await tempest({ embeddedOnly: values.embedded, suites });
      });
      return missing === 0 ? 0 : 1;
    }
    case 'photograph': {
      const unknown = only.find((name) => !WALK_THROUGHS.some((each) => each.name === name));
      if (unknown !== undefined)
        throw new UsageError(
          `photograph ${unknown}: choose from ${WALK_THROUGHS.map(({ name }) => name).join(', ')}`,
        );
      let failed = 0;
      await alone('photograph', async (lock) => {
        await up(lock);
        failed = await photograph(only);
      });
      return failed === 0 ? 0 : 1;
    }
    case 'help':
      console.log(HELP.trimEnd());
      return 0;
    default:
      throw new UsageError(command === undefined ? 'say what to do' : `"${command}" is not known`);
  }
}

function readArguments(args: readonly string[]) {
  try {
    const read = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        way: { type: 'string', multiple: true, default: [] },
        'os-cloud': { type: 'string' },
        check: { type: 'boolean', default: false },
        embedded: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const unknown = read.values.way.find((way) => !WAYS.includes(way as WayName)); // asks whether it is one
    if (unknown !== undefined) throw new UsageError(`--way ${unknown}: choose from ${WAYS.join(', ')}`);
    return read;
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(error instanceof Error ? error.message : String(error));
  }
}

let interrupted = false;
const interrupt = () => {
  interrupted = true;
  void stop();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
// npm passes a signal on to a shell, which dies of it and says nothing: without a parent there is no Ctrl-C either
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined)
  setInterval(() => process.ppid !== parent && interrupt(), 250).unref();

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  await stop();
  if (error instanceof UsageError) console.error(`real-cloud: ${error.message}\n${HELP}`);
  else if (!(error instanceof StepFailed || interrupted)) console.error(error);
  process.exitCode = interrupted
    ? 130
    : error instanceof UsageError
      ? 2
      : error instanceof StepFailed
        ? error.exitCode
        : 1;
}
