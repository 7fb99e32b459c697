/** What a machine starts from: partitions, discs, file systems, kernels. Models magic/Magdir/filesystems and linux of file 5.46. */
import { hex, type Bytes } from './bytes';
import type { Kind } from './kind';

export const BOOT: readonly Kind[] = [
  { mime: 'application/x-iso9660-image', describe: iso },
  { mime: 'application/x-linux-kernel', describe: kernel },
  { mime: 'application/octet-stream', describe: ext },
  { mime: 'application/octet-stream', describe: bootSector },
];

function iso(bytes: Bytes): string | undefined {
  if (!bytes.is(32769, 'CD001')) return undefined;
  let text = 'ISO 9660 CD-ROM filesystem data';
  if (bytes.le16(0x1fe) === 0xaa55) text += ' (DOS/MBR boot sector)';
  const label = bytes.text(32808, 32);
  if (label !== '') text += ` '${label.trim()}'`;
  if (bytes.is(34816, '\0CD001\x01EL TORITO SPECIFICATION')) text += ' (bootable)';
  return text;
}

/** With its partitions; a GUID table lies behind it and is not looked for. */
function bootSector(bytes: Bytes): string | undefined {
  if (!bytes.is(0x1fe, '\x55\xaa')) return undefined;
  let text = 'DOS/MBR boot sector';
  const flag = bytes.byte(446);
  if (!bytes.is(0, 'RRaA') && !bytes.is(0, '\r\n') && (flag === 0 || flag > 0x7f))
    for (let number = 1; number <= 4; number++) text += partition(bytes, number);
  if (
    bytes.byte(3) === 0 &&
    flag === 0 &&
    bytes.byte(450) > 0 &&
    bytes.byte(482) === 0 &&
    bytes.byte(498) === 0
  )
    text += EXTENDED[bytes.byte(466)] ?? '';
  return text;
}

const EXTENDED: Readonly<Record<number, string>> = {
  0x00: ', extended partition table (last)',
  0x05: ', extended partition table',
  0x0f: ', extended partition table (LBA)',
};

function partition(bytes: Bytes, number: number): string {
  const at = 430 + 16 * number;
  const flag = bytes.byte(at);
  if (bytes.byte(at + 4) === 0 || (flag !== 0 && flag <= 0x7f)) return '';
  let text = `; partition ${number} : ID=${hex(bytes.byte(at + 4))}`;
  if ((flag & 0x80) !== 0) text += ', active';
  if (flag > 0x80) text += ` ${hex(flag)}`;
  text += `, start-CHS (${place(bytes, at + 1)}), end-CHS (${place(bytes, at + 5)})`;
  return `${text}, startsector ${bytes.le32(at + 8)}, ${bytes.le32(at + 12)} sectors`;
}

/** Cylinder, head and sector. */
function place(bytes: Bytes, at: number): string {
  const high = bytes.byte(at + 1) >> 6;
  return `0x${high === 0 ? '' : high}${bytes.byte(at + 2).toString(16)},${bytes.byte(at)},${bytes.byte(at + 1) & 0x3f}`;
}

