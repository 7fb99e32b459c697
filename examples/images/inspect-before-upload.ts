import { basename } from 'node:path';
import type { Connection, Image } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';
import { adviseConversion, inspect } from './advise-conversion';
import { createImage } from './create';

/** Why a file is not uploaded as it is. */
export class NotUploadableError extends Error {
  override readonly name = 'NotUploadableError';
}

// #region upload
/** Uploads a file as what it is; refuses what is unsafe, and what no server could start from. */
export async function uploadIfGood(cloud: Connection, path: string): Promise<Image> {
  const { format, glance, nova, unsafe } = await inspect(path);
  const reason = unsafe[0]?.reason ?? [glance, nova].find(({ accepted }) => !accepted)?.reason;
  if (reason !== undefined) throw new NotUploadableError(`${path} is ${format}: ${reason}`);
  return createImage(cloud, path, basename(path), glance.diskFormat); // no guess from the name
}
// #endregion upload

/** `npm run example images/inspect-before-upload [FILE]` */
export async function main({ cloud, args, sample }: ExampleContext): Promise<void> {
  const [path = await sample('tiny.qcow2')] = args;
  try {
    const image = await uploadIfGood(cloud, path);
    console.log(`${image.name} (${image.id}) is ${image.status}: ${image.disk_format}`);
  } catch (error) {
    if (!(error instanceof NotUploadableError)) throw error;
    console.log([error.message, ...(await adviseConversion(path))].join('\n'));
  }
}

await runAsScript(import.meta, main);
