import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { IFileSystem } from 'just-bash';
import { START_STATES, startState } from '../cloud/states';
import { hostFolder } from './host-files';
import { HOME, USER_NAMES } from './home';
import { interact } from './interactive';
import { createSandbox } from './sandbox';
import type { Sandbox } from './sandbox';

const HELP = `Usage: npm run shell -- [options]

A shell with the openstack and glance clients and an OpenStack cloud of its own.
Reads commands from the terminal, or from standard input when that is not a terminal.

  --cloud NAME   what the cloud has at the start: ${START_STATES.join(', ')} (default: course)
  --files DIR    the files of DIR are the home folder; changes to them stay in the sandbox
  --json         print one JSON object a command: {"command","stdout","stderr","exitCode"}
  --requests     with --json: the HTTP requests behind each command too, as "exchanges"
  --help         print this text

OS_CLOUD=admin, demo, partner or viewer picks who you are (default: demo).
`;

/** What the outer shell gives to `npm run shell`. */
export interface Outside {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { columns?: number };
  stderr: Writable;
  env: Readonly<Record<string, string | undefined>>;
  /** How long a line may run when nobody is there for Ctrl-C; 60 unless given. */
  maxSeconds?: number;
}

/** Runs `npm run shell`; resolves to the exit code. */
export async function runShell(args: readonly string[], outside: Outside): Promise<number> {
  const usageError = (message: string) => {
    outside.stderr.write(`shell: ${message}\nTry: npm run shell -- --help\n`);
    return 2;
  };
  const options = readOptions(args);
  if ('error' in options) return usageError(options.error);
  if (options.help) {
    outside.stdout.write(HELP);
    return 0;
  }
  const interactive = outside.stdin.isTTY === true && !options.json;
  let sandbox: Sandbox;
  try {
    const folder = options.files === undefined ? undefined : await hostFolder(options.files);
    const cloud = await startState(options.cloud);
    await checkUser(outside.env['OS_CLOUD'], folder?.mounts[HOME]);
    sandbox = await createSandbox({
      cloud,
      ...folder,
      env: outerEnvironment(outside.env),
      columns: () => outside.stdout.columns ?? 80,
      ...(!interactive && { maxSeconds: outside.maxSeconds ?? 60 }),
    });
  } catch (error) {
    return usageError(error instanceof Error ? error.message : String(error));
  }
  if (interactive) return interact(sandbox);
  return runInput(sandbox, options, outside);
}

interface Options {
  cloud: string;
  files?: string;
  json: boolean;
  requests: boolean;
  help: boolean;
}

function readOptions(args: readonly string[]): Options | { error: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        cloud: { type: 'string', default: 'course' },
        files: { type: 'string' },
        json: { type: 'boolean', default: false },
        requests: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.requests && !values.json) return { error: '--requests needs --json' };
    return values;
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The variables of the outer shell that choose a user reach the sandbox; nothing else of it does. */
function outerEnvironment({ OS_CLOUD }: Outside['env']): Record<string, string> {
  return OS_CLOUD === undefined || OS_CLOUD === '' ? {} : { OS_CLOUD };
}

/** A home folder from elsewhere can have a clouds.yaml with users of its own. */
async function checkUser(name: string | undefined, home: IFileSystem | undefined): Promise<void> {
  if (name === undefined || name === '' || USER_NAMES.includes(name)) return;
  for (const file of [
    'clouds.yaml',
    'clouds.yml',
    '.config/openstack/clouds.yaml',
    '.config/openstack/clouds.yml',
  ])
    if (await home?.exists(`/${file}`)) return;
  throw new Error(`There is no user "${name}". Choose one of: ${USER_NAMES.join(', ')}.`);
}

/** Runs the commands of standard input; lines that belong together are run as one. */
async function runInput(
  sandbox: Sandbox,
  { json, requests }: Pick<Options, 'json' | 'requests'>,
  { stdin, stdout, stderr }: Outside,
): Promise<number> {
  let exitCode = 0;
  const run = async (command: string) => {
    const print = (text: string, stream: 'stdout' | 'stderr') =>
      (stream === 'stdout' ? stdout : stderr).write(text);
    const result = await sandbox.run(command, json ? { exchanges: requests } : { onOutput: print });
    ({ exitCode } = result);
    if (json) {
      const { terminal: _, ...shown } = result;
      stdout.write(`${JSON.stringify(shown)}\n`);
    }
  };
  for await (const command of commandsOf(createInterface({ input: stdin, crlfDelay: Infinity }), sandbox)) {
    if (command.trim() === '') continue;
    if (/^\s*(exit|logout)\s*$/.test(command)) break;
    await run(command);
  }
  return json ? 0 : exitCode;
}

/**
 * The commands that the lines make. One that the last line leaves unfinished, by a forgotten quote say, would
 * swallow every line after it: its first line is then a command of its own, and so is what follows.
 */
async function* commandsOf(
  lines: AsyncIterable<string>,
  shell: Pick<Sandbox, 'isIncomplete'>,
): AsyncGenerator<string> {
  let open: string[] = [];
  for await (const line of lines) {
    open.push(line);
    const command = open.join('\n');
    if (shell.isIncomplete(command)) continue;
    open = [];
    yield command;
  }
  let first = open.shift();
  while (first !== undefined) {
    yield first;
    // the shortest piece that is whole; if there is none, the next line stands alone as well
    const whole = open.findIndex((_, last) => !shell.isIncomplete(open.slice(0, last + 1).join('\n')));
    first = whole > 0 ? open.splice(0, whole + 1).join('\n') : open.shift();
  }
}
