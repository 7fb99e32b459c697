import { ResourceFailure, type Connection, type Share, type ShareAccessCreate } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region wait
/**
 * Waits until a share can be mounted: it is available, and every rule of it is in force.
 *
 * @throws Error with what Manila tells users about it, when it never will be.
 */
export async function waitUntilUsable(cloud: Connection, shareId: string): Promise<Share> {
  try {
    await cloud.share.waitForShare(shareId, { wait: 300 });
    for (const { id } of await cloud.share.accessRules(shareId)) await cloud.share.waitForAccessRule(id);
  } catch (error) {
    if (!(error instanceof ResourceFailure)) throw error;
    const messages = await cloud.share.shareMessages({ resource_id: shareId });
    const why = messages.map(({ user_message }) => user_message).join(' ');
    throw new Error(why || error.message, { cause: error });
  }
  return cloud.share.getShare(shareId);
}
// #endregion wait

/** `npm run example shares/wait-until-usable` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const tries: readonly [string, ShareAccessCreate][] = [
    ['NFS', { access_type: 'ip', access_to: '10.0.0.0/24' }],
    ['CIFS', { access_type: 'ip', access_to: '10.0.0.0/24' }], // CIFS knows users, not addresses
  ];
  for (const [share_proto, rule] of tries) {
    const { id } = await cloud.share.createShare({ share_proto, size: 1 });
    await cloud.share.waitForShare(id);
    await cloud.share.createAccessRule(id, rule);
    try {
      console.log(`${share_proto}: ${(await waitUntilUsable(cloud, id)).status}`);
    } catch (error) {
      console.log(`${share_proto}: nobody can mount it. ${error instanceof Error ? error.message : ''}`);
    } finally {
      await cloud.share.deleteShare(id);
    }
  }
}

await runAsScript(import.meta, main);
