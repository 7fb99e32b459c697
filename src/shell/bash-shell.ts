import { Bash, defineCommand, MountableFs } from 'just-bash';
import type { Command, IFileSystem } from 'just-bash';
import type { Program, ProgramCompleter } from '../cli/program';
import { programCommand, sandboxCommands } from './commands';
import { complete } from './completion';
import { ExchangeRecorder } from './exchange';
import { filesFor } from './files';
import type { BlobSource } from './files';
import type { SandboxFileSystem } from './file-system';
import { chunkText, terminalText } from './output';
import type { OutputChunk } from './output';
import { isIncomplete, parse, ShellSyntaxError } from './parse';
import { epilogue, functionDefinitions, newSession, prologue, SAVE_COMMAND, saveSession } from './session';
import type { SessionState } from './session';
import type { Completion, RunOptions, RunResult, Shell } from './shell';
import { PAUSE_COMMAND, routeInside, routeToTerminal, STATUS_COMMAND } from './terminal-routes';

/** Interrupted by Ctrl-C, as bash reports it: 128 + SIGINT. */
const INTERRUPTED = 130;

/** just-bash's exit code for an execution that was stopped. */
const STOPPED = 124;

/** How long a loop runs before the page gets a turn, in milliseconds. */
const TURN = 15;

const MAX_HISTORY = 1000;

/** A large upload takes a minute; a loop can be ended with Ctrl-C long before. */
const MAX_SECONDS = 600;

const LIMITS = {
  maxLoopIterations: 1_000_000,
  maxCommandCount: 1_000_000,
  // about a gigabyte of image data may pass through one pipe
  maxInputBytes: 4 * 2 ** 30,
  maxOutputSize: 2 ** 30,
  maxStringLength: 2 ** 29,
};

export interface BashShellOptions {
  fs: SandboxFileSystem;
  /** Folders from elsewhere, by mount point. */
  mounts?: Readonly<Record<string, IFileSystem>>;
  blobOf?: BlobSource;
  home: string;
  /** Exported variables beside HOME, PATH and PWD. */
  env?: Readonly<Record<string, string>>;
  programs: Readonly<Record<string, Program>>;
  completers?: Readonly<Record<string, ProgramCompleter>>;
  fetch(request: Request): Promise<Response>;
  now(): Date;
  sleep(ms: number): Promise<void>;
  /** Where keys come from. Default: the platform's random numbers. */
  random?: (size: number) => Uint8Array<ArrayBuffer>;
  /** Width of the terminal in characters. */
  columns?: () => number;
  /** How long a line may run; ten minutes unless given. */
  maxSeconds?: number;
}

/** What {@link BashShell.snapshot} returns beside the files. */
export interface ShellState {
  session: SessionState;
  history: string[];
}

