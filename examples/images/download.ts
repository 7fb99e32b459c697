import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Connection } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region download
/** Saves an image's data to a file and proves that they are what was once uploaded. Returns their hash. */
export async function downloadImage(cloud: Connection, imageId: string, file: string): Promise<string> {
  const { os_hash_algo, os_hash_value } = await cloud.image.getImage(imageId);
  const { stream } = await cloud.image.downloadImage(imageId);
  if (stream === null || os_hash_algo === null) throw new Error(`Image ${imageId} has no data yet.`);

  const hash = createHash(os_hash_algo); // sha512, unless the operator chose another
  await pipeline(
    stream,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(file),
  );

  const actual = hash.digest('hex');
  if (actual !== os_hash_value) {
    await rm(file); // a damaged disk is worse than none
    throw new Error(`Image ${imageId} arrived damaged: ${os_hash_algo} is ${actual}, not ${os_hash_value}.`);
  }
  return actual;
}
// #endregion download

/** `npm run example images/download [NAME_OR_ID [FILE]]` */
export async function main({ cloud, args: [nameOrId = 'cirros', file] }: ExampleContext): Promise<void> {
  const { id, name } = await cloud.image.findImage(nameOrId, { ignoreMissing: false });
  const target = file ?? join(tmpdir(), `${id}.img`);
  const hash = await downloadImage(cloud, id, target);
  console.log(`${name} is in ${target}\nverified: ${hash}`);
}

await runAsScript(import.meta, main);
