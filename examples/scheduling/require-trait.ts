import type { Connection, Image, ImageProperties } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';
import { startServer, uploadFor } from './pin-architecture';

// #region trait
/** Wants hosts with a trait. The only word that counts is `required`, so the type takes no other. */
export function requireTrait(cloud: Connection, imageId: string, trait: string): Promise<Image> {
  const properties: ImageProperties = {};
  properties[`trait:${trait}`] = 'required';
  return cloud.image.updateImage(imageId, { properties });
}
// #endregion trait

/** `npm run example scheduling/require-trait`; the entry `admin` of clouds.yaml says on which host the server is. */
export async function main({ cloud, connectAs, sample }: ExampleContext): Promise<void> {
  const admin = await connectAs('admin');
  const image = await uploadFor(cloud, await sample('tiny.qcow2'), 'with AVX2', 'x86_64');
  try {
    await requireTrait(cloud, image.id, 'HW_CPU_X86_AVX2');
    const server = await startServer(cloud, image.id, 'fast numbers');
    const { 'OS-EXT-SRV-ATTR:host': host } = await admin.compute.getServer(server.id);
    console.log(server.name, server.status, host);
    await cloud.compute.deleteServer(server.id);
  } finally {
    await cloud.image.deleteImage(image.id);
  }
}

await runAsScript(import.meta, main);
