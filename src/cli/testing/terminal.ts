/** Runs programs in tests, as a shell would, over files in memory. */
import { programs, type ProgramName } from '..';
import { FileError, type Files, type ProgramResult } from '../program';

/** When files in memory were last changed, unless somebody said otherwise. */
const START = new Date('2026-11-22T09:00:00Z');

/** Files in memory; paths are compared as they are written, without a leading `./`. */
export class MemoryFiles implements Files {
  readonly #contents = new Map<string, Blob>();
  readonly #folders = new Set<string>();
  readonly #times = new Map<string, Date>();

  constructor(contents: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(contents)) this.#contents.set(path, new Blob([text]));
  }

  open(path: string): Promise<Blob> {
    const blob = this.#contents.get(plain(path));
    return blob === undefined ? Promise.reject(new FileError('ENOENT', path)) : Promise.resolve(blob);
  }

  async write(path: string, data: string | Uint8Array | Blob | ReadableStream<Uint8Array>): Promise<void> {
    const part =
      data instanceof ReadableStream
        ? await new Response(data).arrayBuffer()
        : data instanceof Uint8Array
          ? new Uint8Array(data)
          : data;
    this.#contents.set(plain(path), new Blob([part]));
  }

  stat(path: string): Promise<{ type: 'file' | 'directory'; size: number; mtime: Date } | undefined> {
    const blob = this.#contents.get(plain(path));
    if (blob !== undefined)
      return Promise.resolve({ type: 'file', size: blob.size, mtime: this.#times.get(plain(path)) ?? START });
    const folder = this.#folders.has(plain(path)) || this.#namesIn(path).length > 0;
    return Promise.resolve(folder ? { type: 'directory', size: 0, mtime: START } : undefined);
  }

  list(path: string): Promise<string[]> {
    return Promise.resolve(this.#namesIn(path));
  }

  makeFolder(path: string): Promise<void> {
    this.#folders.add(plain(path));
    return Promise.resolve();
  }

  setTime(path: string, time: Date): Promise<void> {
    this.#times.set(plain(path), time);
    return Promise.resolve();
  }

  #namesIn(path: string): string[] {
    const prefix = `${plain(path).replace(/\/$/, '')}/`;
    const below = [...this.#contents.keys(), ...this.#folders].filter((each) => each.startsWith(prefix));
    return [...new Set(below.map((each) => each.slice(prefix.length).split('/')[0] ?? ''))].sort();
  }
}

function plain(path: string): string {
  return path.replace(/^\.\//, '');
}

export interface RunOptions {
  env?: Readonly<Record<string, string>>;
  files?: Files;
  stdin?: Blob;
  /** Width of the terminal that standard output goes to; none unless given. */
  terminal?: number;
  fetch?: (request: Request) => Promise<Response>;
  signal?: AbortSignal;
}

/** Who is asking, in variables. */
export function login(user: string, project = user): Record<string, string> {
  return {
    HOME: '/home/learner',
    OS_AUTH_URL: 'https://openstack.example/identity/v3',
    OS_USERNAME: user,
    OS_PASSWORD: 'secret',
    OS_PROJECT_NAME: project,
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
    OS_REGION_NAME: 'RegionOne',
    OS_IDENTITY_API_VERSION: '3',
  };
}

/** Runs one command; text is split at blanks, an array is taken as it is. */
export async function run(
  command: string | readonly string[],
  options: RunOptions = {},
): Promise<ProgramResult> {
  const [name, ...args] = typeof command === 'string' ? command.split(' ') : command;
  const {
    env = login('demo'),
    files = new MemoryFiles(),
    fetch = () => Promise.reject(new Error('no network in this test')),
  } = options;
  return programs[name as ProgramName]({
    args,
    env,
    files,
    stdin: options.stdin,
    stdoutIsTerminal: options.terminal !== undefined,
    columns: options.terminal ?? 80,
    fetch,
    now: () => new Date('2026-11-22T09:00:00Z'),
    sleep: () => Promise.resolve(),
    ...(options.signal && { signal: options.signal }),
  });
}
