/** The clouds that a replay can run on: the real one, and the embedded one behind `npm run cloud`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Target {
  /** As it stands in messages. */
  name: string;
  authUrl: string;
  /** A new cloud, as the start state of this name has it. */
  fresh(cloud: string): Promise<void>;
  close(): Promise<void>;
}

/** Keystone and Glance, which have but one start state: `course`. */
export function realCloud(cloudScript: (...args: string[]) => string): Target {
  return {
    name: 'the real cloud',
    authUrl: 'http://127.0.0.1:5000/v3',
    fresh: async () => void cloudScript('fresh'),
    close: async () => undefined,
  };
}

/** The embedded cloud, in the network of the real one so that the same clients reach it. */
export function embeddedCloud(port = 9911): Target {
  const door = path.join(import.meta.dirname, '../src/door/main.ts');
  let server: ChildProcess | undefined;
  const close = async () => {
    if (!server || server.exitCode !== null) return;
    server.kill();
    await once(server, 'exit');
  };
  return {
    name: 'the embedded cloud',
    authUrl: `http://127.0.0.1:${port}/identity`,
    async fresh(cloud) {
      await close();
      const command = [process.execPath, '--import', 'tsx', door, '--port', String(port), '--cloud', cloud];
      const child = spawn('ip', ['netns', 'exec', 'learn-openstack', ...command], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      server = child;
      for await (const line of createInterface({ input: child.stdout }))
        if (line.startsWith('clouds:')) return;
      throw new Error('the embedded cloud did not start');
    },
    close,
  };
}
