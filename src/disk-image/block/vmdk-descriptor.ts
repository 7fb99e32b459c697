/** The text that describes a VMDK disk, read as QEMU's `block/vmdk.c` reads it: by `strstr` and `sscanf`. */
import { DiskError, SECTOR, sectorsOf, type ByteSource } from './source';

/** How much QEMU reads of the descriptor when it looks for ids and the parent. */
const DESC_SIZE = 20 * SECTOR;
const MAX_DESC = 2 ** 20 - 1;

/** One line such as `RW 131072 FLAT "disk-flat.vmdk" 0`. */
export interface ExtentLine {
  sectors: number;
  type: string;
  filename: string;
  /** In bytes; of FLAT and VMFS. */
  offset: number;
}

/** The descriptor at `offset`, up to its first zero byte. */
export async function readDescriptor(source: ByteSource, offset: number): Promise<string> {
  const size = sectorsOf(source) * SECTOR;
  if (size < 4) throw new DiskError('File is too small, not a valid image');
  return latin1(await source.read(offset, Math.min(size, MAX_DESC)));
}

/** The part in which QEMU looks for ids and the parent. */
export async function readDescriptorStart(source: ByteSource, offset: number): Promise<string> {
  return latin1(await source.read(offset, DESC_SIZE));
}

function latin1(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder('latin1').decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/** The quoted value after `name=`; undefined when it is missing or longer than `room`. */
export function quotedValue(text: string, name: string, room: number): string | undefined {
  const at = text.indexOf(name);
  if (at === -1) return undefined;
  const start = at + name.length + 2;
  const end = text.indexOf('"', start);
  if (start >= text.length || end === -1 || end - start + 1 > room) return undefined;
  return text.slice(start, end);
}

/** The hexadecimal number after `name=`; undefined when there is no such name. Throws when it is no number. */
export function contentId(text: string, name: 'CID' | 'parentCID'): number | undefined {
  const at = text.indexOf(`${name}=`);
  if (at === -1) return undefined;
  const match = /^\s*[+-]?(?:0x)?([0-9a-f]+)/i.exec(text.slice(at + name.length + 1));
  if (!match) throw new DiskError('', 'EINVAL');
  const value = BigInt(`0x${match[1]}`);
  return Number(value > 0xffff_ffff_ffff_ffffn ? 0xffff_ffffn : BigInt.asUintN(32, value));
}

const LINE = /^\s*(\S{1,10})\s*([+-]?\d+)\s*(\S{1,10})\s*"([^\n\r"]{1,511})"(?:\s*([+-]?\d+))?/;

/** The lines that name files. Throws with the line when one of them makes no sense. */
export function extentLines(text: string): ExtentLine[] {
  const lines: ExtentLine[] = [];
  for (const line of text.split('\n')) {
    const match = LINE.exec(line);
    if (!match || match[1] !== 'RW') continue;
    const [, , sectors = '', type = '', filename = '', offset] = match;
    const invalid = new DiskError(`Invalid extent line: ${line}`);
    if (type === 'FLAT') {
      if (offset === undefined || Number(offset) < 0) throw invalid;
    } else if (offset !== undefined) throw invalid;
    if (Number(sectors) <= 0 || !['FLAT', 'SPARSE', 'VMFS', 'VMFSSPARSE', 'SESPARSE'].includes(type))
      continue;
    lines.push({ sectors: Number(sectors), type, filename, offset: Number(offset ?? 0) * SECTOR });
  }
  return lines;
}

/** The path of a file that another file names. */
export function beside(filename: string, other: string): string {
  return other.startsWith('/') ? other : filename.slice(0, filename.lastIndexOf('/') + 1) + other;
}
