const encoder = new TextEncoder();
const CRLF = encoder.encode('\r\n');

/** A part of a form. */
export interface Part {
  headers: Map<string, string>;
  /** To be read to its end, or left alone, before the next part is asked for. */
  body: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** The body does not begin with its boundary. `MimeInvalid`. */
export class MimeInvalid extends Error {
  override readonly name = 'MimeInvalid';
}

/**
 * The parts of a multipart body, as they come. `iter_multipart_mime_documents` of swift/common/utils.
 *
 * @throws {@link MimeInvalid}
 */
export async function* readParts(source: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const reader = new Reader(source);
  let first = await reader.line(CRLF);
  while (first === '') first = await reader.line(CRLF);
  if (first?.trim() !== `--${boundary}`) throw new MimeInvalid();
  const end = encoder.encode(`\r\n--${boundary}`);
  let follows: string | undefined;
  do {
    const headers = await readHeaders(reader);
    const body = reader.until(end);
    yield { headers, body };
    while ((await body.next()).done !== true);
    follows = await reader.text(2);
  } while (follows === '\r\n');
}

async function readHeaders(reader: Reader): Promise<Map<string, string>> {
  const headers = new Map<string, string>();
  for (
    let line = await reader.line(CRLF);
    line !== undefined && line !== '';
    line = await reader.line(CRLF)
  ) {
    const [, name, value] = /^([^\s:]+):\s*(.*)$/s.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers.set(name.toLowerCase(), value);
  }
  return headers;
}

/** `form-data; name="a"` as its parts. `parse_content_disposition` of swift/common/utils. */
export function parseDisposition(header: string): { value: string; attributes: Map<string, string> } {
  const [, value = '', rest = ''] = /^([^;]*)(?:;(.*))?$/s.exec(header) ?? [];
  const attributes = new Map<string, string>();
  const attribute = /(\w+)=(".*?"|[^";]+)(?:; ?|$)/y;
  const text = rest.trim();
  for (let found = attribute.exec(text); found !== null; found = attribute.exec(text))
    attributes.set(found[1] ?? '', (found[2] ?? '').replace(/^"+|"+$/g, ''));
  return { value: value.trim(), attributes };
}

/** No line of a form is longer. */
const MAX_LINE = 65_536;

/** Looks for bytes in pieces of any size. */
class Reader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array<ArrayBuffer> = new Uint8Array();
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Holds one more piece; false at the end. */
  async #more(): Promise<boolean> {
    const next = this.#ended ? undefined : await this.#source.next();
    if (next === undefined || next.done === true) {
      this.#ended = true;
      return false;
    }
    const held = new Uint8Array(this.#held.length + next.value.length);
    held.set(this.#held);
    held.set(next.value, this.#held.length);
    this.#held = held;
    return true;
  }

  #take(length: number): Uint8Array<ArrayBuffer> {
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  /** What comes before `mark`, which is taken away too, or before the end. */
  async *until(mark: Uint8Array): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    for (;;) {
      const at = indexOf(this.#held, mark);
      if (at !== -1) {
        if (at > 0) yield this.#take(at);
        this.#take(mark.length);
        return;
      }
      // the last bytes may be the beginning of the mark
      const sure = this.#held.length - mark.length + 1;
      if (sure > 0) yield this.#take(sure);
      if (await this.#more()) continue;
      if (this.#held.length > 0) yield this.#take(this.#held.length);
      return;
    }
  }

  /** The text up to `mark`, or up to the end; undefined there. */
  async line(mark: Uint8Array): Promise<string | undefined> {
    let at = indexOf(this.#held, mark);
    while (at === -1) {
      if (this.#held.length > MAX_LINE || (this.#ended && this.#held.length === 0)) return undefined;
      if (!(await this.#more())) return this.#held.length === 0 ? undefined : this.text(this.#held.length);
      at = indexOf(this.#held, mark);
    }
    const line = decode(this.#take(at));
    this.#take(mark.length);
    return line;
  }

  async text(length: number): Promise<string> {
    while (this.#held.length < length && (await this.#more()));
    return decode(this.#take(length));
  }
}

function indexOf(bytes: Uint8Array, mark: Uint8Array): number {
  const [first = 0] = mark;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
    if (at + mark.length <= bytes.length && mark.every((byte, offset) => bytes[at + offset] === byte))
      return at;
  return -1;
}

/** UTF-8, or else a character for each byte. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}
