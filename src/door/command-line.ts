import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { START_STATES, UnknownStateError } from '../cloud/states';
import { loginFiles } from '../shell/home';
import { openDoor, type Door } from './door';
import { PortError } from './http-server';
import { StateFileError } from '../shell/state-file';

const HELP = `Usage: npm run cloud -- [options]

An OpenStack cloud on this machine (127.0.0.1), for the openstack and glance clients, curl or your own program.
Prints the clouds.yaml that leads to it. Ctrl-C ends it.

  --port N       where it listens (default: 9000; 0: any free port)
  --cloud NAME   what it has at the start: ${START_STATES.join(', ')} (default: course)
  --state FILE   keep it in FILE (image data: in the folder FILE.data), and go on from there the next time
  --help         print this text

Users: admin, demo, partner, viewer; everyone's password is secret.
`;

/** What the outer shell gives to `npm run cloud`. */
export interface Outside {
  stdout: Writable;
  stderr: Writable;
  /** Says when to end. */
  stop: AbortSignal;
}

/** Runs `npm run cloud` until `stop`; resolves to the exit code. */
export async function runDoor(args: readonly string[], { stdout, stderr, stop }: Outside): Promise<number> {
  const say = (message: string) => stderr.write(`cloud: ${message}\n`);
  const options = readOptions(args);
  if ('error' in options) {
    say(`${options.error}\nTry: npm run cloud -- --help`);
    return 2;
  }
  if (options.help) {
    stdout.write(HELP);
    return 0;
  }
  let door: Door;
  try {
    door = await openDoor({ ...options, onError: (error) => say(describe(error, true)) });
  } catch (error) {
    say(describe(error));
    if (error instanceof StateFileError) say('Nothing was changed. Move it away, or choose another --state.');
    return error instanceof UnknownStateError ? 2 : 1;
  }
  stdout.write(greeting(door, options.state));
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  try {
    await door.close();
  } catch (error) {
    say(`The state was not saved: ${describe(error)}`);
    return 1;
  }
  return 0;
}

interface Options {
  port: number;
  cloud: string;
  state?: string;
  help: boolean;
}

function readOptions(args: readonly string[]): Options | { error: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '9000' },
        cloud: { type: 'string', default: 'course' },
        state: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
      return { error: `A port is a number from 0 to 65535, not "${values.port}".` };
    if (values.state === '') return { error: '--state needs the name of a file.' };
    return { ...values, port: Number(values.port) };
  } catch (error) {
    return { error: describe(error) };
  }
}

/** All of it is YAML, so that it can go into a file as it is. */
function greeting({ url, restored }: Door, state: string | undefined): string {
  const kept = state === undefined ? [] : [`# ${restored ? 'Restored from' : 'Kept in'} ${state}.`];
  return [
    `# OpenStack at ${url} (Identity: ${url}/identity/v3, Image: ${url}/image/v2). Ctrl-C ends it.`,
    ...kept,
    '# Save this as clouds.yaml where you work, then: openstack --os-cloud demo image list',
    loginFiles(`${url}/identity`)['.config/openstack/clouds.yaml'],
  ].join('\n');
}

/** What a user can do something about is one sentence; anything else is a bug, and its place is wanted. */
function describe(error: unknown, withStack = false): string {
  if (!(error instanceof Error)) return String(error);
  const known = error instanceof PortError || error instanceof StateFileError || 'code' in error;
  return withStack && !known ? (error.stack ?? error.message) : error.message;
}
