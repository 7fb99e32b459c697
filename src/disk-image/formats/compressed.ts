import type { Bytes } from './bytes';

/** What is packed around a file, by its first bytes. */
export type Compression = 'gzip' | 'xz' | 'zstd' | 'bzip2';

export function compressionOf(head: Bytes): Compression | undefined {
  if (head.is(0, [0x1f, 0x8b, 8])) return 'gzip';
  if (head.is(0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])) return 'xz';
  if (head.is(0, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  if (head.is(0, 'BZh') && head.is(4, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])) return 'bzip2';
  return undefined;
}

/** Where the content of a gzip file starts, and the name it had; RFC 1952. */
export function readGzipHeader(head: Bytes): { start: number; name: string | undefined } {
  const flags = head.u8(3);
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + head.u16le(at);
  let name: string | undefined;
  if ((flags & 8) !== 0) {
    name = head.text(at, 1024);
    at += name.length + 1;
  }
  if ((flags & 16) !== 0) at += head.text(at, 1024).length + 1;
  if ((flags & 2) !== 0) at += 2;
  return { start: at, name };
}

/** Bytes of the content, if the frame says; RFC 8878. */
export function zstdContentSize(head: Bytes): bigint | undefined {
  const descriptor = head.u8(4);
  const sizeFlag = descriptor >> 6;
  const single = (descriptor & 0x20) !== 0;
  const at = 5 + (single ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  if (sizeFlag === 0) return single ? BigInt(head.u8(at)) : undefined;
  if (sizeFlag === 1) return BigInt(head.u16le(at)) + 256n;
  return sizeFlag === 2 ? BigInt(head.u32le(at)) : head.u64le(at);
}

/** How long the index at the end of an xz file is, from its last 12 bytes; the format's specification, 2.1.2. */
export function xzIndexSize(footer: Bytes): number | undefined {
  if (footer.length < 12 || !footer.is(10, 'YZ')) return undefined;
  return (footer.u32le(4) + 1) * 4;
}

/** Bytes of the content by the index of an xz file. */
export function xzContentSize(index: Bytes): bigint | undefined {
  let at = 1;
  const next = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 63n; shift += 7n) {
      const byte = index.u8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  if (index.length < 8 || index.u8(0) !== 0) return undefined;
  const records = next();
  let sum = 0n;
  for (let i = 0n; i < records; i++) {
    if (at >= index.length) return undefined;
    next();
    sum += next();
  }
  return sum;
}
