import { fromBase64 } from '../base64';

/** A piece of an image: bytes as they arrived, or a Blob that a browser's database gave back. */
type Part = Uint8Array<ArrayBuffer> | Blob;

/** The content of one image: its bytes as the pieces in which they arrived, never joined. */
export class ImageData {
  #parts: Part[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @param blob is kept as it is, and read when somebody downloads the image. */
  static fromBlob(blob: Blob): ImageData {
    const data = new ImageData();
    data.#parts.push(blob);
    data.#size = blob.size;
    return data;
  }

  /** @throws if `text` is no base64. */
  static fromBase64(text: string): ImageData {
    const data = new ImageData();
    const step = 4 * 65536;
    for (let at = 0; at < text.length; at += step) {
      data.append(fromBase64(text.slice(at, at + step)));
    }
    return data;
  }

  /** Keeps the chunk itself, unless it is a window into a bigger buffer that it would hold in memory. */
  append(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#size += chunk.length;
    const { buffer } = chunk;
    const own = buffer instanceof ArrayBuffer && buffer.byteLength === chunk.byteLength;
    this.#parts.push(own ? new Uint8Array(buffer) : chunk.slice());
  }

  /** The bytes from `start` up to `end`, piece by piece. */
  async *chunks(start = 0, end = this.#size): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    let position = 0;
    for (const part of this.#parts) {
      const length = part instanceof Blob ? part.size : part.length;
      const from = Math.max(start - position, 0);
      const to = Math.min(end - position, length);
      if (from < to) {
        if (part instanceof Blob) yield* blobChunks(part.slice(from, to));
        else yield part.subarray(from, to);
      }
      position += length;
      if (position >= end) return;
    }
  }

  /** The same as a stream; nothing is read before somebody asks for it. */
  stream(start = 0, end = this.#size): ReadableStream<Uint8Array<ArrayBuffer>> {
    const chunks = this.chunks(start, end);
    return new ReadableStream(
      {
        async pull(controller) {
          const next = await chunks.next();
          if (next.done === true) controller.close();
          else controller.enqueue(next.value);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Everything as one Blob, which from then on is the only copy: a browser may keep it on disk. */
  toBlob(): Blob {
    const [only] = this.#parts;
    if (this.#parts.length === 1 && only instanceof Blob) return only;
    const blob = new Blob(this.#parts);
    this.#parts = [blob];
    return blob;
  }

  async toBase64(): Promise<string> {
    // whole groups of three bytes, so that the texts can be joined
    const group = new Uint8Array(3 * 8192);
    let held = 0;
    const texts: string[] = [];
    for await (const chunk of this.chunks()) {
      for (let at = 0; at < chunk.length;) {
        const take = Math.min(group.length - held, chunk.length - at);
        group.set(chunk.subarray(at, at + take), held);
        held += take;
        at += take;
        if (held < group.length) continue;
        texts.push(btoa(String.fromCharCode(...group)));
        held = 0;
      }
    }
    texts.push(btoa(String.fromCharCode(...group.subarray(0, held))));
    return texts.join('');
  }
}

async function* blobChunks(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const reader = blob.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
