/** Where the real cloud of this machine is, and the script that brings it up. */
import path from 'node:path';
import { run, start, type RunOptions } from './processes';

export const folder = process.env.REAL_CLOUD_DIR ?? '/var/tmp/learn-openstack-real-cloud';
export const root = path.join(folder, 'root');

const script = path.join(import.meta.dirname, 'cloud.sh');

/** Runs a step of `cloud.sh`; resolves to what it printed. */
export function cloudScript(args: readonly string[], options?: RunOptions): Promise<string> {
  return run(script, args, options);
}

/** Starts a program through `cloud.sh` that is talked to. */
export function startInCloud(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return start(
    'env',
    [...Object.entries(env).map(([key, value]) => `${key}=${value}`), script, ...args],
    ['pipe', 'pipe', 'inherit'],
  );
}

/** Which network a program is in: that of the real cloud, or this machine's. */
export type Network = 'cloud' | 'machine';

/** Starts a TypeScript program of this folder. */
export function startProgram(network: Network, name: string, ...args: string[]) {
  const command = [process.execPath, '--import', 'tsx', path.join(import.meta.dirname, name), ...args];
  return network === 'cloud'
    ? startInCloud(['net', ...command])
    : start('env', command, ['pipe', 'pipe', 'inherit']);
}

/** Runs one to its end on this machine, and shows what it prints. */
export async function showProgram(name: string, ...args: string[]): Promise<void> {
  const command = ['--import', 'tsx', path.join(import.meta.dirname, name), ...args];
  await run(process.execPath, command, { shown: true });
}

/** Runs one to its end in the cloud's network. */
export function runProgram(name: string, ...args: string[]): Promise<string> {
  return cloudScript([
    'net',
    process.execPath,
    '--import',
    'tsx',
    path.join(import.meta.dirname, name),
    ...args,
  ]);
}
