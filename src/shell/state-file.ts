import { openAsBlob } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CloudState, ImageBytes, StreamedSnapshot } from '../cloud/cloud';

/** A file that cannot be read as the state of a cloud. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}

/** A file that cannot be used now or at this place. */
export class StatePlaceError extends Error {
  override readonly name = 'StatePlaceError';
}

/** What the file holds: the cloud's records, and which file holds the data of which image. */
interface Stored {
  version: 1;
  cloud: CloudState;
  data: Record<string, StoredData>;
}

interface StoredData {
  /** Name of a file in the folder of data. */
  file: string;
  size: number;
}

/**
 * A cloud on disk: `FILE` holds the records as JSON, and the folder `FILE.data` the data of each image in a file
 * of its own, so that a change of a record does not write gigabytes again. Whenever the process dies, `FILE` is the
 * whole of an earlier or of the present state, and every file it names is whole: everything is written under another
 * name, synced and renamed, and what `FILE` names is never written over.
 */
export class StateFile {
  readonly #folder: string;
  /** What `FILE` names now, with the object from which it was written. */
  #written = new Map<string, StoredData & { bytes?: ImageBytes }>();

  constructor(readonly file: string) {
    this.#folder = `${file}.data`;
  }

  /**
   * Reads the state, and opens the images' data without reading them. From then on until {@link release} the file is
   * this process's: two that write the same file would lose what one of them wrote.
   *
   * @returns undefined if there is no such file.
   * @throws {@link StateFileError} if it is damaged or something else.
   * @throws {@link StatePlaceError} if another process has it, or nothing can be written there.
   */
  async read(): Promise<{ state: CloudState; blobs: Map<string, Blob> } | undefined> {
    await this.#lock();
    try {
      return await this.#read();
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  /** Lets other processes have the file. */
  async release(): Promise<void> {
    await rm(`${this.file}.lock`, { force: true });
  }

  /** A file beside it names the process. One that was killed leaves its name, and is not asked any more. */
  async #lock(): Promise<void> {
    const name = `${this.file}.lock`;
    for (;;) {
      try {
        return await writeFile(name, `${process.pid}\n`, { flag: 'wx' });
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw noPlace(this.file, error);
      }
      const holder = Number(await readFile(name, 'utf8').catch(() => ''));
      if (isRunning(holder))
        throw new StatePlaceError(
          `${this.file} is in use by process ${holder}. End that one first, or choose another --state.`,
        );
      await rm(name, { force: true });
    }
  }

  async #read(): Promise<{ state: CloudState; blobs: Map<string, Blob> } | undefined> {
    let text: string;
    try {
      text = await readFile(this.file, 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      if (hasCode(error, 'EISDIR'))
        throw new StatePlaceError(`${this.file} is a folder. --state needs a file.`);
      throw error;
    }
    const stored = parse(text, this.file);
    const blobs = new Map<string, Blob>();
    for (const [id, data] of Object.entries(stored.data)) {
      blobs.set(id, await this.#openData(id, data));
      this.#written.set(id, data);
    }
    return { state: stored.cloud, blobs };
  }

  /** Says that the data of this snapshot are those just read, so that they are not written again. */
  adopt({ data }: StreamedSnapshot): void {
    for (const [id, bytes] of data) {
      const written = this.#written.get(id);
      if (written) this.#written.set(id, { ...written, bytes });
    }
  }

  /** Writes a snapshot. One at a time, please. */
  async write({ state, data }: StreamedSnapshot): Promise<void> {
    const written = new Map<string, StoredData & { bytes?: ImageBytes }>();
    for (const [id, bytes] of data) {
      const before = this.#written.get(id);
      if (before?.bytes === bytes) written.set(id, before);
      else written.set(id, { file: await this.#writeData(id, bytes), size: bytes.size, bytes });
    }
    if (data.size > 0) await syncFolder(this.#folder);
    const names = [...written].map(([id, { file, size }]) => [id, { file, size }] as const);
    const stored: Stored = { version: 1, cloud: state, data: Object.fromEntries(names) };
    await replaceFile(this.file, [Buffer.from(`${JSON.stringify(stored)}\n`)]);
    this.#written = written;
    await this.#removeOthers();
  }

  async #openData(id: string, { file, size }: StoredData): Promise<Blob> {
    const name = path.join(this.#folder, path.basename(file));
    const found = await stat(name).catch(() => undefined);
    if (found === undefined) throw new StateFileError(`The data of image ${id} are missing: ${name}`);
    if (found.size !== size)
      throw new StateFileError(
        `The data of image ${id} are damaged: ${name} has ${found.size} bytes, not ${size}`,
      );
    return openAsBlob(name);
  }

  /** @returns the name of the new file. */
  async #writeData(id: string, bytes: ImageBytes): Promise<string> {
    // a folder above it that is not there is a slip of the pen
    await mkdir(this.#folder).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
    const taken = new Set([...this.#written.values()].map(({ file }) => file));
    let name = id;
    for (let n = 2; taken.has(name); n++) name = `${id}.${n}`;
    await replaceFile(path.join(this.#folder, name), bytes.chunks());
    return name;
  }

  /** Data of deleted images, and what an earlier process did not finish. */
  async #removeOthers(): Promise<void> {
    const named = new Set([...this.#written.values()].map(({ file }) => file));
    const found = await readdir(this.#folder).catch(() => []);
    // whoever put something else there may want it
    const ours = found.filter((name) => /^[\da-f-]{36}(\.\d+)?(\.new)?$/.test(name));
    await Promise.all(
      ours
        .filter((name) => !named.has(name))
        .map((name) => rm(path.join(this.#folder, name), { force: true })),
    );
  }
}

function parse(text: string, file: string): Stored {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    stored = undefined;
  }
  if (!isStored(stored))
    throw new StateFileError(`${file} is not a state of the embedded cloud, or it is damaged.`);
  return stored;
}

/** The cloud checks its own part. */
function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false;
  const { version, cloud, data } = value as Partial<Record<keyof Stored, unknown>>; // checked in the next lines
  if (version !== 1 || typeof cloud !== 'object' || typeof data !== 'object' || data === null) return false;
  return Object.values(data).every(
    (each: Partial<StoredData> | null) => typeof each?.file === 'string' && typeof each.size === 'number',
  );
}

/** Writes a file that is there in full or not at all, whatever happens meanwhile. */
async function replaceFile(
  name: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const handle = await open(`${name}.new`, 'w', 0o600);
  try {
    for await (const chunk of chunks) await handle.writeFile(chunk);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${name}.new`, name);
  await syncFolder(path.dirname(name));
}

/** Makes a rename survive a power cut. */
async function syncFolder(name: string): Promise<void> {
  const handle = await open(name).catch(() => undefined);
  // Windows does not open folders
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function noPlace(file: string, error: unknown): unknown {
  if (hasCode(error, 'ENOENT')) return new StatePlaceError(`There is no folder ${path.dirname(file)}.`);
  if (hasCode(error, 'EACCES') || hasCode(error, 'EROFS'))
    return new StatePlaceError(`Nothing can be written in ${path.dirname(file)}.`);
  return error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
