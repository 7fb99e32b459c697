import { ResourceFailure, type Connection, type Image, type Server } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';
import { startServer, uploadFor } from './pin-architecture';

// #region why
/** The properties of an image that can cost it a host. */
export function demands(image: Image): Record<string, string | undefined> {
  const names =
    /^(trait:|hw_architecture$|img_hv_|hw_vm_mode$|hw_maxphysaddr_|hw_numa_|hw_cpu_policy$|hw_mem_enc)/;
  return Object.fromEntries(Object.entries(image.properties).filter(([name]) => names.test(name)));
}

/**
 * What a failed server asked for, so that you can take its demands away one by one. The fault never says which one was
 * too much, only who refused: with "There are not enough hosts available" the filters, without it Placement.
 *
 * @returns null when the server did not fail for want of a host.
 */
export async function whyNoHost(
  cloud: Connection,
  serverId: string,
): Promise<{ fault: string; image: Record<string, string | undefined>; flavor: Server['flavor'] } | null> {
  // by id: what is found by name comes from a list, which on some clouds has no faults in it
  const server = await cloud.compute.getServer(serverId);
  const fault = server.fault?.message ?? '';
  if (server.status !== 'ERROR' || !fault.startsWith('No valid host')) return null;
  const image = server.image ? await cloud.image.getImage(server.image.id) : undefined;
  return { fault, image: image ? demands(image) : {}, flavor: server.flavor };
}
// #endregion why

/** `npm run example scheduling/why-no-host` */
export async function main({ cloud, sample }: ExampleContext): Promise<void> {
  const image = await uploadFor(cloud, await sample('tiny.qcow2'), 'for a mainframe', 's390x');
  try {
    await startServer(cloud, image.id, 'nowhere');
  } catch (error) {
    if (!(error instanceof ResourceFailure)) throw error;
    console.log(error.message);
  }
  for await (const { id } of cloud.compute.servers({ name: 'nowhere' })) {
    console.log(await whyNoHost(cloud, id));
    await cloud.compute.deleteServer(id);
  }
  await cloud.image.deleteImage(image.id);
}

await runAsScript(import.meta, main);
