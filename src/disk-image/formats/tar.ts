import type { Bytes } from './bytes';

export const TAR_BLOCK = 512;

/** A member of a tar archive. */
export interface TarMember {
  name: string;
  /** Bytes of its content. */
  size: number;
  /** `0` file, `2` symbolic link, `5` folder, `x` and `g` extended headers, `L` a long name … */
  type: string;
  /** Where its content starts, counted from the header. */
  contentAt: number;
}

/** Reads one header; `undefined` if there is none, as at the archive's end. */
export function readTarHeader(header: Bytes): TarMember | undefined {
  if (header.length < TAR_BLOCK || header.u8(0) === 0 || !checksumOk(header)) return undefined;
  const ustar = header.is(257, 'ustar');
  const prefix = ustar && header.is(257, 'ustar\0') ? header.utf8(345, 155) : '';
  const name = header.utf8(0, 100);
  const size = tarNumber(header, 124, 12);
  if (!Number.isSafeInteger(size)) return undefined;
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type: header.text(156, 1) || '0',
    contentAt: TAR_BLOCK,
  };
}

/** Octal digits, or for what is too large for them a binary number with the top bit set. */
function tarNumber(header: Bytes, at: number, length: number): number {
  if ((header.u8(at) & 0x80) === 0) {
    const digits = header.text(at, length).trim();
    return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN;
  }
  let value = header.u8(at) & 0x7f;
  for (let i = 1; i < length; i++) value = value * 256 + header.u8(at + i);
  return value;
}

function checksumOk(header: Bytes): boolean {
  let sum = 0;
  for (let i = 0; i < TAR_BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : header.u8(i);
  return sum === tarNumber(header, 148, 8);
}
