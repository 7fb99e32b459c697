/** The programs that this one starts: each in a group of its own, so that Ctrl-C ends them in order and leaves none behind. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';

/** How long a program may take to end, in milliseconds. */
const GRACE = 10_000;

const running = new Set<ChildProcess>();
let stopping = false;

/** Whether {@link stop} was called: whatever fails from then on fails because of that. */
export const isStopping = () => stopping;

/** Nothing more is to be started. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A program ended with another exit code than 0; it has said why. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  constructor(
    command: string,
    readonly exitCode: number,
  ) {
    super(`${command} ended with exit code ${exitCode}`);
  }
}

/** Starts a program that runs beside this one, until it ends or {@link stop} ends it. */
export function start(command: string, args: readonly string[], stdio: StdioOptions): ChildProcess {
  if (stopping) throw new Interrupted();
  const child = spawn(command, args, { stdio, detached: true });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

export interface RunOptions {
  /** The file descriptor of a lock, which the program then holds as well. */
  lock?: number | undefined;
  env?: Readonly<Record<string, string>>;
  /** It prints for the reader; nothing is returned. */
  shown?: boolean;
  /** Runs although everything is being ended: to clean up. */
  cleanUp?: boolean;
}

/**
 * Runs a program to its end.
 *
 * @returns what it printed.
 * @throws StepFailed, Interrupted
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { lock, env, shown = false, cleanUp = false } = options;
  if (stopping && !cleanUp) throw new Interrupted();
  const child = spawn(command, args, {
    stdio: ['ignore', shown ? 'inherit' : 'pipe', 'inherit', lock ?? 'ignore'],
    detached: true,
    env: { ...process.env, ...env },
  });
  if (!cleanUp) running.add(child);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  try {
    // not `close`: a service that goes on may hold the pipe
    const [code] = (await once(child, 'exit')) as [number | null]; // Node's event
    if (stopping && !cleanUp) throw new Interrupted();
    if (code !== 0) throw new StepFailed(command, code ?? 1);
    // what is still in the pipe
    await new Promise((resolve) => setImmediate(resolve));
    return output;
  } finally {
    running.delete(child);
  }
}

/** Ends a program and those it started, and waits until all of them have. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const deadline = performance.now() + GRACE;
  signal(child, 'SIGTERM');
  while (signal(child, 0) && performance.now() < deadline + GRACE) {
    if (performance.now() > deadline) signal(child, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends everything; nothing can be started any more but to clean up. */
export async function stop(): Promise<void> {
  stopping = true;
  await Promise.all([...running].map(end));
}

/** @returns whether any of the group was there. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-(pid ?? Number.NaN), name);
  } catch {
    return false;
  }
}
