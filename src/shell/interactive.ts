import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { decodeError } from './decoded-errors';
import type { Sandbox } from './sandbox';
import { HOME } from './home';

/** A session on a terminal: prompt, history, completion, Ctrl-C. Resolves to the exit code when it ends. */
export async function interact(sandbox: Sandbox): Promise<number> {
  const readline = createInterface({
    input: process.stdin,
    output: process.stdout,
    historySize: 1000,
    removeHistoryDuplicates: true,
    completer: (line: string, done: (error: null, result: [string[], string]) => void) => {
      sandbox.complete(line, line.length).then(
        ({ start, candidates }) => done(null, [candidates, line.slice(start)]),
        () => done(null, [[], line]),
      );
    },
  });
  process.stdout.write('An OpenStack cloud of your own. Try: openstack image list\nType exit to leave.\n');
  return new Promise((resolve) => {
    const session = new Session(sandbox, readline);
    readline.on('line', (line) => void session.line(line));
    readline.on('SIGINT', () => session.interrupt());
    readline.on('close', () => resolve(session.exitCode));
    session.prompt();
  });
}

class Session {
  exitCode = 0;
  #pending: string | undefined;
  #running: AbortController | undefined;
  readonly #typedAhead: string[] = [];

  constructor(
    private readonly sandbox: Sandbox,
    private readonly readline: Interface,
  ) {}

  prompt(): void {
    const folder = this.sandbox.cwd === HOME ? '~' : this.sandbox.cwd.replace(new RegExp(`^${HOME}/`), '~/');
    this.readline.setPrompt(this.#pending === undefined ? `learner@sandbox:${folder}$ ` : '> ');
    this.readline.prompt();
  }

  async line(text: string): Promise<void> {
    if (this.#running) {
      this.#typedAhead.push(text);
      return;
    }
    const command = this.#pending === undefined ? text : `${this.#pending}\n${text}`;
    this.#pending = this.sandbox.isIncomplete(command) ? command : undefined;
    if (this.#pending === undefined) {
      const leave = /^\s*(?:exit|logout)(?:\s+(\d+))?\s*$/.exec(command);
      if (leave) {
        this.exitCode = leave[1] === undefined ? this.exitCode : Number(leave[1]);
        this.readline.close();
        return;
      }
      await this.#run(command);
    }
    const next = this.#typedAhead.shift();
    if (next === undefined) this.prompt();
    else await this.line(next);
  }

  interrupt(): void {
    if (this.#running) {
      this.#running.abort();
      return;
    }
    this.#pending = undefined;
    process.stdout.write('^C\n');
    // forget what stands on the line
    this.readline.write(null, { ctrl: true, name: 'u' });
    this.prompt();
  }

  async #run(command: string): Promise<void> {
    this.#running = new AbortController();
    const { exitCode, terminal } = await this.sandbox.run(command, {
      signal: this.#running.signal,
      onOutput: (text, stream) => process[stream].write(text),
    });
    this.exitCode = exitCode;
    this.#running = undefined;
    if (terminal !== '' && !terminal.endsWith('\n')) process.stdout.write('\n');
    const error = decodeError(terminal);
    // beside the output, for whoever is looking: a file that takes the errors does not get it
    if (error && process.stderr.isTTY)
      process.stderr.write(
        `\x1b[2mWhat this means: docs/reference/errors-decoded.md#${error.anchor}\x1b[0m\n`,
      );
  }
}
