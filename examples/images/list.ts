import type { Connection, Image, ImageQuery } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region list
/** The images you may start a server from, by name. `query` narrows them down further. */
export async function listImages(cloud: Connection, query: ImageQuery = {}): Promise<Image[]> {
  const images: Image[] = [];
  // The cloud filters and sorts, and hands out page after page; the loop asks for the next page when it needs one.
  for await (const image of cloud.image.images({
    status: 'active',
    sort: 'name:asc',
    limit: 100,
    ...query,
  })) {
    images.push(image);
  }
  return images;
}
// #endregion list

/** `npm run example images/list [OS_DISTRO]` */
export async function main({ cloud, args: [os_distro] }: ExampleContext): Promise<void> {
  const images = await listImages(cloud, os_distro === undefined ? {} : { properties: { os_distro } });
  for (const { id, name, visibility, disk_format } of images) console.log(id, visibility, disk_format, name);
}

await runAsScript(import.meta, main);
