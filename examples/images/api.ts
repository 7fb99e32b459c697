import { openAsBlob } from 'node:fs';
import { NotFoundException, type Connection, type Image } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region api
/** An image's life, one request after the other. The first of them fetches the token and the catalog. */
export async function liveThroughTheApi(cloud: Connection, file: string): Promise<Image> {
  // POST /v2/images
  const { id } = await cloud.image.createImage({
    name: 'tiny',
    disk_format: 'qcow2',
    container_format: 'bare',
    min_ram: 64, // MB
    tags: ['api'],
    properties: { os_distro: 'cirros' },
  });

  // PUT /v2/images/{id}/file
  await cloud.image.uploadImage(id, await openAsBlob(file));

  // PATCH /v2/images/{id}: the client writes the JSON patch
  await cloud.image.updateImage(id, {
    name: 'tiny-api',
    properties: { hw_disk_bus: 'virtio', os_distro: null },
  });

  const scratch = await cloud.image.createImage({ name: 'scratch' });

  // GET /v2/images?sort=name:asc&limit=2, and every `next` of it
  for await (const { name, status } of cloud.image.images({ sort: 'name:asc', limit: 2 })) {
    console.log(name, status);
  }

  // GET /v2/images/{id}: a refusal is an exception, with the service's own words
  try {
    await cloud.image.getImage('00000000-0000-0000-0000-000000000000');
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
    console.log(error.status, error.explanation);
  }

  // DELETE /v2/images/{id}
  await cloud.image.deleteImage(scratch.id);
  return cloud.image.getImage(id);
}
// #endregion api

/** `npm run example images/api` */
export async function main({ cloud, sample }: ExampleContext): Promise<void> {
  const image = await liveThroughTheApi(cloud, await sample('tiny.qcow2'));
  try {
    console.log(image.name, image.status, image.properties);
  } finally {
    await cloud.image.deleteImage(image.id);
  }
}

await runAsScript(import.meta, main);
