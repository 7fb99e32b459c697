import { openAsBlob } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { OverlayFs } from 'just-bash';
import type { IFileSystem } from 'just-bash';
import type { BlobSource } from './files';
import { HOME } from './home';

/**
 * A folder of this machine as the sandbox's home folder. Nothing is ever written to it: changes stay in memory.
 * Files that a program uploads are read from the disk piece by piece, however large they are.
 *
 * @throws when there is no such folder.
 */
export async function hostFolder(
  folder: string,
): Promise<{ mounts: Record<string, IFileSystem>; blobOf: BlobSource }> {
  const root = await realpath(folder).catch(() => '');
  if (root === '' || !(await stat(root)).isDirectory()) throw new Error(`There is no folder ${folder}.`);
  // OverlayFs refuses what is larger than this as a whole; uploads do not pass here
  const overlay = new OverlayFs({ root, mountPoint: '/', maxFileReadSize: 2 ** 28 });
  return {
    mounts: { [HOME]: overlay },
    async blobOf(file) {
      const inside = path.posix.relative(HOME, file);
      if (inside.startsWith('..')) return undefined;
      const real = path.join(root, inside);
      const [seen, onDisk] = await Promise.all([
        overlay.stat(`/${inside}`),
        stat(real).catch(() => undefined),
      ]);
      // written or changed in the sandbox: then the overlay has it, not the disk
      const changed =
        onDisk === undefined || seen.size !== onDisk.size || seen.mtime.getTime() !== onDisk.mtime.getTime();
      return changed ? undefined : openAsBlob(real);
    },
  };
}
