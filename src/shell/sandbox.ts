import { sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { IFileSystem } from 'just-bash';
import { completers, programs } from '../cli';
import type { Program, ProgramCompleter } from '../cli/program';
import { SimulatedClock } from '../cloud/clock';
import { Cloud } from '../cloud/cloud';
import type { CloudState } from '../cloud/cloud';
import { SAMPLE_HOST, sampleDownload } from '../cloud/image/sample-download';
import { startState } from '../cloud/states';
import { BashShell } from './bash-shell';
import type { ShellState } from './bash-shell';
import { SandboxFileSystem } from './file-system';
import type { StoredFile } from './file-system';
import type { BlobSource } from './files';
import { DEFAULT_USER, HOME, homeFiles, loginFiles, sampleFiles } from './home';
import type { HomeFile } from './home';
import type { Completion, RunOptions, RunResult, SandboxState, Shell } from './shell';
import { unreachable } from './unreachable';

/** When every sandbox starts: the morning of Day 3. */
export const START_TIME = '2026-11-22T09:00:00Z';

/** How long a typed line takes on the simulated clock, in milliseconds. */
const TYPING = 1000;

export interface SandboxOptions {
  /** A start state's name, or a state from {@link Cloud.snapshot}. Default: `course`. */
  cloud?: string | CloudState;
  /** Image data that are not in the state. */
  blobs?: ReadonlyMap<string, Blob>;
  /** Files beside those that the home folder has; absolute paths. */
  files?: Readonly<Record<string, HomeFile>>;
  /** A folder of small real files below the home folder: see {@link sampleFiles}. */
  samples?: string;
  /** Folders from elsewhere, by mount point. */
  mounts?: Readonly<Record<string, IFileSystem>>;
  /** Gives a mounted file's bytes without reading them into memory. */
  blobOf?: BlobSource;
  /** Exported variables; `OS_CLOUD` is `demo` unless given. */
  env?: Readonly<Record<string, string>>;
  /** Starts at {@link START_TIME} unless given. */
  clock?: SimulatedClock;
  /** Width of the terminal in characters; 80 unless given. */
  columns?: () => number;
  /** How long a line may run; ten minutes unless given. */
  maxSeconds?: number;
  /** What can be run beside bash's own commands; `openstack` and `glance` unless given. */
  programs?: Readonly<Record<string, Program>>;
  completers?: Readonly<Record<string, ProgramCompleter>>;
}

export interface SandboxRunOptions extends RunOptions {
  /** The command's place on a page, in seconds after the start: see `commandTime`. */
  at?: number;
}

interface StoredShell extends ShellState {
  start: string;
  files: StoredFile[];
}

/** A stored sandbox that cannot be used. */
export class SandboxStateError extends Error {
  override readonly name = 'SandboxStateError';
}

/** A machine to type on and the cloud behind it: the embedded cloud, a simulated clock and a shell. */
export class Sandbox implements Shell {
  readonly #start: Date;
  readonly #files: SandboxFileSystem;
  readonly #options: SandboxOptions;
  readonly #listeners = new Set<() => void>();

  /** @internal Use {@link createSandbox}. */
  constructor(
    readonly cloud: Cloud,
    readonly clock: SimulatedClock,
    private readonly shell: BashShell,
    parts: { start: Date; files: SandboxFileSystem; options: SandboxOptions },
  ) {
    this.#start = parts.start;
    this.#files = parts.files;
    this.#options = parts.options;
    cloud.subscribe(() => this.#changed());
  }

  get cwd(): string {
    return this.shell.cwd;
  }

  get history(): readonly string[] {
    return this.shell.history;
  }

  async run(line: string, { at, ...options }: SandboxRunOptions = {}): Promise<RunResult> {
    if (at === undefined) this.clock.advance(TYPING);
    else this.advanceTo(at);
    const result = await this.shell.run(line, options);
    this.#changed();
    return result;
  }

  isIncomplete(line: string): boolean {
    return this.shell.isIncomplete(line);
  }

  complete(line: string, cursor: number): Promise<Completion> {
    return this.shell.complete(line, cursor);
  }

  /** Moves the clock to this many seconds after the start, if it is not past it. */
  advanceTo(seconds: number): void {
    this.clock.advanceTo(new Date(this.#start.getTime() + seconds * 1000));
  }

  /** Calls `listener` after every line and after every change in the cloud; returns a function that ends this. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Everything as JSON, image data included. Mounted folders are not part of it. */
  async snapshot(): Promise<SandboxState> {
    return this.#state(await this.cloud.snapshot());
  }

  /** The same with the image data beside it, as Blobs by image id. */
  async snapshotWithBlobs(): Promise<{ state: SandboxState; blobs: Map<string, Blob> }> {
    const { state, blobs } = await this.cloud.snapshot({ blobs: 'separate' });
    return { state: await this.#state(state), blobs };
  }

  /** A second sandbox like this one; what happens in one does not show in the other. */
  async fork(): Promise<Sandbox> {
    return restoreSandbox(await this.snapshot(), this.#options);
  }

  async #state(cloud: CloudState): Promise<SandboxState> {
    const shell: StoredShell = {
      ...this.shell.snapshot(),
      start: this.#start.toISOString(),
      files: await this.#files.store(HOME),
    };
    return { version: 1, cloud, clock: this.clock.now().toISOString(), shell };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Makes a sandbox.
 *
 * @throws UnknownStateError when there is no start state of that name, CloudStateError when the state is damaged.
 * @example
 * const sandbox = await createSandbox({ cloud: 'course' });
 * const { terminal } = await sandbox.run('openstack image list -f value -c Name');
 * terminal; // 'cirros\n'
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return make(options, new Date(options.clock?.now() ?? START_TIME));
}

async function make(
  options: SandboxOptions,
  start: Date,
  stored?: { state: SandboxState; shell: StoredShell },
) {
  const clock = stored
    ? new SimulatedClock(stored.state.clock)
    : (options.clock ?? new SimulatedClock(START_TIME));
  const { cloud: from = 'course', blobs } = options;
  const cloud = new Cloud({
    state: typeof from === 'string' ? await startState(from) : from,
    clock,
    ...(blobs && { blobs }),
  });
  const files = new SandboxFileSystem(
    {
      '/tmp/.keep': '',
      ...homeFiles(`${cloud.baseUrl}/identity`),
      ...(await sampleFiles(options.samples)),
      ...options.files,
    },
    () => clock.now(),
  );
  const { mounts, blobOf, columns, maxSeconds } = options;
  const shell = new BashShell({
    fs: files,
    home: HOME,
    env: { USER: 'learner', OS_CLOUD: DEFAULT_USER, ...options.env },
    programs: options.programs ?? programs,
    completers: options.completers ?? completers,
    fetch: networkWith(cloud),
    now: () => clock.now(),
    sleep: async (ms) => clock.advance(ms),
    random: (size) => sha512(utf8ToBytes(`${clock.now().toISOString()} ${size}`)).slice(0, size),
    ...(mounts && { mounts }),
    ...(blobOf && { blobOf }),
    ...(columns && { columns }),
    ...(maxSeconds !== undefined && { maxSeconds }),
  });
  if (mounts?.[HOME]) await addMissing(mounts[HOME], loginFiles(`${cloud.baseUrl}/identity`), clock.now());
  await files.rm('/tmp/.keep');
  await files.setAllTimes();
  if (stored) {
    await files.restore(HOME, stored.shell.files);
    shell.restore(stored.shell);
  }
  return new Sandbox(cloud, clock, shell, { start, files, options });
}

/**
 * Brings back what {@link Sandbox.snapshot} returned. `options` are those of {@link createSandbox} that are not state:
 * programs, samples, mounts, image data as Blobs.
 *
 * @throws {@link SandboxStateError} when the state is damaged or of another version.
 */
export async function restoreSandbox(state: SandboxState, options: SandboxOptions = {}): Promise<Sandbox> {
  try {
    if (state?.version !== 1) throw new Error('another version');
    // checked by use: whatever does not fit ends in the catch below
    const shell = state.shell as StoredShell;
    return await make({ ...options, cloud: state.cloud as CloudState }, new Date(shell.start), {
      state,
      shell,
    });
  } catch (error) {
    throw new SandboxStateError('The stored sandbox is damaged or of another version.', { cause: error });
  }
}

/** A network in which there is nothing but the cloud and the web server with sample images: other addresses fail as `fetch` fails in Node. */
function networkWith(cloud: Cloud): (request: Request) => Promise<Response> {
  const home = new URL(cloud.baseUrl);
  return async (request) => {
    const { origin, hostname } = new URL(request.url);
    if (origin === home.origin) return cloud.fetch(request);
    if (origin === `http://${SAMPLE_HOST}`)
      return (await sampleDownload(request.url)) ?? new Response('Not Found\n', { status: 404 });
    throw unreachable(hostname, [home.hostname, SAMPLE_HOST]);
  };
}

/** A home folder from elsewhere lacks the files to log in with. */
async function addMissing(
  home: IFileSystem,
  files: Readonly<Record<string, string>>,
  now: Date,
): Promise<void> {
  await home.mkdir('/.config/openstack', { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    if (await home.exists(`/${name}`)) continue;
    await home.writeFile(`/${name}`, content);
    await home.chmod(`/${name}`, 0o600);
    await home.utimes(`/${name}`, now, now);
  }
}
