/** Makes a raw file of pieces in order. */
import { zeros } from './zeros';

/** How many bytes of pieces are put together. */
const PART = 4 * 2 ** 20;

export class RawWriter {
  readonly clusterSize = 65536;
  readonly #parts: Blob[] = [];
  #open: Uint8Array<ArrayBuffer>[] = [];
  #openBytes = 0;
  #end = 0;

  constructor(private readonly size: bigint) {}

  write(offset: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#fill(offset);
    this.#open.push(bytes);
    this.#openBytes += bytes.length;
    this.#end += bytes.length;
    if (this.#openBytes >= PART) this.#flush();
  }

  finish(): Blob[] {
    this.#fill(Number(this.size));
    this.#flush();
    return this.#parts;
  }

  #fill(offset: number): void {
    if (offset <= this.#end) return;
    this.#flush();
    this.#parts.push(zeros(offset - this.#end));
    this.#end = offset;
  }

  #flush(): void {
    if (this.#open.length > 0) this.#parts.push(new Blob(this.#open));
    this.#open = [];
    this.#openBytes = 0;
  }
}
