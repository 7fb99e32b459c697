import { Bytes } from './formats/bytes';

/** What can be looked into: a `Blob` or `File` of a browser, what `fs.openAsBlob` gives in Node, or a stand-in. */
export interface Sliceable {
  /** Length in bytes. */
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** However long a file is and whatever it says, no more of it is read than this: 4 MiB. */
export const MAX_BYTES_READ = 4 * 1024 ** 2;

const PAGE = 4096;

/**
 * Reads here and there in a file, each page of 4 KiB once, and {@link MAX_BYTES_READ} at most. What lies beyond the
 * end or beyond that limit is simply not there.
 */
export class BoundedReader {
  readonly #pages = new Map<number, Uint8Array>();
  #bytesRead = 0;
  #exhausted = false;

  constructor(
    readonly source: Sliceable,
    readonly limit = MAX_BYTES_READ,
  ) {}

  get size(): number {
    return this.source.size;
  }

  /** Bytes that were asked of the file so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** Whether the limit kept something from being read. */
  get exhausted(): boolean {
    return this.#exhausted;
  }

  /** The bytes from `offset` on: as many as wanted, or fewer if the file or the limit ends before. */
  async read(offset: number | bigint, length: number): Promise<Bytes> {
    const at = Number(offset);
    if (!(at >= 0 && at < this.size) || length <= 0) return new Bytes(new Uint8Array(0));
    const end = Math.min(at + length, this.size);
    const first = Math.floor(at / PAGE);
    const last = Math.floor((end - 1) / PAGE);
    for (let page = first; page <= last;) page = await this.#load(page, last);
    return new Bytes(this.#copy(at, end));
  }

  /** Loads this page and those after it that are not there yet; answers the first page that it did not look at. */
  async #load(page: number, last: number): Promise<number> {
    if (this.#pages.has(page)) return page + 1;
    let next = page + 1;
    while (next <= last && !this.#pages.has(next)) next++;
    const start = page * PAGE;
    const room = Math.floor((this.limit - this.#bytesRead) / PAGE) * PAGE;
    const end = Math.min(next * PAGE, this.size, start + room);
    if (end < Math.min(next * PAGE, this.size)) this.#exhausted = true;
    if (end <= start) return last + 1;
    const bytes = new Uint8Array(await this.source.slice(start, end).arrayBuffer());
    this.#bytesRead += end - start;
    for (let at = 0; at < bytes.length; at += PAGE)
      this.#pages.set(page + at / PAGE, bytes.subarray(at, at + PAGE));
    return this.#exhausted ? last + 1 : next;
  }

  /** What is there, up to the first page that is not. */
  #copy(at: number, end: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let position = at;
    while (position < end) {
      const page = Math.floor(position / PAGE);
      const part = this.#pages.get(page)?.subarray(position - page * PAGE, end - page * PAGE);
      if (part === undefined || part.length === 0) break;
      parts.push(part);
      position += part.length;
    }
    const joined = new Uint8Array(position - at);
    let to = 0;
    for (const part of parts) {
      joined.set(part, to);
      to += part.length;
    }
    return joined;
  }
}

/** A part of a file as a file of its own, such as the disk in an archive; what is read of it counts to the same limit. */
export function partOf(reader: BoundedReader, offset: number, size: number): Sliceable {
  const length = Math.max(Math.min(size, reader.size - offset), 0);
  return {
    size: length,
    slice: (from, to) => ({
      arrayBuffer: async () => {
        const { data } = await reader.read(offset + from, Math.min(to, length) - from);
        return new Uint8Array(data).buffer;
      },
    }),
  };
}
