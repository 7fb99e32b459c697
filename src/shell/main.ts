import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { START_STATES, startState } from '../cloud/states';
import { hostFolder } from './host-files';
import { interact } from './interactive';
import { createSandbox } from './sandbox';
import type { Sandbox } from './sandbox';

const HELP = `Usage: npm run shell -- [options]

A shell with the openstack and glance clients and an OpenStack cloud of its own.
Reads commands from the terminal, or from standard input when that is not a terminal.

  --cloud NAME   what the cloud has at the start: ${START_STATES.join(', ')} (default: course)
  --files DIR    the files of DIR are the home folder; changes to them stay in the sandbox
  --json         print one JSON object a command: {"command","stdout","stderr","exitCode"}
  --help         print this text

OS_CLOUD=admin, demo, partner or viewer picks who you are (default: demo).
`;

/** Runs `npm run shell`; resolves to the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if ('error' in options) return usageError(options.error);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  let sandbox: Sandbox;
  try {
    const folder = options.files === undefined ? {} : await hostFolder(options.files);
    const cloud = await startState(options.cloud);
    sandbox = await createSandbox({
      cloud,
      ...folder,
      env: outerEnvironment(),
      columns: () => process.stdout.columns ?? 80,
    });
  } catch (error) {
    return usageError(error instanceof Error ? error.message : String(error));
  }
  if (process.stdin.isTTY && !options.json) return interact(sandbox);
  return runInput(sandbox, options.json);
}

interface Options {
  cloud: string;
  files?: string;
  json: boolean;
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
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function usageError(message: string): number {
  process.stderr.write(`shell: ${message}\nTry: npm run shell -- --help\n`);
  return 2;
}

/** The variables of the outer shell that choose a user reach the sandbox; nothing else of it does. */
function outerEnvironment(): Record<string, string> {
  const { OS_CLOUD } = process.env;
  return OS_CLOUD === undefined || OS_CLOUD === '' ? {} : { OS_CLOUD };
}

/** Runs the commands of standard input; lines that belong together are run as one. */
async function runInput(sandbox: Sandbox, json: boolean): Promise<number> {
  let exitCode = 0;
  let pending: string | undefined;
  const run = async (command: string) => {
    const onOutput = json ? {} : { onOutput: writeOutput };
    const result = await sandbox.run(command, onOutput);
    ({ exitCode } = result);
    if (json) {
      const { stdout, stderr } = result;
      process.stdout.write(`${JSON.stringify({ command, stdout, stderr, exitCode })}\n`);
    }
  };
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const command: string = pending === undefined ? line : `${pending}\n${line}`;
    if (sandbox.isIncomplete(command)) {
      pending = command;
      continue;
    }
    pending = undefined;
    if (command.trim() === '') continue;
    if (/^\s*(exit|logout)\s*$/.test(command)) return json ? 0 : exitCode;
    await run(command);
  }
  if (pending !== undefined) await run(pending);
  return json ? 0 : exitCode;
}

function writeOutput(text: string, stream: 'stdout' | 'stderr'): void {
  process[stream].write(text);
}

process.exitCode = await main(process.argv.slice(2));
