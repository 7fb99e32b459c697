/** A disk together with those below it. Models `bdrv_block_status_above` and reading through backing files. */
import type { BlockStatus, Disk } from './disk';

/** What a disk's user sees at `offset`, wherever in the chain it comes from. */
export async function statusAbove(disk: Disk, offset: number): Promise<BlockStatus & { depth: number }> {
  let left = Number.MAX_SAFE_INTEGER;
  let depth = 0;
  for (let layer: Disk | undefined = disk; layer !== undefined; layer = layer.backing, depth++) {
    const size = Number(layer.length);
    // a disk may be larger than the one below: zeros
    if (offset >= size) return { kind: 'zero', length: left, depth: Math.max(depth - 1, 0) };
    const status = await layer.status(offset);
    left = Math.min(left, status.length, size - offset);
    if (status.kind !== 'unallocated') return { ...status, length: left, depth };
  }
  return { kind: 'unallocated', length: left, depth: depth - 1 };
}

/** Bytes as a disk's user sees them. */
export async function readAbove(
  disk: Disk,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const first = await statusAbove(disk, offset);
  const layerAt = (depth: number) => {
    let layer = disk;
    for (let i = 0; i < depth && layer.backing; i++) layer = layer.backing;
    return layer;
  };
  if (first.kind === 'data' && first.length >= length) return layerAt(first.depth).read(offset, length);
  const result = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const status = done === 0 ? first : await statusAbove(disk, offset + done);
    const count = Math.min(status.length, length - done);
    if (status.kind === 'data') result.set(await layerAt(status.depth).read(offset + done, count), done);
    done += count;
  }
  return result;
}

/** Several disks one after the other, as `qemu-img convert A B …` sees them. */
export class Concatenation {
  readonly length: bigint;

  constructor(private readonly disks: readonly Disk[]) {
    this.length = disks.reduce((sum, { length }) => sum + length, 0n);
  }

  async status(offset: number, ownOnly: boolean): Promise<BlockStatus> {
    const { disk, within } = this.#find(offset);
    const status = ownOnly ? await disk.status(within) : await statusAbove(disk, within);
    return { ...status, length: Math.min(status.length, Number(disk.length) - within) };
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const result = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const { disk, within } = this.#find(offset + done);
      const count = Math.min(length - done, Number(disk.length) - within);
      const bytes = await readAbove(disk, within, count);
      if (count === length) return bytes;
      result.set(bytes, done);
      done += count;
    }
    return result;
  }

  #find(offset: number): { disk: Disk; within: number } {
    let within = offset;
    for (const disk of this.disks) {
      if (within < disk.length) return { disk, within };
      within -= Number(disk.length);
    }
    throw new RangeError('past the end of the disk');
  }
}
