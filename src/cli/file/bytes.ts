/** The start of a file, as the tests read it: beyond it stands nothing. */
export class Bytes {
  readonly #view: DataView;

  constructor(
    readonly data: Uint8Array,
    /** Length of the whole file. */
    readonly size = data.length,
  ) {
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  has(at: number, length: number): boolean {
    return at >= 0 && at + length <= this.data.length;
  }

  byte(at: number): number {
    return this.data[at] ?? 0;
  }

  le16(at: number): number {
    return this.has(at, 2) ? this.#view.getUint16(at, true) : 0;
  }

  be16(at: number): number {
    return this.has(at, 2) ? this.#view.getUint16(at) : 0;
  }

  le32(at: number): number {
    return this.has(at, 4) ? this.#view.getUint32(at, true) : 0;
  }

  be32(at: number): number {
    return this.has(at, 4) ? this.#view.getUint32(at) : 0;
  }

  le64(at: number): bigint {
    return this.has(at, 8) ? this.#view.getBigUint64(at, true) : 0n;
  }

  be64(at: number): bigint {
    return this.has(at, 8) ? this.#view.getBigUint64(at) : 0n;
  }

  /** Whether these characters stand there; each is a byte. */
  is(at: number, text: string): boolean {
    if (!this.has(at, text.length)) return false;
    for (let i = 0; i < text.length; i++) if (this.data[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** A C string, as `%s` shows it: to its end, the end of its line, or so many bytes. */
  text(at: number, most = 127): string {
    let text = '';
    for (let i = at; i < Math.min(at + most, this.data.length); i++) {
      const byte = this.byte(i);
      if (byte === 0 || byte === 10 || byte === 13) break;
      text += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
    }
    return text;
  }
}

/** A number as `%#x`, in at least so many digits. */
export function hex(value: number | bigint, digits = 1): string {
  return value === 0 || value === 0n
    ? '0'.padStart(digits, '0')
    : `0x${value.toString(16).padStart(digits, '0')}`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Seconds since 1970 as C's `asctime` writes them, in UTC. */
export function asctime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const time = date.toISOString().slice(11, 19);
  const day = String(date.getUTCDate()).padStart(2);
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${time} ${date.getUTCFullYear()}`;
}