function ext(bytes: Bytes): string | undefined {
  if (bytes.le16(0x438) !== 0xef53) return undefined;
  const [compatible, incompatible, readOnly] = [bytes.le32(0x45c), bytes.le32(0x460), bytes.le32(0x464)];
  const state = bytes.le16(0x43a);
  const signed = (value: number, bits: 16 | 32) => (bits === 16 ? (value << 16) >> 16 : value | 0);
  let text = `Linux rev ${signed(bytes.le32(0x44c), 32)}.${signed(bytes.le16(0x43e), 16)}`;
  if ((compatible & 4) === 0)
    text += ` ext2 filesystem data${(state & 1) === 0 ? ' (mounted or unclean)' : ''}`;
  else if (signed(incompatible, 32) < 0x40) text += ` ext${signed(readOnly, 32) < 8 ? 3 : 4} filesystem data`;
  else text += ' ext4 filesystem data';
  const digits = [...bytes.data.subarray(0x468, 0x478)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  text += `, UUID=${digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
  const name = bytes.text(0x478);
  if (name !== '') text += `, volume name "${name}"`;
  if ((incompatible & 4) !== 0) text += ' (needs journal recovery)';
  if ((state & 2) !== 0) text += ' (errors)';
  if ((incompatible & 1) !== 0) text += ' (compressed)';
  if ((incompatible & 0x40) !== 0) text += ' (extents)';
  if ((incompatible & 0x80) !== 0) text += ' (64bit)';
  if ((readOnly & 2) !== 0) text += ' (large files)';
  return (readOnly & 8) === 0 ? text : `${text} (huge files)`;
}

const COMPRESSIONS: Readonly<Record<number, string>> = {
  0x1f8b: 'gzip',
  0x1f9e: 'gzip',
  0x425a: 'bzip2',
  0x5d00: 'LZMA',
  0xfd37: 'XZ',
  0x0221: 'LZ4',
  0x28b5: 'ZST',
};

function kernel(bytes: Bytes): string | undefined {
  if (!bytes.is(514, 'HdrS')) return undefined;
  if (!bytes.is(510, '\x55\xaa')) return 'Linux kernel';
  const protocol = bytes.le16(518);
  const items: string[] = [];
  if (protocol > 0x1ff) {
    const big = (bytes.byte(529) & 1) !== 0;
    const version = bytes.le16(526) > 0 ? bytes.text(bytes.le16(526) + 0x200) : '';
    items.push(`${big ? 'bzImage' : 'zImage'}`, ...(version === '' ? [] : [`version ${version}`]));
  }
  const root = bytes.le16(498);
  if (root <= 1) items.push(root === 1 ? 'RO-rootFS' : 'RW-rootFS');
  if (signed16(bytes.le16(508)) > 0) items.push(`root_dev 0X${bytes.le16(508).toString(16).toUpperCase()}`);
  if (protocol < 0x204 && signed16(bytes.le16(502)) > 0)
    items.push(`swap_dev 0X${bytes.le16(502).toString(16).toUpperCase()}`);
  if (signed16(bytes.le16(504)) > 0) items.push(`RAMdisksize ${bytes.le16(504)} KB`);
  const mode = signed16(bytes.le16(506));
  if (mode > 0) items.push(`Video mode ${mode}`);
  else if (mode < 0 && mode > -4)
    items.push(['Normal VGA', 'Extended VGA', 'Prompt for Videomode'][-1 - mode] ?? '');
  const sectors = bytes.byte(497);
  items.push(`setup size 512*${sectors === 0 ? '4 (not 0)' : sectors}`);
  items.push(`syssize ${hex(protocol < 0x204 ? bytes.le16(500) : bytes.le32(500))}`);
  const jump = bytes.byte(513) + 2;
  items.push(
    bytes.byte(512) === 0xeb
      ? `jump 0x2${(jump & 0xff).toString(16).padStart(2, '0')} ${quad(bytes, ((bytes.byte(513) << 24) >> 24) + 514)} instruction`
      : `at 0x200 ${hex(bytes.byte(512))} instruction`,
  );
  return `Linux kernel x86 boot executable, ${[...items, ...loading(bytes, protocol)].join(', ')}`;
}

/** What the boot protocol says of itself. */
function loading(bytes: Bytes, protocol: number): string[] {
  const items = [`protocol ${protocol >> 8}.${protocol & 0xff}`];
  const flags = bytes.byte(529);
  if (bytes.byte(528) > 0) items.push(`loader ${hex(bytes.byte(528))}`);
  if ((flags & 0x02) !== 0) items.push('KASLR enabled');
  if ((flags & 0x20) !== 0) items.push('quiet');
  if (protocol > 0x206 && (flags & 0x40) !== 0) items.push('keep segments');
  if ((flags & 0x80) !== 0) items.push('can use heap');
  if (protocol > 0x207 && bytes.le32(584) > 0) {
    const [offset, length] = [bytes.le32(584), bytes.le32(588)];
    const start = bytes.byte(497) * 512 + 8 + 504 + offset;
    const compression = COMPRESSIONS[bytes.be16(start)];
    items.push(
      `from protected-mode code at offset ${hex(offset)} ${hex(length)} bytes${compression === undefined ? '' : ` ${compression} compressed`}`,
    );
  }
  if (protocol < 0x202 && protocol > 0x1ff) items.push(`setup_move_size ${hex(bytes.le16(530), 4)}`);
  if (protocol > 0x204 && bytes.byte(564) === 1) items.push('relocatable');
  if (protocol > 0x20b) {
    const x = bytes.le16(566);
    if ((x & 0x0c) !== 0) items.push(`handover offset ${hex(bytes.le32(612))}`);
    X_LOAD_FLAGS.forEach((text, bit) => (x & (1 << bit)) !== 0 && items.push(text));
  }
  if (protocol > 0x205) items.push(`max cmdline size ${bytes.le32(568)}`);
  if (protocol > 0x206 && bytes.le32(572) > 0) {
    items.push(`hardware_subarch ${bytes.le32(572)}`);
    if (bytes.le64(576) > 0n) items.push(`hardware_subarch_data ${hex(bytes.le64(576))}`);
  }
  if (protocol > 0x208 && bytes.le64(592) > 0n)
    items.push(`setup_data ${bytes.le64(592).toString(16).padStart(16, '0')}`);
  if (protocol > 0x209) items.push(`init_size ${hex(bytes.le32(608))}`);
  return items;
}

const X_LOAD_FLAGS = [
  'legacy 64-bit entry point',
  'can be above 4G',
  '32-bit EFI handoff entry point',
  '64-bit EFI handoff entry point',
  'EFI kexec boot support',
  'xloadflags bit 5',
];

function signed16(value: number): number {
  return (value << 16) >> 16;
}

/** `%#16.16llx`. */
function quad(bytes: Bytes, at: number): string {
  const value = bytes.be64(at);
  return `${value === 0n ? '' : '0x'}${value.toString(16).padStart(16, '0')}`;
}
