import { execFile } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Connection, Image, ImageProperties } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';
import { inspect } from './advise-conversion';

/** Three files on this machine that belong together. */
export interface Trio {
  kernel: string;
  /** Not every kernel wants one. */
  ramdisk?: string;
  disk: string;
}

// #region upload
/** Uploads a disk with its kernel and RAM disk, and returns the image to start servers from: it names the other two. */
export async function uploadTrio(cloud: Connection, files: Trio, name: string): Promise<Image> {
  const made: string[] = [];
  const upload = async (file: string, format: 'aki' | 'ari' | 'ami', properties: ImageProperties) => {
    const { id } = await cloud.image.createImage({
      name: format === 'ami' ? name : `${name}-${format}`,
      disk_format: format,
      container_format: format, // the same word again
      properties,
    });
    made.push(id);
    await cloud.image.uploadImage(id, await openAsBlob(file));
    return id;
  };
  try {
    const kernel_id = await upload(files.kernel, 'aki', {});
    const ramdisk_id = files.ramdisk === undefined ? undefined : await upload(files.ramdisk, 'ari', {});
    const links = { kernel_id, ...(ramdisk_id !== undefined && { ramdisk_id }) };
    return await cloud.image.getImage(await upload(files.disk, 'ami', links));
  } catch (error) {
    for (const id of made) await cloud.image.deleteImage(id); // two of three are of no use
    throw error;
  }
}
// #endregion upload

// #region find
/** Which of the files is which, by what is in them. Throws a `RangeError` when there is no kernel or no disk. */
export async function findTrio(paths: readonly string[]): Promise<Trio> {
  const found: Partial<Record<string, string>> = {};
  for (const path of paths) found[(await inspect(path)).glance.diskFormat] ??= path;
  const { aki: kernel, ari: ramdisk, raw: disk } = found;
  if (kernel === undefined || disk === undefined) throw new RangeError('There is no kernel, or no disk.');
  return { kernel, disk, ...(ramdisk !== undefined && { ramdisk }) };
}
// #endregion find

/** `npm run example images/upload-kernel-ramdisk [UEC-TARBALL [NAME]]` */
export async function main({ cloud, args, sample }: ExampleContext): Promise<void> {
  const [tarball = await sample('course-uec.tar.gz'), name = 'course-uec'] = args;
  const folder = await mkdtemp(join(tmpdir(), 'uec-'));
  try {
    await promisify(execFile)('tar', ['-xf', tarball, '-C', folder]);
    const trio = await findTrio((await readdir(folder)).sort().map((file) => join(folder, file)));
    const image = await uploadTrio(cloud, trio, name);
    const { kernel_id, ramdisk_id } = image.properties;
    console.log(
      `${image.name} (${image.id}) is ${image.status}: kernel ${kernel_id}, RAM disk ${ramdisk_id}`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

await runAsScript(import.meta, main);
