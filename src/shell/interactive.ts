import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { decodeError } from './decoded-errors';
import { HOME } from './home';
import type { Shell } from './shell';

export interface Interaction {
  greeting: string;
  /** `NO_COLOR` and `TERM` decide about colours. */
  env: Readonly<Record<string, string | undefined>>;
  /** Ends the session as `exit` does. */
  stop?: AbortSignal;
}

/** A session on a terminal: prompt, history, completion, Ctrl-C. Resolves to the exit code when it ends. */
export async function interact(shell: Shell, { greeting, env, stop }: Interaction): Promise<number> {
  const readline = createInterface({
    input: process.stdin,
    output: process.stdout,
    historySize: 1000,
    removeHistoryDuplicates: true,
    completer: (line: string, done: (error: null, result: [string[], string]) => void) => {
      shell.complete(line, line.length).then(
        ({ start, candidates }) => done(null, [candidates, line.slice(start)]),
        () => done(null, [[], line]),
      );
    },
  });
  process.stdout.write(`${greeting}\nType exit to leave.\n`);
  return new Promise((resolve) => {
    const session = new Session(shell, readline, painter(env));
    readline.on('line', (line) => void session.line(line));
    readline.on('SIGINT', () => session.interrupt());
    readline.on('close', () => resolve(session.exitCode));
    stop?.addEventListener('abort', () => readline.close(), { once: true });
    session.prompt();
  });
}

const STYLES = { green: 32, blue: 34, red: 31, dim: 2 };

type Painter = (stream: { isTTY?: boolean }, style: keyof typeof STYLES, text: string) => string;

/** Colours text for a terminal, unless `NO_COLOR` is set (no-color.org) or the terminal has none. */
export function painter({ NO_COLOR, TERM }: Interaction['env']): Painter {
  const plain = (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
  return (stream, style, text) =>
    plain || stream.isTTY !== true
      ? text
      : // a colour that ends before the line does is not carried into what comes next
        text.replace(/[^\n]+/g, `\x1b[${STYLES[style]}m$&\x1b[0m`);
}

class Session {
  exitCode = 0;
  #pending: string | undefined;
  #running: AbortController | undefined;
  readonly #typedAhead: string[] = [];

  constructor(
    private readonly shell: Shell,
    private readonly readline: Interface,
    private readonly paint: Painter,
  ) {}

  prompt(): void {
    const folder = this.shell.cwd === HOME ? '~' : this.shell.cwd.replace(new RegExp(`^${HOME}/`), '~/');
    this.readline.setPrompt(
      this.#pending === undefined
        ? `${this.paint(process.stdout, 'green', 'learner@sandbox')}:${this.paint(process.stdout, 'blue', folder)}$ `
        : '> ',
    );
    this.readline.prompt();
  }

  async line(text: string): Promise<void> {
    if (this.#running) {
      this.#typedAhead.push(text);
      return;
    }
    const command = this.#pending === undefined ? text : `${this.#pending}\n${text}`;
    this.#pending = this.shell.isIncomplete(command) ? command : undefined;
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
    const { exitCode, terminal } = await this.shell.run(command, {
      signal: this.#running.signal,
      onOutput: (text, stream) =>
        process[stream].write(stream === 'stderr' ? this.paint(process.stderr, 'red', text) : text),
    });
    this.exitCode = exitCode;
    this.#running = undefined;
    if (terminal !== '' && !terminal.endsWith('\n')) process.stdout.write('\n');
    const error = decodeError(terminal, exitCode);
    // beside the output, for whoever is looking: a file that takes the errors does not get it
    if (error && process.stderr.isTTY)
      process.stderr.write(
        this.paint(
          process.stderr,
          'dim',
          `What this means: docs/reference/errors-decoded.md#${error.anchor}\n`,
        ),
      );
  }
}
