import type { ClientName } from '../../transcript/transcript';
import type { Exchange } from '../../shell/exchange';
import { commandTime, visible } from '../../transcript/run-page';
import type { Engine, PageShell, SavedSandbox } from './engine';
import { keyOf, pathTo } from './page';
import type { PageCommand, SessionBlock } from './page';
import type { Entry, PageStorage, Result } from './storage';
import { UnreadablePageError } from './storage';

export interface PageView {
  /** `away`: the engine is not here yet. `loading`: on its way. `busy`: a command runs. */
  status: 'away' | 'loading' | 'ready' | 'busy' | 'failed';
  entries: readonly Entry[];
  results: Readonly<Record<string, Result>>;
  /** The HTTP requests behind the commands of this visit, by entry. They are not stored. */
  requests: Readonly<Record<number, readonly Exchange[]>>;
  /** Something that the reader should know, in a sentence. */
  trouble?: string;
  /** What `failed` means, in a sentence. */
  failure?: string;
}

export interface PageSandboxOptions {
  /** Path of the page in the repository; names what is stored. */
  page: string;
  /** Name of the start state. */
  cloud: string;
  /** Name of a folder of small real files in the home folder. */
  samples?: string | undefined;
  loadEngine: () => Promise<Engine>;
  storage: PageStorage;
}

interface Job {
  entry: number;
  line: string;
  command?: PageCommand;
  epoch: number;
}

const keptEntries = 200;
const keptOutput = 200_000;

/**
 * The sandbox behind one page: a queue of command lines, what they printed, and what is stored of it.
 * Nothing here throws at the page: troubles are part of the view.
 */
export class PageSandbox {
  readonly page: string;
  readonly cloud: string;
  readonly #options: PageSandboxOptions;
  readonly #listeners = new Set<() => void>();
  readonly #blocks = new Map<string, SessionBlock>();
  #view: PageView = { status: 'away', entries: [], results: {}, requests: {} };
  #engine: Engine | undefined;
  #shell: PageShell | undefined;
  #saved: SavedSandbox | undefined;
  #restoring: Promise<void> | undefined;
  #queue: Job[] = [];
  #working = false;
  #running: AbortController | undefined;
  #nextId = 1;
  /** Counts the restarts: what a command of an earlier life still prints is dropped. */
  #epoch = 0;

  constructor(options: PageSandboxOptions) {
    this.page = options.page;
    this.cloud = options.cloud;
    this.#options = options;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  view = (): PageView => this.#view;

  get shell(): PageShell | undefined {
    return this.#shell;
  }

  /** A session of the page tells what it shows, so that {@link runUpTo} knows the page's commands. */
  register(blocks: readonly SessionBlock[]): void {
    for (const block of blocks) this.#blocks.set(`${block.group}/${block.client ?? ''}`, block);
  }

  /** Brings back what was stored. Does so once; later calls wait for the first. */
  restore(): Promise<void> {
    this.#restoring ??= this.#restore();
    return this.#restoring;
  }

  async #restore(): Promise<void> {
    try {
      const saved = await this.#options.storage.load(this.page);
      if (!saved) return;
      this.#saved = saved.sandbox;
      // what the reader typed while the storage was being read has its numbers already: it comes after
      const typed = this.#view.entries;
      const before = saved.entries.map((entry, i) => ({ ...entry, id: i - saved.entries.length }));
      this.#show({ entries: [...before, ...typed], results: saved.results });
    } catch (error) {
      this.#show({ trouble: error instanceof UnreadablePageError ? unreadable : noStorage });
    }
  }

  /** Runs commands of the page, one after the other, each at its time. */
  run(commands: readonly PageCommand[]): void {
    this.#enqueue(commands.map((command) => ({ line: command.source, command })));
  }

  /** Runs lines that the reader typed. */
  type(lines: readonly string[]): void {
    this.#enqueue(lines.map((line) => ({ line })));
  }

