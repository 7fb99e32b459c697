import type { Connection, Image } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region properties
/** Describes an image for the people and the services that will use it. */
export async function describeImage(cloud: Connection, imageId: string): Promise<Image> {
  await cloud.image.updateImage(imageId, {
    min_disk: 1, // GB
    min_ram: 512, // MB
    properties: {
      os_distro: 'debian',
      hw_disk_bus: 'virtio', // names that Compute reads take only values it knows
      maintained_by: 'the web team', // your own names take any text
      draft: null, // null removes a property
    },
  });
  await cloud.image.addTag(imageId, 'approved');
  return cloud.image.getImage(imageId);
}
// #endregion properties

/** `npm run example images/properties`; makes a record of its own to describe, and deletes it again. */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const { id } = await cloud.image.createImage({ name: 'to be described', properties: { draft: 'yes' } });
  try {
    const image = await describeImage(cloud, id);
    console.log({
      min_disk: image.min_disk,
      min_ram: image.min_ram,
      tags: image.tags,
      properties: image.properties,
    });
  } finally {
    await cloud.image.deleteImage(id);
  }
}

await runAsScript(import.meta, main);