/** bash as just-bash runs it, with the session that just-bash forgets. */
export class BashShell implements Shell {
  readonly #options: BashShellOptions;
  readonly #fs: IFileSystem;
  readonly #commands: Command[];
  #session: SessionState;
  #history: string[] = [];
  #defined: Record<string, string> = {};
  #lastTurn = 0;
  #recorder: ExchangeRecorder | undefined;
  /** Lines run one after the other, however fast they come. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: BashShellOptions) {
    this.#options = options;
    this.#session = newSession(options.home, options.env ?? {});
    this.#commands = this.#makeCommands();
    // the first Bash puts /bin and /dev in place; behind a mount point later ones leave them alone
    new Bash({ fs: options.fs, cwd: options.home, customCommands: this.#commands, defenseInDepth: false });
    const mounts = Object.entries(options.mounts ?? {});
    this.#fs = new MountableFs({
      base: options.fs,
      mounts: mounts.map(([mountPoint, filesystem]) => ({ mountPoint, filesystem })),
    });
  }

  get cwd(): string {
    return this.#session.cwd;
  }

  get home(): string {
    return this.#options.home;
  }

  get history(): readonly string[] {
    return this.#history;
  }

  run(line: string, options: RunOptions = {}): Promise<RunResult> {
    const result = this.#queue.then(() => this.#run(line, options));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  isIncomplete(line: string): boolean {
    return isIncomplete(line);
  }

  complete(line: string, cursor: number): Promise<Completion> {
    const { variables, exported, functions } = this.#session;
    const env = Object.fromEntries(exported.map((name) => [name, variables[name] ?? '']));
    return complete(line.slice(0, cursor), {
      fs: this.#fs,
      cwd: this.cwd,
      variables,
      commands: [...new Set([...this.#commandNames, ...Object.keys(functions)])],
      completers: this.#options.completers ?? {},
      program: {
        env,
        files: filesFor(this.#fs, this.cwd, this.#options.blobOf),
        fetch: this.#options.fetch,
        now: this.#options.now,
      },
    });
  }

  snapshot(): ShellState {
    return structuredClone({ session: this.#session, history: this.#history });
  }

  restore(state: ShellState): void {
    this.#session = structuredClone(state.session);
    this.#history = [...state.history];
  }

  async #run(line: string, { signal, onOutput, exchanges }: RunOptions): Promise<RunResult> {
    this.#remember(line);
    const chunks: OutputChunk[] = [];
    const print = (raw: OutputChunk) => {
      const chunk =
        raw.stream === 'stderr' ? { ...raw, data: readableErrors(chunkText(raw), this.cwd) } : raw;
      chunks.push(chunk);
      onOutput?.(terminalText(chunk), chunk.stream);
    };
    this.#recorder = exchanges ? new ExchangeRecorder() : undefined;
    const exitCode = await this.#execute(line, print, signal);
    const of = (stream: OutputChunk['stream']) =>
      chunks
        .filter((chunk) => chunk.stream === stream)
        .map(chunkText)
        .join('');
    return {
      command: line,
      stdout: of('stdout'),
      stderr: of('stderr'),
      terminal: chunks.map(terminalText).join(''),
      exitCode,
      ...(this.#recorder && { exchanges: this.#recorder.exchanges }),
    };
  }

  async #execute(line: string, print: (chunk: OutputChunk) => void, signal?: AbortSignal): Promise<number> {
    const fail = (message: string, exitCode: number) => {
      print({ stream: 'stderr', data: `${message}\n` });
      this.#session = { ...this.#session, status: exitCode, pipeStatus: [exitCode] };
      return exitCode;
    };
    if (signal?.aborted) return fail('^C', INTERRUPTED);
    this.#options.fs.onOutput = print;
    this.#options.fs.textRead.clear();
    try {
      const script = parse(line);
      if (script.statements.length === 0) return this.#session.status;
      this.#defined = functionDefinitions(script);
      routeToTerminal(script);
      const { maxSeconds = MAX_SECONDS } = this.#options;
      const { cwd, variables, exported } = this.#session;
      const bash = new Bash({
        fs: this.#fs,
        cwd,
        env: Object.fromEntries(exported.map((name) => [name, variables[name] ?? ''])),
        customCommands: this.#commands,
        sleep: this.#options.sleep,
        executionLimits: { ...LIMITS, maxExecutionTimeMs: maxSeconds * 1000 },
        defenseInDepth: false,
        processInfo: { pid: 1000, ppid: 1, uid: 1000, gid: 1000 },
      });
      const statements = [...prologue(this.#session), ...script.statements, ...epilogue()];
      let begun = false;
      bash.registerTransformPlugin({
        name: 'line',
        // asked for the line, then for every command that another one runs: `xargs`, `find -exec`, `bash -c`
        transform: ({ ast }) => {
          if (begun) routeInside(ast);
          else ast = { type: 'Script', statements };
          begun = true;
          return { ast };
        },
      });
      this.#lastTurn = performance.now();
      const before = this.#session;
      const result = await bash.exec(':', {
        cwd,
        env: variables,
        replaceEnv: true,
        ...(signal && { signal }),
      });
      // what no command printed: a failed expansion, `time`
      if (result.stdout !== '') print({ stream: 'stdout', data: result.stdout });
      if (signal?.aborted) return fail('^C', INTERRUPTED);
      // just-bash's own words for it are not for users
      const stderr = result.stderr.replace(/^bash: execution exceeded execution deadline .*\n?/m, '');
      if (stderr !== '') print({ stream: 'stderr', data: stderr });
      if (this.#session !== before) return this.#session.status;
      // the line ended before the session was saved: `exit`, `set -u`, a limit
      this.#session = { ...this.#session, status: result.exitCode, pipeStatus: [result.exitCode] };
      if (result.exitCode === STOPPED)
        return fail(`bash: stopped: the line ran for longer than ${maxSeconds} seconds`, STOPPED);
      return result.exitCode;
    } catch (error) {
      if (error instanceof ShellSyntaxError) return fail(`bash: ${error.message}`, 2);
      if (signal?.aborted) return fail('^C', INTERRUPTED);
      return fail(`bash: ${error instanceof Error ? error.message : String(error)}`, 1);
    } finally {
      this.#options.fs.onOutput = undefined;
    }
  }

  #remember(line: string): void {
    if (line.trim() === '' || line === this.#history.at(-1)) return;
    this.#history = [...this.#history, line].slice(-MAX_HISTORY);
  }

  get #commandNames(): string[] {
    return this.#commands.map(({ name }) => name).filter((name) => !name.startsWith('__'));
  }

  #makeCommands(): Command[] {
    const { programs, fetch, now, sleep, random, blobOf, columns = () => 80 } = this.#options;
    // the file system is made after the commands, and only used once a line runs
    const fileSystem = () => this.#fs;
    const host = {
      get fs() {
        return fileSystem();
      },
      fetch: (request: Request) => this.#recorder?.fetch(request, fetch) ?? fetch(request),
      now,
      sleep,
      random,
      columns,
      ...(blobOf && { blobOf }),
    };
    return [
      ...sandboxCommands(host, () => this.#history, this.#options.env?.['USER'] ?? 'learner'),
      ...Object.entries(programs).map(([name, program]) => programCommand(name, program, host)),
      defineCommand(PAUSE_COMMAND, async () => this.#pause()),
      defineCommand(STATUS_COMMAND, async ([code]) => ({ stdout: '', stderr: '', exitCode: Number(code) })),
      defineCommand(SAVE_COMMAND, async (args, context) => {
        await this.#findSourcedFunctions(args[3] ?? '');
        this.#session = saveSession(
          this.#session,
          { args, cwd: context.cwd, variables: context.env },
          this.#defined,
        );
        return { stdout: '', stderr: '', exitCode: this.#session.status };
      }),
    ];
  }

  /** A function that the line did not contain came from a file that it read: `source functions.sh`. */
  async #findSourcedFunctions(declared: string): Promise<void> {
    const names = declared.split('\n').map((line) => line.replace(/^declare -f /, ''));
    if (names.every((name) => name === '' || name in this.#defined || name in this.#session.functions))
      return;
    for (const path of this.#options.fs.textRead) {
      try {
        this.#defined = {
          ...functionDefinitions(parse(await this.#options.fs.readFile(path))),
          ...this.#defined,
        };
      } catch {
        // not a script, or gone
      }
    }
  }

  async #pause() {
    if (performance.now() - this.#lastTurn > TURN) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.#lastTurn = performance.now();
    }
    return { stdout: '', stderr: '', exitCode: 0 };
  }
}

const ERRNO_TEXTS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  ENOSPC: 'No space left on device',
  EEXIST: 'File exists',
};

/** Some of just-bash's commands show a file error as JavaScript words it; this words it as C does. */
function readableErrors(text: string, cwd: string): string {
  return text.replace(/(E[A-Z]{4,6}): [^'\n]*, \w+ '([^'\n]*)'/g, (whole, code: string, path: string) => {
    const name = path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
    return ERRNO_TEXTS[code] === undefined ? whole : `${name}: ${ERRNO_TEXTS[code]}`;
  });
}
