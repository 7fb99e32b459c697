/** Archives and compressed files. Models magic/Magdir/compress and archive, and is_tar.c of file 5.46. */
import { asctime, type Bytes } from './bytes';
import type { Kind } from './kind';

export const ARCHIVES: readonly Kind[] = [
  { mime: 'application/x-tar', describe: tar },
  { mime: 'application/gzip', describe: gzip },
  { mime: 'application/x-xz', describe: xz },
  { mime: 'application/zstd', describe: zstd },
  { mime: 'application/x-bzip2', describe: bzip2 },
  { mime: 'application/x-cpio', describe: cpio },
];

function tar(bytes: Bytes): string | undefined {
  if (!bytes.has(0, 512)) return undefined;
  const octal = /^ *([0-7]*)/.exec(String.fromCharCode(...bytes.data.subarray(148, 156)))?.[1];
  if (octal === undefined || octal === '') return undefined;
  let sum = 8 * 32;
  for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += bytes.byte(at);
  if (sum !== parseInt(octal, 8)) return undefined;
  if (bytes.is(257, 'ustar  \0')) return 'POSIX tar archive (GNU)';
  return bytes.is(257, 'ustar\0') ? 'POSIX tar archive' : 'tar archive';
}

const SYSTEMS = [
  'FAT filesystem (MS-DOS, OS/2, NT)',
  'Amiga',
  'VMS',
  'Unix',
  'VM/CMS',
  'Atari',
  'HPFS filesystem (OS/2, NT)',
  'MacOS',
  'Z-System',
  'CP/M',
  'TOPS/20',
  'NTFS filesystem (NT)',
  'QDOS',
  'Acorn RISCOS',
];

function gzip(bytes: Bytes): string | undefined {
  if (!bytes.is(0, '\x1f\x8b')) return undefined;
  const [method, flags] = [bytes.byte(2), bytes.byte(3)];
  let text = 'gzip compressed data';
  if (method < 8) text += ', reserved method';
  if (method > 8) text += ', unknown method';
  if ((flags & 0x01) !== 0) text += ', ASCII';
  if ((flags & 0x02) !== 0) text += ', has CRC';
  if ((flags & 0x04) !== 0) text += ', extra field';
  if ((flags & 0x0c) === 0x08) text += `, was "${bytes.text(10)}"`;
  if ((flags & 0x10) !== 0) text += ', has comment';
  if ((flags & 0x20) !== 0) text += ', encrypted';
  const modified = bytes.le32(4) | 0;
  if (modified > 0) text += `, last modified: ${asctime(modified)}`;
  if (bytes.byte(8) === 2) text += ', max compression';
  if (bytes.byte(8) === 4) text += ', max speed';
  const system = bytes.has(9, 1) ? SYSTEMS[bytes.byte(9)] : undefined;
  if (system !== undefined) text += `, from ${system}`;
  return bytes.size >= 4 && bytes.size === bytes.data.length
    ? `${text}, original size modulo 2^32 ${bytes.le32(bytes.size - 4)}`
    : text;
}

const XZ_CHECKS: Readonly<Record<number, string>> = { 0: 'NONE', 1: 'CRC32', 4: 'CRC64', 10: 'SHA-256' };

function xz(bytes: Bytes): string | undefined {
  if (!bytes.is(0, '\xfd7zXZ\0')) return undefined;
  const check = XZ_CHECKS[bytes.byte(7) & 0xf];
  return `XZ compressed data, checksum${check === undefined ? '' : ` ${check}`}`;
}

function zstd(bytes: Bytes): string | undefined {
  if (!bytes.is(0, '\x28\xb5\x2f\xfd')) return undefined;
  const flags = bytes.byte(4);
  const at = (flags & 0x20) === 0 ? 6 : 5;
  const id = ['None', bytes.byte(at), bytes.le16(at), bytes.le32(at)][flags & 3] ?? '';
  return `Zstandard compressed data (v0.8+), Dictionary ID: ${id}`;
}

function bzip2(bytes: Bytes): string | undefined {
  if (!bytes.is(0, 'BZh')) return undefined;
  const size = bytes.byte(3);
  return `bzip2 compressed data${size > 47 && size < 128 ? `, block size = ${String.fromCharCode(size)}00k` : ''}`;
}

const CPIO: Readonly<Record<string, string>> = {
  '070707': 'pre-SVR4 or odc',
  '070701': 'SVR4 with no CRC',
  '070702': 'SVR4 with CRC',
};

function cpio(bytes: Bytes): string | undefined {
  const version = CPIO[bytes.text(0, 6)];
  return version === undefined ? undefined : `ASCII cpio archive (${version})`;
}
