/** Our qemu-img on files of this machine. */
import { openAsBlob } from 'node:fs';
import { rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FileError, type Files } from '../src/cli/program';
import { qemuImg } from '../src/cli/qemu-img/qemu-img';

/** The files of a folder, and by absolute paths those of a root. What is written is really written. */
export function hostFiles(folder: string, root = '/'): Files {
  const place = (name: string) =>
    path.isAbsolute(name) ? path.join(root, name) : path.resolve(folder, name);
  const failed = (error: unknown, name: string) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const known = (['ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR'] as const).find((each) => each === code);
    return new FileError(known ?? 'EIO', name);
  };
  return {
    async open(name) {
      const full = place(name);
      const found = await stat(full).catch((error: unknown) => {
        throw failed(error, name);
      });
      if (found.isDirectory()) throw new FileError('EISDIR', name);
      return found.size === 0 ? new Blob([]) : openAsBlob(full);
    },
    async write(name, data) {
      const full = place(name);
      const existing = await stat(full).catch(() => undefined);
      if (existing?.isDirectory()) throw new FileError('EISDIR', name);
      const content = data instanceof Blob ? data.stream() : data;
      // a Blob may be made of pieces of the very file
      await writeFile(`${full}.new`, content).catch((error: unknown) => {
        throw failed(error, name);
      });
      await rm(full, { force: true });
      const { rename } = await import('node:fs/promises');
      await rename(`${full}.new`, full);
    },
    async stat(name) {
      const found = await stat(place(name)).catch(() => undefined);
      return (
        found && {
          type: found.isDirectory() ? 'directory' : 'file',
          size: found.size,
          mtime: found.mtime,
        }
      );
    },
    list: () => Promise.reject(new Error('qemu-img lists no folders')),
    makeFolder: () => Promise.reject(new Error('qemu-img makes no folders')),
    setTime: () => Promise.reject(new Error('qemu-img sets no times')),
  };
}

export async function runQemuImg(
  args: readonly string[],
  files: Files,
): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const { stdout, stderr, exitCode } = await qemuImg({
    args,
    env: {},
    files,
    stdin: undefined,
    stdoutIsTerminal: false,
    columns: 80,
    fetch: () => Promise.reject(new Error('no network')),
    now: () => new Date(0),
    sleep: async () => undefined,
  });
  return { stdout: typeof stdout === 'string' ? stdout : '', stderr, exitCode };
}
