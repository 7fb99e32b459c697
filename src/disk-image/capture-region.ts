/**
 * A stretch of a file worth keeping while the file streams by: `length` bytes from `offset` on.
 * Modelled on `CaptureRegion` of `oslo_utils/imageutils/format_inspector.py`.
 */
export class CaptureRegion {
  #data = new Uint8Array(0);
  readonly #minLength: number | undefined;

  /** @param minLength the region counts as complete from this many bytes on, and takes no more. */
  constructor(
    readonly offset: number,
    readonly length: number,
    minLength?: number,
  ) {
    this.#minLength = minLength;
  }

  /** What has been kept so far. */
  get data(): Uint8Array {
    return this.#data;
  }

  get complete(): boolean {
    return this.#minLength === undefined
      ? this.#data.length === this.length
      : this.#data.length >= this.#minLength;
  }

  /** @param position where in the file `chunk` starts. */
  capture(chunk: Uint8Array, position: number): void {
    if (this.complete) return;
    const from = this.offset + this.#data.length - position;
    if (from < 0 || from >= chunk.length) return;
    this.#data = concat(this.#data, chunk.subarray(from, from + this.length - this.#data.length));
  }

  /** Where in the file the first byte stands that is not here yet; `undefined` for the end of a file, wherever that is. */
  get missing(): number | undefined {
    return this.offset + this.#data.length;
  }

  /** Bytes pass that are not shown. */
  skip(): void {}

  finish(): void {}
}

/** The last `length` bytes of a file; complete once the file has ended. */
export class EndCaptureRegion extends CaptureRegion {
  #tail = new Uint8Array(0);
  #finished = false;

  constructor(length: number) {
    super(0, length);
  }

  override get data(): Uint8Array {
    return this.#tail;
  }

  override get complete(): boolean {
    return this.#finished && this.#tail.length === this.length;
  }

  override capture(chunk: Uint8Array): void {
    const joined = chunk.length >= this.length ? chunk : concat(this.#tail, chunk);
    this.#tail = joined.slice(-this.length);
  }

  override get missing(): undefined {
    return undefined;
  }

  /** What was the end so far is not the end of the file. */
  override skip(): void {
    this.#tail = new Uint8Array(0);
  }

  override finish(): void {
    this.#finished = true;
  }
}

export function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
