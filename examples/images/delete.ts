import { ForbiddenException, type Connection, type Image } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region delete
/** Deletes all images that carry a tag, except protected ones. Returns the names of those that are gone. */
export async function deleteByTag(cloud: Connection, tag: string): Promise<string[]> {
  const { projectId = '' } = await cloud.identity.access();
  const images: Image[] = [];
  // `owner` matters: without it the list holds other projects' public images too.
  // The whole list comes first: the next page starts after the last image of this one, which must still be there.
  for await (const image of cloud.image.images({ tag: [tag], owner: projectId })) images.push(image);

  const deleted: string[] = [];
  for (const image of images) {
    try {
      await cloud.image.deleteImage(image.id); // for good: there is no bin
      deleted.push(image.name ?? image.id);
    } catch (error) {
      if (!(error instanceof ForbiddenException)) throw error;
      console.error(error.explanation); // "Image … is protected and cannot be deleted."
    }
  }
  return deleted;
}

/** Makes sure that nobody deletes an image, not even an administrator, until it is unprotected. */
export async function protectImage(cloud: Connection, imageId: string, on = true): Promise<void> {
  await cloud.image.updateImage(imageId, { protected: on });
}
// #endregion delete

/** `npm run example images/delete`; makes the images it deletes. */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const tag = 'example-scratch';
  await cloud.image.createImage({ name: 'scratch', tags: [tag] });
  const golden = await cloud.image.createImage({ name: 'golden', tags: [tag] });

  await protectImage(cloud, golden.id);
  console.log('deleted:', await deleteByTag(cloud, tag));
  await protectImage(cloud, golden.id, false);
  console.log('deleted:', await deleteByTag(cloud, tag));
}

await runAsScript(import.meta, main);
