import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { PageShell } from '../src/transcript';
import { end } from './processes';

/** How long a command may take, in seconds. */
const MAX_SECONDS = 180;

/** A shell in another process that takes and gives a JSON object a line: `terminal.py`, `our-terminal.ts`. */
export class Terminal implements PageShell {
  readonly #answers: AsyncIterator<string>;

  constructor(private readonly process: ChildProcess) {
    if (!process.stdout) throw new Error('no pipe from the terminal');
    this.#answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
    // a shell that is gone shows in the answer that does not come
    process.stdin?.on('error', () => undefined);
  }

  async run(source: string): Promise<{ terminal: string; exitCode: number }> {
    const { output, exitCode } = (await this.ask({ source })) as { output: string; exitCode: number }; // as both write it
    return { terminal: output, exitCode };
  }

  /** Sends a message and waits for the answer. */
  async ask(message: object): Promise<unknown> {
    const text = JSON.stringify(message);
    this.process.stdin?.write(`${text}\n`);
    let late: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      late = setTimeout(
        () => reject(new Error(`no answer within ${MAX_SECONDS} s to: ${text}`)),
        MAX_SECONDS * 1000,
      );
    });
    const { value, done } = await Promise.race([this.#answers.next(), timeout]).finally(() =>
      clearTimeout(late),
    );
    if (done) throw new Error(`the terminal ended at: ${text}`);
    return JSON.parse(value);
  }

  close(): Promise<void> {
    return end(this.process);
  }
}
