import { createHash } from 'node:crypto';
import { Cloud, type CloudState } from '../cloud/cloud';
import { startState } from '../cloud/states';
import { listen, type HttpDoor } from './http-server';
import { Saver } from './saver';
import { StateFile, StateFileError } from '../shell/state-file';

export interface DoorOptions {
  /** The start state's name, unless there is a state to restore. */
  cloud: string;
  /** 0 for any free port. */
  port: number;
  /** Where the cloud is kept: see {@link StateFile}. Without it, it is forgotten. */
  state?: string;
  /** Hears of bugs in the cloud and of saves that failed. */
  onError: (error: unknown) => void;
}

/** An embedded cloud that other programs reach over HTTP. */
export interface Door {
  /** Such as `http://127.0.0.1:9000`. */
  url: string;
  cloud: Cloud;
  /** Whether it went on from a stored state. */
  restored: boolean;
  /** Stops serving, then saves. Uploads that are still running are lost: their images are queued again. */
  close(): Promise<void>;
}

/**
 * Opens a door into an embedded cloud: OpenStack's APIs on 127.0.0.1, with this machine's time.
 *
 * @throws UnknownStateError, PortError, StateFileError: each with a sentence to show.
 */
export async function openDoor({ cloud: name, port, state, onError }: DoorOptions): Promise<Door> {
  const start = await startState(name);
  const file = state === undefined ? undefined : new StateFile(state);
  const stored = await file?.read();
  try {
    return await openWith(start, file, stored, { port, onError });
  } catch (error) {
    await file?.release();
    throw error;
  }
}

async function openWith(
  start: CloudState,
  file: StateFile | undefined,
  stored: Awaited<ReturnType<StateFile['read']>>,
  { port, onError }: Pick<DoorOptions, 'port' | 'onError'>,
): Promise<Door> {
  // the cloud's URLs carry the port, which is known only once it listens; no request comes before this turn ends
  let cloud: Cloud | undefined;
  const server = await listen((request) => answer(cloud, request), port);
  const url = `http://127.0.0.1:${server.port}`;
  try {
    cloud = makeCloud({ ...(stored ?? { state: start }), baseUrl: url, onError }, file?.file);
    const saver = file && (await keep(cloud, file, stored !== undefined, onError));
    return { url, cloud, restored: stored !== undefined, close: () => shut(server, saver, file) };
  } catch (error) {
    await server.close();
    throw error;
  }
}

function answer(cloud: Cloud | undefined, request: Request): Promise<Response> {
  return cloud ? cloud.fetch(request) : Promise.resolve(new Response(null, { status: 503 }));
}

function makeCloud(
  options: Omit<ConstructorParameters<typeof Cloud>[0], 'clock'>,
  file: string | undefined,
): Cloud {
  try {
    return new Cloud({ ...options, clock: { now: () => new Date() }, createHash });
  } catch (error) {
    if (file === undefined) throw error;
    throw new StateFileError(`${file} is not a state of the embedded cloud, or it is damaged.`, {
      cause: error,
    });
  }
}

/** Saves the cloud after every change from now on; a new one at once, so that a file that cannot be written shows now. */
async function keep(
  cloud: Cloud,
  file: StateFile,
  restored: boolean,
  onError: (error: unknown) => void,
): Promise<Saver> {
  const snapshot = () => cloud.snapshot({ blobs: 'streamed' });
  if (restored) file.adopt(await snapshot());
  else await file.write(await snapshot());
  const saver = new Saver(async () => file.write(await snapshot()), onError);
  cloud.subscribe(() => saver.changed());
  return saver;
}

async function shut(server: HttpDoor, saver: Saver | undefined, file: StateFile | undefined): Promise<void> {
  await server.close();
  try {
    await saver?.stop();
  } finally {
    await file?.release();
  }
}
