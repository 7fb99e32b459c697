import type { IFileSystem } from 'just-bash';
import { FileError } from '../cli/program';
import type { Files } from '../cli/program';
import { compareStrings } from '../cli/python';

/** Where a file's bytes can be had without reading the file: a host file, say. */
export type BlobSource = (path: string) => Promise<Blob | undefined>;

/** The sandbox's files as a program sees them from `cwd`. */
export function filesFor(fs: IFileSystem, cwd: string, blobOf: BlobSource = async () => undefined): Files {
  const resolve = (path: string) => fs.resolvePath(cwd, path);
  return {
    async open(path) {
      return translate(path, async () => {
        const full = resolve(path);
        if ((await fs.stat(full)).isDirectory) throw new FileError('EISDIR', path);
        // a Blob's part is copied once, by the Blob: nothing else copies the bytes
        return (await blobOf(full)) ?? new Blob([asBlobPart(await fs.readFileBuffer(full))]);
      });
    },
    async write(path, data) {
      await translate(path, async () => {
        const full = resolve(path);
        const folder = await statOrUndefined(fs, fs.resolvePath(full, '..'));
        if (!folder) throw new FileError('ENOENT', path);
        if (!folder.isDirectory) throw new FileError('ENOTDIR', path);
        if ((await statOrUndefined(fs, full))?.isDirectory) throw new FileError('EISDIR', path);
        await fs.writeFile(full, typeof data === 'string' ? data : await bytesOf(data));
      });
    },
    async stat(path) {
      // there is nothing above a folder that is not there
      for (const below of belowParents(path))
        if (!(await statOrUndefined(fs, resolve(below)))?.isDirectory) return undefined;
      const stat = await statOrUndefined(fs, resolve(path));
      return stat && { type: stat.isDirectory ? 'directory' : 'file', size: stat.size, mtime: stat.mtime };
    },
    async list(path) {
      return translate(path, async () => (await fs.readdir(resolve(path))).sort(compareStrings));
    },
    async makeFolder(path) {
      await translate(path, async () => {
        for (const below of belowParents(path)) await this.makeFolder(below);
        // what is above a folder is there once that is
        if (/(^|\/)\.\.$/.test(path)) throw new FileError('EEXIST', path);
        const full = resolve(path);
        const missing = [];
        for (let at = full; ; at = fs.resolvePath(at, '..')) {
          const stat = await statOrUndefined(fs, at);
          if (stat && !stat.isDirectory) throw new FileError(at === full ? 'EEXIST' : 'ENOTDIR', path);
          if (stat) break;
          missing.push(at);
        }
        for (const folder of missing.reverse()) await fs.mkdir(folder);
      });
    },
    async setTime(path, time) {
      await translate(path, () => fs.utimes(resolve(path), time, time));
    },
  };
}

/** The folders in a path that it leaves again by `..`. */
function belowParents(path: string): string[] {
  return [...path.matchAll(/\/\.\.(?=\/|$)/g)]
    .map(({ index }) => path.slice(0, index))
    .filter((below) => !/(^|\/)\.{0,2}$/.test(below));
}

async function statOrUndefined(fs: IFileSystem, path: string) {
  try {
    return await fs.stat(path);
  } catch {
    return undefined;
  }
}

async function bytesOf(data: Uint8Array | Blob | ReadableStream<Uint8Array>): Promise<Uint8Array> {
  if (data instanceof Uint8Array) return data;
  if (data instanceof Blob) return new Uint8Array(await data.arrayBuffer());
  return new Uint8Array(await new Response(asBody(data)).arrayBuffer());
}

/** The type says ArrayBufferLike, but nothing here makes shared memory. */
function asBlobPart(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

function asBody(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return stream as ReadableStream<Uint8Array<ArrayBuffer>>;
}

const CODES = ['ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR', 'ENOSPC', 'EEXIST'] as const;

/** just-bash reports a file error as an Error whose text starts with the errno name. */
async function translate<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const message = error instanceof Error ? error.message : '';
    throw new FileError(CODES.find((code) => message.startsWith(code)) ?? 'EIO', path);
  }
}
