import { InMemoryFs } from 'just-bash';
import type { FileContent, InitialFiles } from 'just-bash';
import { fromBase64, toBase64 } from '../cloud/base64';
import type { OutputChunk } from './output';
import { STDERR_FILE, STDOUT_FILE } from './terminal-routes';

/** As they are written below the user's home folder: everything else of the tree is the system's. */
export interface StoredFile {
  path: string;
  type: 'file' | 'directory' | 'symlink';
  mode: number;
  mtime: string;
  /** Base64 of a file's bytes, or a link's target; absent for a file that is still as it was given. */
  content?: string;
}

type WriteOptions = Parameters<InMemoryFs['writeFile']>[2];

/**
 * The sandbox's files, in memory. Times come from the sandbox's clock, `/dev/null` swallows,
 * and what is written to the terminal's two files is handed on.
 */
export class SandboxFileSystem extends InMemoryFs {
  onOutput: ((chunk: OutputChunk) => void) | undefined;
  /** Paths of the text files that were read since somebody last emptied this list. */
  readonly textRead = new Set<string>();
  readonly #now: () => Date;
  readonly #unchanged = new Set<string>();
  /** What {@link store} made of a file's bytes, until they change: it is asked after every command. */
  readonly #stored = new Map<string, string>();
  #changes = 0;

  constructor(files: InitialFiles, now: () => Date) {
    super(files);
    this.#now = now;
    for (const path of Object.keys(files)) this.#unchanged.add(path);
  }

  override async readFile(path: string, options?: Parameters<InMemoryFs['readFile']>[1]): Promise<string> {
    this.textRead.add(path);
    return super.readFile(path, options);
  }

  override async writeFile(path: string, content: FileContent, options?: WriteOptions): Promise<void> {
    if (this.#isDevice(path, content, options)) return;
    await this.#needParent(path);
    const mode = await this.#modeOf(path);
    await super.writeFile(path, content, options);
    if (mode !== undefined) await super.chmod(path, mode);
    await this.#touched(path);
  }

  override async appendFile(path: string, content: FileContent, options?: WriteOptions): Promise<void> {
    if (this.#isDevice(path, content, options)) return;
    await this.#needParent(path);
    await super.appendFile(path, content, options);
    await this.#touched(path);
  }

  override async mkdir(path: string, options?: Parameters<InMemoryFs['mkdir']>[1]): Promise<void> {
    await super.mkdir(path, options);
    await this.#touched(path);
  }

  override async cp(from: string, to: string, options?: Parameters<InMemoryFs['cp']>[2]): Promise<void> {
    await this.#needParent(to);
    await super.cp(from, to, options);
    await this.#touched(to);
  }

  override async mv(from: string, to: string): Promise<void> {
    await this.#needParent(to);
    await super.mv(from, to);
    for (const path of [from, to]) this.#forget(path);
  }

  override async rm(path: string, options?: Parameters<InMemoryFs['rm']>[1]): Promise<void> {
    await super.rm(path, options);
    this.#forget(path);
  }

  /** Gives every file and folder the sandbox's time: just-bash stamps what it makes itself with the machine's. */
  async setAllTimes(): Promise<void> {
    const now = this.#now();
    for (const path of this.getAllPaths()) await super.utimes(path, now, now);
  }

  /** Everything under `top` as JSON. Files that nobody changed are named without their content. */
  async store(top: string): Promise<StoredFile[]> {
    const paths = this.getAllPaths().filter((path) => path === top || path.startsWith(`${top}/`));
    return Promise.all(
      paths.sort().map(async (path): Promise<StoredFile> => {
        const { mode, mtime, isDirectory, isSymbolicLink } = await this.lstat(path);
        const common = { path, mode, mtime: mtime.toISOString() };
        if (isSymbolicLink) return { ...common, type: 'symlink', content: await this.readlink(path) };
        if (isDirectory) return { ...common, type: 'directory' };
        if (this.#unchanged.has(path)) return { ...common, type: 'file' };
        return { ...common, type: 'file', content: await this.#base64Of(path) };
      }),
    );
  }

  async #base64Of(path: string): Promise<string> {
    const known = this.#stored.get(path);
    if (known !== undefined) return known;
    const changes = this.#changes;
    const text = toBase64(await this.readFileBuffer(path));
    // a command may have written the file meanwhile
    if (changes === this.#changes) this.#stored.set(path, text);
    return text;
  }

  /** Makes everything under `top` what {@link store} returned. */
  async restore(top: string, files: readonly StoredFile[]): Promise<void> {
    const kept = new Set(files.map(({ path }) => path));
    for (const path of this.getAllPaths().sort().reverse()) {
      if (path.startsWith(`${top}/`) && !kept.has(path))
        await this.rm(path, { recursive: true, force: true });
    }
    for (const { path, type, content, mode, mtime } of [...files].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    )) {
      if (type === 'directory') await super.mkdir(path, { recursive: true });
      else if (content === undefined) continue;
      else if (type === 'symlink') {
        await this.rm(path, { force: true });
        await this.symlink(content, path);
        continue;
      } else await this.writeFile(path, fromBase64(content));
      await this.chmod(path, mode);
      await this.utimes(path, new Date(mtime), new Date(mtime));
    }
  }

  /** just-bash's own file system makes missing folders on the way. */
  async #needParent(path: string): Promise<void> {
    const parent = path.slice(0, path.lastIndexOf('/')) || '/';
    if (!(await this.exists(parent))) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
    if (!(await this.stat(parent)).isDirectory) throw new Error(`ENOTDIR: not a directory, open '${path}'`);
  }

  async #modeOf(path: string): Promise<number | undefined> {
    return (await this.exists(path)) ? (await this.stat(path)).mode : undefined;
  }

  async #touched(path: string): Promise<void> {
    this.#forget(path);
    const now = this.#now();
    await super.utimes(path, now, now);
  }

  #forget(path: string): void {
    this.#changes++;
    for (const known of [this.#unchanged, this.#stored])
      for (const each of known.keys()) if (each === path || each.startsWith(`${path}/`)) known.delete(each);
  }

  #isDevice(path: string, content: FileContent, options: WriteOptions): boolean {
    if (path === '/dev/null') return true;
    const stream = path === STDOUT_FILE ? 'stdout' : path === STDERR_FILE ? 'stderr' : undefined;
    if (stream === undefined) return false;
    if (content.length > 0) this.onOutput?.({ stream, data: decode(content, options) });
    return true;
  }
}

/** just-bash writes bytes as a string of characters below 256, and names that encoding `binary`. */
function decode(content: FileContent, options: WriteOptions): string | Uint8Array {
  const encoding = typeof options === 'string' ? options : options?.encoding;
  if (typeof content !== 'string' || encoding !== 'binary') return content;
  return Uint8Array.from(content, (character) => character.charCodeAt(0));
}