  /** Starts again and runs the page from its top down to `last`. */
  async runUpTo(last: PageCommand, client: ClientName): Promise<void> {
    await this.startAgain();
    this.run(pathTo(last, [...this.#blocks.values()], client));
  }

  /** Ctrl-C: stops what runs and forgets what waits. */
  interrupt(): void {
    this.#queue = [];
    this.#running?.abort();
    this.#show({ entries: this.#view.entries.filter(({ status }) => status !== 'waiting') });
  }

  /** Back to how the page starts: a fresh cloud, a fresh home folder, an empty terminal. */
  async startAgain(): Promise<void> {
    this.interrupt();
    this.#epoch++;
    this.#shell = undefined;
    this.#saved = undefined;
    this.#restoring = Promise.resolve();
    this.#replace({ status: 'away', entries: [], results: {}, requests: {} });
    try {
      await this.#options.storage.remove(this.page);
    } catch {
      this.#show({ trouble: noStorage });
    }
  }

  /** Fetches the sandbox after a failure, and goes on with what waits. */
  retry(): void {
    void this.#work();
  }

  dismissTrouble(): void {
    const { trouble: _, ...rest } = this.#view;
    this.#replace(rest);
  }

  #enqueue(jobs: Omit<Job, 'entry' | 'epoch'>[]): void {
    const entries = jobs.map(({ line }): Entry => ({ id: this.#nextId++, source: line, status: 'waiting' }));
    this.#queue.push(...jobs.map((job, i) => ({ ...job, entry: entries[i]!.id, epoch: this.#epoch })));
    this.#show({ entries: [...this.#view.entries, ...entries].slice(-keptEntries) });
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#queue.length > 0) {
        const shell = await this.#ready();
        const job = this.#queue.shift();
        if (job && job.epoch === this.#epoch) await this.#runJob(shell, job);
        if (this.#queue.length === 0) await this.#save();
      }
      if (this.#view.status === 'busy') this.#show({ status: 'ready' });
    } catch (error) {
      const failure = this.#engine
        ? `The sandbox could not be started: ${String(error)}`
        : 'The sandbox could not be fetched. Is the network there?';
      this.#show({ status: 'failed', failure });
    } finally {
      this.#working = false;
    }
  }

  async #ready(): Promise<PageShell> {
    await this.restore();
    if (this.#shell) return this.#shell;
    this.#show({ status: 'loading' });
    this.#engine ??= await this.#options.loadEngine();
    this.#shell = await this.#create(this.#engine);
    this.#show({ status: 'ready' });
    return this.#shell;
  }

  async #create(engine: Engine): Promise<PageShell> {
    const { samples } = this.#options;
    if (!this.#saved) return engine.create(this.cloud, samples);
    try {
      return await engine.restore(this.#saved, samples);
    } catch {
      this.#saved = undefined;
      this.#show({ trouble: unreadable, results: {} });
      return engine.create(this.cloud, samples);
    }
  }

  async #runJob(shell: PageShell, { entry, line, command, epoch }: Job): Promise<void> {
    const abort = new AbortController();
    this.#running = abort;
    this.#update(entry, { status: 'running' });
    this.#show({ status: 'busy' });
    const output = new Trickle((text) => this.#update(entry, { output: text }));
    const result = await shell.run(line, {
      signal: abort.signal,
      onOutput: (text) => output.add(text),
      exchanges: true,
      ...(command && { at: commandTime(command, command.index) }),
    });
    output.end();
    this.#running = undefined;
    if (epoch !== this.#epoch) return;
    const interrupted = abort.signal.aborted;
    this.#show({ requests: { ...this.#view.requests, [entry]: result.exchanges ?? [] } });
    this.#update(entry, {
      status: interrupted ? 'interrupted' : 'done',
      output: result.terminal,
      exitCode: result.exitCode,
    });
    if (command && !interrupted) {
      const matches = isExpected(result.terminal, command.expected) && result.exitCode === command.exitCode;
      const results = { ...this.#view.results, [keyOf(command)]: { source: command.source, matches } };
      this.#show({ results });
    }
  }

  async #save(): Promise<void> {
    const shell = this.#shell;
    const epoch = this.#epoch;
    if (!shell) return;
    try {
      const sandbox = await shell.snapshotWithBlobs();
      if (epoch !== this.#epoch) return;
      const entries = this.#view.entries.map((entry) =>
        entry.output && entry.output.length > keptOutput
          ? { ...entry, output: entry.output.slice(0, keptOutput) + '\n… (the rest was not kept)\n' }
          : entry,
      );
      await this.#options.storage.save(this.page, {
        version: 1,
        sandbox,
        entries,
        results: this.#view.results,
      });
    } catch (error) {
      this.#show({ trouble: isFull(error) ? storageFull : noStorage });
    }
  }

  #update(id: number, change: Partial<Entry>): void {
    this.#show({
      entries: this.#view.entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)),
    });
  }

  #show(change: Partial<PageView>): void {
    this.#replace({ ...this.#view, ...change });
  }

  #replace(view: PageView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}

/** Shows what a running command has printed so far, a few times a second and not at each word. */
class Trickle {
  #text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly show: (text: string) => void) {}

  add(text: string): void {
    this.#text += text;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.show(this.#text);
    }, 150);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

const unreadable =
  'What this browser had stored for the page cannot be read any more, so the page starts from its beginning.';
const noStorage =
  'This browser does not let the page store anything. Everything works, but is gone when you reload.';
const storageFull =
  "This browser's storage for the site is full. Everything still works, but what you do from here on is gone when you reload.";

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/** Whether an output is the one of the page, which the tests have written there in the form of {@link visible}. */
export function isExpected(output: string, expected: string): boolean {
  return visible(output).replace(/\n$/, '') === expected.replace(/\n$/, '');
}
