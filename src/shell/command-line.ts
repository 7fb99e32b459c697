import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { START_STATES } from '../cloud/states';
import { interact } from './interactive';
import { openShell } from './open-shell';
import type { OpenedShell } from './open-shell';
import type { Shell } from './shell';

const HELP = `Usage: npm run shell -- [options]

A shell with the openstack and glance clients and an OpenStack cloud of its own.
Reads commands from the terminal, or from standard input when that is not a terminal.

  --cloud NAME   what the cloud has at the start: ${START_STATES.join(', ')} (default: course)
  --state FILE   keep the cloud in FILE (image data: in the folder FILE.data), and go on from there the next time
  --real         a real cloud instead: one of your clouds.yaml, by OS_CLOUD, or the one that OS_AUTH_URL and so on name
  --files DIR    the files of DIR are the home folder; changes to them stay in the sandbox
  --samples NAME a folder of small real files beside the others: formats, a disk image of each format
  --json         print one JSON object a command: {"command","stdout","stderr","exitCode"}
  --requests     with --json: the HTTP requests behind each command too, as "exchanges"
  --help         print this text

OS_CLOUD=admin, demo, partner or viewer picks who you are (default: demo).
With --real the shell reaches the hosts that your clouds.yaml and OS_ variables name, those that the catalog there
names, and no others; a certificate authority of your own goes into NODE_EXTRA_CA_CERTS.
`;

/** What the outer shell gives to `npm run shell`. */
export interface Outside {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { columns?: number };
  stderr: Writable;
  env: Readonly<Record<string, string | undefined>>;
  /** How long a line may run when nobody is there for Ctrl-C; 60 unless given. */
  maxSeconds?: number;
  /** Says when to end before the input does. */
  stop?: AbortSignal;
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
  let opened: OpenedShell;
  try {
    opened = await openShell(options, {
      env: outside.env,
      columns: () => outside.stdout.columns ?? 80,
      ...(!interactive && { maxSeconds: outside.maxSeconds ?? 60 }),
    });
  } catch (error) {
    return usageError(error instanceof Error ? error.message : String(error));
  }
  const { shell, greeting, close } = opened;
  const exitCode = await (interactive
    ? interact(shell, { greeting, env: outside.env, ...(outside.stop && { stop: outside.stop }) })
    : runInput(shell, options, outside));
  try {
    await close();
  } catch (error) {
    outside.stderr.write(
      `shell: The state was not saved: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 1;
  }
  return exitCode;
}

interface Options {
  cloud: string;
  files?: string;
  state?: string;
  samples?: string;
  real: boolean;
  json: boolean;
  requests: boolean;
  help: boolean;
}

function readOptions(args: readonly string[]): Options | { error: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        cloud: { type: 'string' },
        files: { type: 'string' },
        state: { type: 'string' },
        samples: { type: 'string' },
        real: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        requests: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.requests && !values.json) return { error: '--requests needs --json' };
    if (values.state === '') return { error: '--state needs the name of a file.' };
    if (values.samples !== undefined && values.files !== undefined)
      return { error: '--samples are for the home folder of the sandbox; with --files it is another.' };
    if (values.real && (values.cloud !== undefined || values.state !== undefined))
      return { error: '--cloud and --state are for the embedded cloud; with --real there is none.' };
    return { ...values, cloud: values.cloud ?? 'course' };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Runs the commands of standard input; lines that belong together are run as one. */
async function runInput(
  shell: Shell,
  { json, requests }: Pick<Options, 'json' | 'requests'>,
  { stdin, stdout, stderr, stop }: Outside,
): Promise<number> {
  let exitCode = 0;
  const run = async (command: string) => {
    const print = (text: string, stream: 'stdout' | 'stderr') =>
      (stream === 'stdout' ? stdout : stderr).write(text);
    const result = await shell.run(command, {
      ...(json ? { exchanges: requests } : { onOutput: print }),
      ...(stop && { signal: stop }),
    });
    ({ exitCode } = result);
    if (json) {
      const { terminal: _, ...shown } = result;
      stdout.write(`${JSON.stringify(shown)}\n`);
    }
  };
  const lines = createInterface({ input: stdin, crlfDelay: Infinity, ...(stop && { signal: stop }) });
  for await (const command of commandsOf(lines, shell)) {
    if (stop?.aborted) break;
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
  shell: Pick<Shell, 'isIncomplete'>,
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
