import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Connection } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region upload
/**
 * Uploads a file of any size: no object can be larger than 5 GiB, so it goes in segments, which the cloud joins.
 * Call it again after it broke off: segments that are there already are not sent again.
 */
export async function uploadLargeFile(
  cloud: Connection,
  container: string,
  path: string,
  segmentSize: number,
): Promise<{ sent: number; found: number }> {
  const segmentContainer = `${container}_segments`; // beside it, so that listings of the container stay short
  await cloud.objectStore.createContainer(container);
  await cloud.objectStore.createContainer(segmentContainer);
  const count = { sent: 0, found: 0 };
  await cloud.objectStore.uploadLargeObject(container, basename(path), await openAsBlob(path), {
    segmentSize,
    segmentContainer,
    onSegment: ({ sent }) => count[sent ? 'sent' : 'found']++,
  });
  return count;
}
// #endregion upload

/** `npm run example containers/upload-a-large-file -- movie.mp4`; without a file, one of 4 MiB is made. */
export async function main({ cloud, args: [given] }: ExampleContext): Promise<void> {
  const store = cloud.objectStore;
  const folder = await mkdtemp(join(tmpdir(), 'learn-openstack-'));
  const path = given ?? join(folder, 'large.bin');
  if (given === undefined) await writeFile(path, new Uint8Array(4 * 2 ** 20).fill(7));
  const segmentSize = given === undefined ? 2 ** 20 : 2 ** 30;
  const name = basename(path);
  try {
    console.log('first:', await uploadLargeFile(cloud, 'large', path, segmentSize));
    // as if it had broken off: the last segment and the object itself are not there
    const segments = [];
    for await (const segment of store.objects('large_segments')) segments.push(segment.name);
    await store.deleteObject('large', name);
    await store.deleteObject('large_segments', segments.at(-1) ?? '');
    console.log('again:', await uploadLargeFile(cloud, 'large', path, segmentSize));
    const { size, isStaticLargeObject } = await store.getObject('large', name);
    console.log(`${name}: ${size} bytes, ${isStaticLargeObject ? 'in segments' : 'in one piece'}`);
    await store.deleteObject('large', name, { segments: true });
  } finally {
    await rm(folder, { recursive: true });
    for (const container of ['large', 'large_segments']) {
      for await (const object of store.objects(container)) await store.deleteObject(container, object.name);
      await store.deleteContainer(container);
    }
  }
}

await runAsScript(import.meta, main);
