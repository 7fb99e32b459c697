import data from './sample-data.json';

/** Small real disk images, made by real tools (scripts/make-sample-images.sh); one name a file. */
export const REAL_SAMPLES: readonly string[] = Object.keys(data);

/** The bytes of one of {@link REAL_SAMPLES}. Throws a `RangeError` for another name. */
export async function realSample(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Object.entries(data).find(([each]) => each === name)?.[1];
  if (packed === undefined) throw new RangeError(`no sample ${name}; there are ${REAL_SAMPLES.join(', ')}`);
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
