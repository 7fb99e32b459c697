/** What all examples share: what they are given, and how one is started. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SDKException, type Connection } from '../src/client';
import { realSample } from '../src/disk-image/real-samples';
import { SAMPLE_IMAGES } from '../src/disk-image/samples';
import { connectFromEnvironment, type CloudAccess } from './connection';

/** What an example is given. */
export interface ExampleContext {
  cloud: Connection;
  /** Logs in as another entry of clouds.yaml. */
  connectAs: CloudAccess['connectAs'];
  /** Logs in to the same cloud with what no clouds.yaml says, such as a new application credential. */
  connectWith: CloudAccess['connectWith'];
  /** The words after the example's name. */
  args: readonly string[];
  /** Writes one of the lessons' disks, such as `tiny.qcow2` or `appliance.ova`, to a temporary folder and returns its path. */
  sample(name: string): Promise<string>;
}

/** An example's `main`. */
export type ExampleMain = (context: ExampleContext) => Promise<void>;

/** Runs `main` if its file is the one that was started: `npx tsx examples/images/create.ts`. */
export async function runAsScript(meta: ImportMeta, main: ExampleMain): Promise<void> {
  if (process.argv[1] !== undefined && meta.url === pathToFileURL(process.argv[1]).href)
    await run(main, process.argv.slice(2));
}

/** Runs one `main`, with the cloud that the environment names. */
export async function run(main: ExampleMain, args: readonly string[]): Promise<void> {
  try {
    const { connection, connectAs, connectWith, description } = await connectFromEnvironment();
    console.error(`Talking to ${description}.`);
    await main({ cloud: connection, connectAs, connectWith, args, sample });
  } catch (error) {
    // what a cloud refuses needs no stack trace; our own mistakes do
    console.error(error instanceof SDKException ? error.message : error);
    process.exitCode = 1;
  }
}

async function sample(name: string): Promise<string> {
  const bytes = await sampleBytes(name);
  const file = join(await mkdtemp(join(tmpdir(), 'learn-openstack-')), name);
  await writeFile(file, bytes);
  return file;
}

/** One of the lessons' disks: of the home folder, or of the page on image formats. Throws a `RangeError` for another name. */
export async function sampleBytes(name: string): Promise<Uint8Array> {
  return SAMPLE_IMAGES[name]?.() ?? realSample(name);
}
