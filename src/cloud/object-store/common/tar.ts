/** An archive that is none, or ends too early. */
export class TarError extends Error {
  override readonly name = 'TarError';
}

export interface TarFile {
  name: string;
  size: number;
  /** Extended headers: attributes of the file. */
  pax: ReadonlyMap<string, string>;
  /** To be read before the next file is asked for; what is left is skipped. */
  body: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

const BLOCK = 512;
const decoder = new TextDecoder();

/** The plain files of an archive, one after the other as they come. @throws {@link TarError} */
export async function* readTar(
  source: AsyncIterable<Uint8Array>,
  gzip: boolean,
): AsyncGenerator<TarFile, void> {
  const reader = new Reader(gzip ? gunzip(source) : source);
  let longName: string | undefined;
  let pax = new Map<string, string>();
  let isFirst = true;
  for (;;) {
    const header = await reader.read(BLOCK);
    if (header.length === 0 && isFirst) throw new TarError('empty file');
    if (header.length < BLOCK) {
      if (isFirst) throw new TarError('truncated header');
      return;
    }
    if (header.every((byte) => byte === 0)) {
      if (isFirst) await reader.skip(Infinity);
      return;
    }
    if (!hasChecksum(header)) throw new TarError(isFirst ? 'invalid header' : 'bad checksum');
    isFirst = false;
    const size = number(header, 124, 12);
    const type = String.fromCharCode(header[156] ?? 0);
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L' || type === 'x' || type === 'g' || type === 'K') {
      const data = (await reader.read(padded)).subarray(0, size);
      if (type === 'L') longName = text(data, 0, data.length);
      else if (type === 'x') pax = paxRecords(data);
      continue;
    }
    const prefix = text(header, 257, 6).startsWith('ustar') ? text(header, 345, 155) : '';
    const short = [prefix, text(header, 0, 100)].filter(Boolean).join('/');
    const file = {
      name: pax.get('path') ?? longName ?? short,
      size: Number(pax.get('size') ?? size),
      pax,
      body: reader.part(size),
    };
    const end = reader.position + padded;
    if (type === '0' || type === '\0' || type === '7') yield file;
    await reader.skip(end - reader.position);
    longName = undefined;
    pax = new Map();
  }
}

async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const packed = source[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await packed.next();
      if (next.done === true) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
  }).pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  for (;;) {
    const next = await reader.read().catch(() => {
      throw new TarError('not a gzip file');
    });
    if (next.done) return;
    yield next.value;
  }
}

/** Reads so many bytes from pieces of any size. */
class Reader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();
  position = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next piece, of at most so many bytes; nothing at the end. */
  async #piece(most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done === true) return undefined;
      this.#rest = next.value;
    }
    const piece = this.#rest.slice(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    this.position += piece.length;
    return piece;
  }

  /** As many as there are, if there are fewer. */
  async read(length: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    let held = 0;
    while (held < length) {
      const piece = await this.#piece(length - held);
      if (piece === undefined) break;
      pieces.push(piece);
      held += piece.length;
    }
    const bytes = new Uint8Array(held);
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  async *part(length: number): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    for (let left = length; left > 0;) {
      const piece = await this.#piece(left);
      if (piece === undefined) throw new TarError('unexpected end of data');
      left -= piece.length;
      yield piece;
    }
  }

  async skip(length: number): Promise<void> {
    for (let left = length; left > 0;) {
      const piece = await this.#piece(Math.min(left, 65536));
      if (piece === undefined) return;
      left -= piece.length;
    }
  }
}

function text(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return decoder.decode(end === -1 ? field : field.subarray(0, end));
}

/** Octal digits, or base 256 where the first bit is set. */
function number(bytes: Uint8Array, start: number, length: number): number {
  const field = bytes.subarray(start, start + length);
  if ((field[0] ?? 0) & 0x80) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  const digits = text(bytes, start, length).trim();
  if (!/^[0-7]*$/.test(digits)) throw new TarError('invalid header');
  return digits === '' ? 0 : parseInt(digits, 8);
}

function hasChecksum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  return /^[0-7 ]*$/.test(text(header, 148, 8)) && sum === parseInt(text(header, 148, 8).trim() || '-1', 8);
}

/** Lines such as `12 path=abc\n`. */
function paxRecords(data: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < data.length;) {
    const space = data.indexOf(0x20, at);
    const length = Number(decoder.decode(data.subarray(at, space)));
    if (space === -1 || !Number.isInteger(length) || length < 1) break;
    const [key = '', ...value] = decoder.decode(data.subarray(space + 1, at + length - 1)).split('=');
    records.set(key, value.join('='));
    at += length;
  }
  return records;
}
