/** The clouds that a replay runs on: the real one, and the embedded one behind `npm run cloud`'s door. */
import { startState } from '../src/cloud/states';
import { cloudScript, startProgram } from './place';
import type { Login } from '../src/shell/home';
import { Terminal } from './terminal';

export interface Target {
  authUrl: string;
  /** As whom, if not as everywhere. */
  login?: Login;
  /** A new cloud, as the start state of this name has it. */
  fresh(cloud: string): Promise<void>;
  close(): Promise<void>;
}

/** The real services: always with the data of `course`, and with nova's settings as the start state of a page has them. */
export function realCloud(): Target {
  return {
    authUrl: 'http://127.0.0.1:5000/v3',
    fresh: async (cloud) => {
      const { compute } = await startState(cloud);
      const settings = Object.entries(compute?.conf ?? {}).map(([name, value]) => `${name}=${String(value)}`);
      await cloudScript(['fresh', ...settings]);
    },
    close: async () => undefined,
  };
}

/** The embedded cloud, in the network of the real one so that the same clients reach it. */
export function embeddedCloud(port = 9911): Target {
  const door = new Terminal(startProgram('cloud', 'our-cloud.ts', String(port)));
  return {
    authUrl: `http://127.0.0.1:${port}/identity`,
    fresh: async (cloud) => void (await door.ask({ cloud })),
    close: () => door.close(),
  };
}
