import { DuplicateResource, type Connection, type Image } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region show
/** An image by its id or its name. Of several with that name it takes the newest. */
export async function showImage(cloud: Connection, nameOrId: string): Promise<Image | undefined> {
  try {
    return await cloud.image.findImage(nameOrId);
  } catch (error) {
    // Names need not be unique. The client does not guess; here we say what we want.
    if (!(error instanceof DuplicateResource)) throw error;
    for await (const newest of cloud.image.images({ name: nameOrId, sort: 'created_at:desc' })) return newest;
    return undefined;
  }
}
// #endregion show

/** `npm run example images/show [NAME_OR_ID]` */
export async function main({ cloud, args: [nameOrId = 'cirros'] }: ExampleContext): Promise<void> {
  const image = await showImage(cloud, nameOrId);
  if (image === undefined) console.log(`There is no image ${nameOrId} that you may see.`);
  else console.log(image);
}

await runAsScript(import.meta, main);
