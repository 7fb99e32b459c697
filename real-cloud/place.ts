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

/** Starts a TypeScript program of this folder in the cloud's network. */
export function startProgram(name: string, ...args: string[]) {
  const program = path.join(import.meta.dirname, name);
  return startInCloud(['net', process.execPath, '--import', 'tsx', program, ...args]);
}

/** Runs one to its end. */
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
