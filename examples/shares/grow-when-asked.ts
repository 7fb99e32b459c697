import type { Connection, Share } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region grow
/** The property in which a share's users ask for a size, in GiB: `openstack share set --property wanted=20 docs`. */
const WANTED = 'wanted';

/** Grows every share whose users ask for more, up to a limit, and answers in its properties. */
export async function growWhenAsked(cloud: Connection, limit: number): Promise<Share[]> {
  const grown: Share[] = [];
  for (const share of await cloud.share.shares({ status: 'available' })) {
    const wanted = Number(share.metadata[WANTED]);
    if (!Number.isInteger(wanted) || wanted <= share.size) continue; // nobody asked, or it has it already
    const size = Math.min(wanted, limit);
    if (size > share.size) {
      await cloud.share.resizeShare(share.id, size);
      grown.push(await cloud.share.waitForShare(share.id)); // its status is `extending` for a while
    }
    if (size < wanted) await cloud.share.setShareMetadata(share.id, { 'not-more-than': String(limit) });
    await cloud.share.deleteShareMetadata(share.id, WANTED);
  }
  return grown;
}
// #endregion grow

/** `npm run example shares/grow-when-asked` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const made: string[] = [];
  for (const [name, wanted] of [
    ['docs', '3'],
    ['films', '500'],
    ['music', ''],
  ] as const) {
    const metadata: Record<string, string> = wanted === '' ? {} : { [WANTED]: wanted };
    const { id } = await cloud.share.createShare({ share_proto: 'NFS', size: 1, name, metadata });
    made.push(id);
    await cloud.share.waitForShare(id);
  }
  try {
    await growWhenAsked(cloud, 10);
    for (const id of made) {
      const { name, size, metadata } = await cloud.share.getShare(id);
      console.log(`${name ?? ''}: ${size} GiB`, metadata);
    }
  } finally {
    for (const id of made) await cloud.share.deleteShare(id);
  }
}

await runAsScript(import.meta, main);
