import { inspectImage, type Inspection } from '../../src/disk-image/inspect';
import { openImageFile } from '../../src/disk-image/node-file';
import { runAsScript, type ExampleContext } from '../example';

/** Looks into a file without opening it as a disk, so that it may come from anybody. */
export async function inspect(path: string): Promise<Inspection> {
  const file = await openImageFile(path);
  try {
    return await inspectImage(file, path); // headers only, 4 MiB at most
  } finally {
    await file.close();
  }
}

// #region advise
/** What to run so that a file becomes an image that servers can start from, one command a line. */
export async function adviseConversion(path: string): Promise<string[]> {
  const { format, virtualSize, unsafe, advice } = await inspect(path);
  const disk = virtualSize === null ? 'no disk of its own' : `a disk of ${virtualSize} bytes`;
  return [
    `# ${path} is ${format}: ${disk}`,
    ...unsafe.map(({ reason }) => `# Careful: ${reason}`),
    ...advice.flatMap(({ text, command }) => [`# ${text}`, ...(command === undefined ? [] : [command])]),
  ];
}
// #endregion advise

/** `npm run example images/advise-conversion [FILE…]`; changes nothing, asks no cloud. */
export async function main({ args, sample }: ExampleContext): Promise<void> {
  for (const path of args.length > 0 ? args : [await sample('appliance.ova')])
    console.log((await adviseConversion(path)).join('\n'));
}

await runAsScript(import.meta, main);
