import { basename } from 'node:path';
import type { Connection, Image } from '../../src/client';
import { inspectImage, type Inspection } from '../../src/disk-image/inspect';
import { openImageFile } from '../../src/disk-image/node-file';
import { runAsScript, type ExampleContext } from '../example';
import { createImage } from './create';

// #region inspect
/** Looks into a file without opening it as a disk, so that it may come from anybody. */
export async function inspect(path: string): Promise<Inspection> {
  const file = await openImageFile(path);
  try {
    return await inspectImage(file, path); // headers only, 4 MiB at most
  } finally {
    await file.close();
  }
}
// #endregion inspect

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

// #region advice
/** What to run instead, one command a line. */
export async function convertAdvice(path: string): Promise<string[]> {
  const { advice } = await inspect(path);
  return advice.map(({ text, command }) => (command === undefined ? `# ${text}` : command));
}
// #endregion advice

/** `npm run example images/inspect-before-upload [FILE]` */
export async function main({ cloud, args, sample }: ExampleContext): Promise<void> {
  const [path = await sample('tiny.qcow2')] = args;
  try {
    const image = await uploadIfGood(cloud, path);
    console.log(`${image.name} (${image.id}) is ${image.status}: ${image.disk_format}`);
  } catch (error) {
    if (!(error instanceof NotUploadableError)) throw error;
    console.log([error.message, ...(await convertAdvice(path))].join('\n'));
  }
}

await runAsScript(import.meta, main);
