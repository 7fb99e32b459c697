import type { Connection, ImageMember } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region share
/** Lets one other project use an image. Only a project of the image's owner can do this. */
export async function shareImage(
  cloud: Connection,
  imageId: string,
  projectId: string,
): Promise<ImageMember> {
  // Only a shared image can have members. Images are shared from the start, but may have been made private.
  await cloud.image.updateImage(imageId, { visibility: 'shared' });
  return cloud.image.addMember(imageId, projectId);
}

/** The other side's answer. They can use the image at once; accepting puts it into their list. */
export async function acceptImage(cloud: Connection, imageId: string): Promise<ImageMember> {
  const { projectId } = await cloud.identity.access();
  if (projectId === undefined)
    throw new Error('Log in to a project: images are shared with projects, not with users.');
  return cloud.image.updateMember(imageId, projectId, 'accepted');
}
// #endregion share

/** `npm run example images/share`; the partner is the entry `partner` of clouds.yaml. */
export async function main({ cloud, connectAs }: ExampleContext): Promise<void> {
  const partner = await connectAs('partner');
  const { projectId = '' } = await partner.identity.access();
  const { id } = await cloud.image.createImage({ name: 'for the partner', visibility: 'private' });
  try {
    console.log('shared:', (await shareImage(cloud, id, projectId)).status);
    console.log('accepted:', (await acceptImage(partner, id)).status);
    for await (const image of partner.image.images({ visibility: 'shared' }))
      console.log('the partner sees:', image.name);
  } finally {
    await cloud.image.deleteImage(id);
  }
}

await runAsScript(import.meta, main);
