/** Copies what is on a disk to where it shall be, piece by piece. Models `convert_do_copy` of `qemu-img.c`. */
import type { Concatenation } from './chain';
import { DiskError, isZero, strerror } from './source';

/** How much is read at once: `IO_BUF_SIZE`. */
const PIECE = 2 * 2 ** 20;

/** Where a copy goes. Offsets come in order. */
export interface Target {
  /** What is written at once; only the last may be shorter. */
  readonly clusterSize: number;
  write(offset: number, cluster: Uint8Array<ArrayBuffer>): void;
  /** Says that there are zeros, where the target would not read as zeros by itself. */
  writeZeros?(offset: number, length: number): void;
}

export interface CopyOptions {
  /** Writes zeros too. */
  allocateAll?: boolean;
  /** Copies only what the source itself has, and not what is in the image below it. */
  ownOnly?: boolean;
  /** Called for each piece with the share that is done, in percent. */
  progress?(percent: number): void;
  /** Called between pieces; throws to end the copy. */
  checkSignal?(): void;
}

/** Throws {@link DiskError} with QEMU's words for a source that cannot be read. */
export async function copyDisk(
  source: Concatenation,
  target: Target,
  options: CopyOptions = {},
): Promise<void> {
  const { clusterSize } = target;
  const { allocateAll = false, ownOnly = false, checkSignal } = options;
  const end = Number(source.length);
  const all = await allocatedBytes(source, options);
  let done = 0;
  for (let at = 0; at < end;) {
    checkSignal?.();
    const status = await source.status(at, ownOnly);
    const left = end - at;
    const empty = status.kind !== 'data' && !allocateAll;
    const whole = Math.floor(status.length / clusterSize) * clusterSize;
    if (empty && (whole > 0 || status.length >= left)) {
      const length = Math.min(whole || left, left);
      if (status.kind === 'zero' && target.writeZeros) target.writeZeros(at, length);
      at += length;
      continue;
    }
    const wanted = status.kind === 'data' || allocateAll ? Math.min(status.length, PIECE) : clusterSize;
    const length = Math.min(Math.max(Math.floor(wanted / clusterSize), 1) * clusterSize, left);
    if (status.kind === 'data' || allocateAll) {
      done += Math.min(length, status.length);
      options.progress?.((100 * done) / all);
    }
    const bytes = await reading(at, 'error while reading at byte', () => source.read(at, length));
    for (let i = 0; i < length; i += clusterSize) {
      const cluster = bytes.subarray(i, Math.min(i + clusterSize, length));
      if (allocateAll || !isZero(cluster)) target.write(at + i, cluster);
      else target.writeZeros?.(at + i, cluster.length);
    }
    at += length;
  }
}

/** How much there is to copy: for the progress, and to meet damage before anything is written. */
async function allocatedBytes(
  source: Concatenation,
  { allocateAll = false, ownOnly = false, checkSignal }: CopyOptions,
): Promise<number> {
  const end = Number(source.length);
  let bytes = 0;
  for (let at = 0; at < end;) {
    checkSignal?.();
    const { kind, length } = await reading(at, 'error while reading block status at offset', () =>
      source.status(at, ownOnly),
    );
    const count = Math.min(length, end - at);
    if (kind === 'data' || allocateAll) bytes += count;
    at += count;
  }
  return bytes;
}

async function reading<T>(offset: number, what: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    // what the driver itself said comes first
    const said = error.message === '' || error.message.startsWith(': ') ? '' : `${error.message}\n`;
    throw new DiskError(`${said}${what} ${offset}: ${strerror(error.errno)}`, error.errno);
  }
}
