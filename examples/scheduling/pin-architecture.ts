import { readFile } from 'node:fs/promises';
import type { Architecture, Connection, Image, Server } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region pin
/** Uploads a disk that only runs on one architecture, and says so, so that no other host ever gets it. */
export async function uploadFor(
  cloud: Connection,
  path: string,
  name: string,
  architecture: Architecture,
): Promise<Image> {
  const { id } = await cloud.image.createImage({
    name,
    disk_format: 'qcow2',
    container_format: 'bare',
    properties: { hw_architecture: architecture },
  });
  await cloud.image.uploadImage(id, new Blob([await readFile(path)]));
  return cloud.image.getImage(id);
}

/** A server without a network, of the smallest flavor; resolves when it runs. */
export async function startServer(cloud: Connection, imageId: string, name: string): Promise<Server> {
  const flavor = await cloud.compute.findFlavor('m1.tiny', { ignoreMissing: false });
  const { id } = await cloud.compute.createServer({
    name,
    imageRef: imageId,
    flavorRef: flavor.id,
    networks: 'none',
  });
  return cloud.compute.waitForServer(id);
}
// #endregion pin

/** `npm run example scheduling/pin-architecture`; the entry `admin` of clouds.yaml says on which host the server is. */
export async function main({ cloud, connectAs, sample }: ExampleContext): Promise<void> {
  const admin = await connectAs('admin');
  const image = await uploadFor(cloud, await sample('tiny.qcow2'), 'for ARM', 'aarch64');
  try {
    const server = await startServer(cloud, image.id, 'on ARM');
    const { 'OS-EXT-SRV-ATTR:host': host } = await admin.compute.getServer(server.id);
    console.log(server.name, server.status, host);
    await cloud.compute.deleteServer(server.id);
  } finally {
    await cloud.image.deleteImage(image.id);
  }
}

await runAsScript(import.meta, main);
