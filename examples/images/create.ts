import { openAsBlob } from 'node:fs';
import type { Connection, DiskFormat, Image } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region create
/** Makes an image of a file on this machine and returns it once a server can be started from it. */
export async function createImage(
  cloud: Connection,
  file: string,
  name: string,
  diskFormat: DiskFormat,
): Promise<Image> {
  // First the record, which is `queued` …
  const image = await cloud.image.createImage({
    name,
    disk_format: diskFormat,
    container_format: 'bare',
    visibility: 'private',
    min_ram: 64, // MB
    properties: { os_distro: 'cirros', hw_disk_bus: 'virtio' },
  });
  // … then the data. The file is sent piece by piece, never held in memory as a whole.
  try {
    await cloud.image.uploadImage(image.id, await openAsBlob(file));
  } catch (error) {
    await cloud.image.deleteImage(image.id); // or a record without data stays behind
    throw error;
  }
  return cloud.image.getImage(image.id);
}
// #endregion create

/** `npm run example images/create [FILE [NAME]]` */
export async function main({ cloud, args, sample }: ExampleContext): Promise<void> {
  const [file = await sample('tiny.qcow2'), name = 'tiny'] = args;
  const image = await createImage(cloud, file, name, 'qcow2');
  console.log(`${image.name} (${image.id}) is ${image.status}: ${image.size} bytes, MD5 ${image.checksum}`);
}

await runAsScript(import.meta, main);
