import type { Connection, HVType, Image, VersionPredicate } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';
import { startServer, uploadFor } from './pin-architecture';

// #region hypervisor
/**
 * Asks for a hypervisor, and for a release of it, such as `>=9.0`. Nova looks at the release only because the type is
 * there: alone, `img_hv_requested_version` does nothing.
 */
export function askForHypervisor(
  cloud: Connection,
  imageId: string,
  type: HVType,
  release: VersionPredicate,
): Promise<Image> {
  return cloud.image.updateImage(imageId, {
    properties: { img_hv_type: type, img_hv_requested_version: release },
  });
}
// #endregion hypervisor

/** `npm run example scheduling/pin-hypervisor`; the entry `admin` of clouds.yaml says on which host the server is. */
export async function main({ cloud, connectAs, sample }: ExampleContext): Promise<void> {
  const admin = await connectAs('admin');
  const image = await uploadFor(cloud, await sample('tiny.qcow2'), 'for a new KVM', 'x86_64');
  try {
    await askForHypervisor(cloud, image.id, 'kvm', '>=9.0');
    const server = await startServer(cloud, image.id, 'on a new KVM');
    const { 'OS-EXT-SRV-ATTR:host': host } = await admin.compute.getServer(server.id);
    console.log(server.name, server.status, host);
    await cloud.compute.deleteServer(server.id);
  } finally {
    await cloud.image.deleteImage(image.id);
  }
}

await runAsScript(import.meta, main);
