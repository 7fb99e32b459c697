/** `npm run real-cloud -- up|down|status|shell|replay [page…]`: a real OpenStack 2025.1 on loopback. See README.md beside this file. */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { replay } from './replay';

const script = path.join(import.meta.dirname, 'cloud.sh');
const seed = path.join(import.meta.dirname, 'seed.ts');

/** Runs a step of `cloud.sh` or of the seed; ends this program with the same exit code if it fails. */
function step(command: string, ...args: string[]): string {
  const { status, stdout, error } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

const inNetwork = (...command: string[]) => step('ip', 'netns', 'exec', 'learn-openstack', ...command);

function up(): void {
  const tsx = ['--import', 'tsx', seed];
  if (!step(script, 'up').includes('unseeded')) return;
  inNetwork(process.execPath, ...tsx, 'identity');
  step(script, 'start-glance');
  inNetwork(process.execPath, ...tsx, 'image');
  step(script, 'save');
}

const [command, ...rest] = process.argv.slice(2);
switch (command) {
  case 'up':
    up();
    console.log(step(script, 'status').trimEnd());
    break;
  case 'down':
  case 'status':
    console.log(step(script, command).trimEnd());
    break;
  case 'shell':
    up();
    execFileSync(
      script,
      ['exec', 'env', 'OS_CLOUD=demo', 'HOME=/home/learner', '-C', '/home/learner', 'bash'],
      { stdio: 'inherit' },
    );
    break;
  case 'replay': {
    up();
    const only = rest.filter((word) => word !== '--embedded');
    process.exitCode = (await replay(only, only.length < rest.length)) === 0 ? 0 : 1;
    break;
  }
  default:
    console.error(
      "usage: npm run real-cloud -- up | down | status | shell | replay [--embedded] [part of a page's name …]",
    );
    process.exitCode = 2;
}
