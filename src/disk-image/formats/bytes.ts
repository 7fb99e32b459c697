/**
 * Numbers and texts in a piece of a file. What lies beyond its end reads as zero, so that no header, however short,
 * makes a reader throw.
 */
export class Bytes {
  readonly #view: DataView;

  constructor(readonly data: Uint8Array) {
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  get length(): number {
    return this.data.length;
  }

  u8(at: number): number {
    return this.data[at] ?? 0;
  }

  u16(at: number): number {
    return this.#has(at, 2) ? this.#view.getUint16(at) : 0;
  }

  u32(at: number): number {
    return this.#has(at, 4) ? this.#view.getUint32(at) : 0;
  }

  u64(at: number): bigint {
    return this.#has(at, 8) ? this.#view.getBigUint64(at) : 0n;
  }

  u16le(at: number): number {
    return this.#has(at, 2) ? this.#view.getUint16(at, true) : 0;
  }

  u32le(at: number): number {
    return this.#has(at, 4) ? this.#view.getUint32(at, true) : 0;
  }

  u64le(at: number): bigint {
    return this.#has(at, 8) ? this.#view.getBigUint64(at, true) : 0n;
  }

  slice(at: number, length: number): Bytes {
    const from = Math.min(Math.max(at, 0), this.length);
    return new Bytes(this.data.subarray(from, Math.min(from + Math.max(length, 0), this.length)));
  }

  /** Text of one byte a character, up to the first NUL. */
  text(at: number, length: number): string {
    const { data } = this.slice(at, length);
    const end = data.indexOf(0);
    return new TextDecoder('latin1').decode(end === -1 ? data : data.subarray(0, end));
  }

  /** UTF-8 up to the first NUL; what is no UTF-8 becomes U+FFFD. */
  utf8(at: number, length: number): string {
    const { data } = this.slice(at, length);
    const end = data.indexOf(0);
    return new TextDecoder().decode(end === -1 ? data : data.subarray(0, end));
  }

  /** Little-endian UTF-16 up to the first NUL. */
  utf16(at: number, length: number): string {
    return new TextDecoder('utf-16le').decode(this.slice(at, length).data).split('\0', 1)[0] ?? '';
  }

  /** Whether these bytes, or this text of one byte a character, stand here. */
  is(at: number, expected: string | readonly number[]): boolean {
    const bytes = typeof expected === 'string' ? [...expected].map((char) => char.charCodeAt(0)) : expected;
    return this.#has(at, bytes.length) && bytes.every((byte, i) => this.data[at + i] === byte);
  }

  /** Sixteen bytes as a UUID, in the order in which they stand. */
  uuid(at: number): string {
    return dashed(Array.from({ length: 16 }, (_, i) => hex(this.u8(at + i), 2)).join(''));
  }

  /** A GUID as Microsoft stores it: three little-endian numbers, then eight bytes. */
  guid(at: number): string {
    const tail = Array.from({ length: 8 }, (_, i) => hex(this.u8(at + 8 + i), 2)).join('');
    return dashed(hex(this.u32le(at), 8) + hex(this.u16le(at + 4), 4) + hex(this.u16le(at + 6), 4) + tail);
  }

  #has(at: number, length: number): boolean {
    return at >= 0 && at + length <= this.data.length;
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function dashed(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
