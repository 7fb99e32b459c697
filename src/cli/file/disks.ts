/** Disk images. Models magic/Magdir/virtual and luks of file 5.46, with what is odd in them. */
import { asctime, hex, type Bytes } from './bytes';
import type { Kind } from './kind';

export const DISKS: readonly Kind[] = [
  { mime: 'application/x-qemu-disk', describe: qcow },
  { mime: 'application/octet-stream', describe: (bytes) => (vmdk(bytes) ? 'VMware4 disk image' : undefined) },
  { mime: 'application/octet-stream', describe: vdi },
  { mime: 'application/x-virtualbox-vhd', describe: vhd },
  { mime: 'application/octet-stream', describe: vhdx },
  {
    mime: 'application/octet-stream',
    describe: (bytes) => (bytes.is(0, 'QED\0') ? 'QEMU QED Image' : undefined),
  },
  { mime: 'application/x-raw-disk-image', describe: luks },
];

/** The first half is meant for version 1 and said of every version: a level 1 table of one entry counts as AES. */
function qcow(bytes: Bytes): string | undefined {
  if (!bytes.is(0, 'QFI\xfb')) return undefined;
  const version = bytes.be32(4) | 0;
  let text = `QEMU QCOW Image (v${version})`;
  if ((bytes.be32(12) | 0) > 0) {
    text += ', has backing file (';
    const at = bytes.be32(12);
    const path = bytes.text(at);
    const mtime = bytes.be32(20) | 0;
    if (path !== '') text += `path ${path}${mtime > 0 ? `, mtime ${asctime(mtime)})` : ')'}`;
  }
  text += `, ${BigInt.asIntN(64, bytes.be64(24))} bytes`;
  if (bytes.be32(36) === 1) text += ', AES-encrypted';
  if (version !== 2 && version !== 3) return version === 1 ? text : `${text} (unknown version)`;
  text += ` (v${version})`;
  if (BigInt.asIntN(64, bytes.be64(8)) > 0n) {
    const path = bytes.text(bytes.be32(12));
    text += `, has backing file${path === '' ? '' : ` (path ${path})`}`;
  }
  text += `, ${BigInt.asIntN(64, bytes.be64(24))} bytes`;
  return bytes.be32(32) === 1 ? `${text}, AES-encrypted` : text;
}

function vmdk(bytes: Bytes): boolean {
  return bytes.is(0, 'KDMV') || bytes.is(0, 'VMDK');
}

function vdi(bytes: Bytes): string | undefined {
  if (bytes.le32(0x40) !== 0xbeda107f) return undefined;
  const [major, minor] = [bytes.le16(0x46), bytes.le16(0x44)];
  let text = 'VirtualBox Disk Image';
  // the two halves of the version, in the order in which they lie
  if (minor > 0) text += `, major ${minor}`;
  if (major > 0) text += `, minor ${major}`;
  const title = bytes.text(0);
  if (title !== '') text += ` (${title})`;
  return `${text}, ${BigInt.asIntN(64, bytes.le64(368))} bytes`;
}

const VHD_SYSTEMS: Readonly<Record<number, string>> = { 0x5769326b: 'W2k', 0x4d616320: 'Mac' };

/** The copy of the footer at the start: a fixed VHD has none, and is what its disk is. */
function vhd(bytes: Bytes): string | undefined {
  if (!bytes.is(0, 'conectix')) return undefined;
  const system = bytes.be32(36);
  let text = `Microsoft Disk Image, Virtual Server or Virtual PC, Creator ${bytes.text(28, 4).padEnd(4)}`;
  text += ` ${bytes.be16(32).toString(16)}.${bytes.be16(34).toString(16)}`;
  text += ` (${VHD_SYSTEMS[system] ?? `0x${system.toString(16).padStart(8, '0')}`})`;
  text += ` ${asctime((bytes.be32(24) | 0) + 946_684_800)}, ${bytes.be64(48)} bytes`;
  text += `, CHS ${bytes.be16(56)}/${bytes.byte(58)}/${bytes.byte(59)}`;
  if (bytes.be32(60) !== 3) text += `, type ${hex(bytes.be32(60))}`;
  return bytes.byte(84) === 0 ? text : `${text}, State ${hex(bytes.byte(84))}`;
}

const REGIONS: Readonly<Record<string, string>> = {
  '6677c22d23f600429d64115e9bfd4a08': 'id BAT',
  '06a27c8b90479a4bb8fe575f050f886e': 'id Metadata',
};

function vhdx(bytes: Bytes): string | undefined {
  if (!bytes.is(0, 'vhdxfile')) return undefined;
  const parts: string[] = [];
  if (bytes.is(0x10000, 'head')) parts.push(vhdxHeader(bytes));
  const regions = bytes.is(0x30000, 'regi');
  parts.push(`Microsoft Disk Image Extended${regions ? '; region' : ', 1st region INVALID'}`);
  let text = parts.join(' ');
  if (!regions) return text;
  text += `, ${bytes.le32(0x30008)} entries`;
  for (const at of [0x30010, 0x30030])
    text += `, ${region(bytes, at)}, at ${hex(bytes.le64(at + 16))}, Required ${bytes.le32(at + 28)}`;
  return bytes.is(0x40000, 'regi') ? text : `${text}, 2nd region INVALID`;
}

function vhdxHeader(bytes: Bytes): string {
  let creator = '';
  for (let at = 8; at < 8 + 512 && bytes.le16(at) !== 0; at += 2)
    creator += String.fromCharCode(bytes.byte(at));
  let text = `Microsoft Disk Image eXtended, by ${creator}, sequence ${hex(bytes.le64(0x10008))}`;
  const log = bytes.be64(0x10030);
  if (BigInt.asIntN(64, log) !== 0n) text += `, log id ${hex(log)}-${bytes.be64(0x10038).toString(16)}`;
  if (bytes.le16(0x10040) > 0) text += `, LogVersion ${hex(bytes.le16(0x10040))}`;
  if (bytes.le16(0x10042) !== 1) text += `, Version ${hex(bytes.le16(0x10042))}`;
  const megabytes = Math.floor(bytes.le32(0x10044) / 2 ** 20);
  if (megabytes > 1) text += `, LogLength ${megabytes} MB`;
  const at = Number(bytes.le64(0x10048));
  if (at !== 0x100000) text += `, LogOffset ${hex(at)}`;
  if (!bytes.is(at, 'loge')) return bytes.has(at, 4) ? `${text}, NO Log Signature` : text;
  text += '; LOG';
  const kilobytes = Math.floor(bytes.le32(at + 8) / 1024);
  if (kilobytes > 4) text += `, EntryLength ${kilobytes} KB`;
  return bytes.le32(at + 28) === 0 ? text : `${text}, Reserved ${hex(bytes.le32(at + 28))}`;
}

function region(bytes: Bytes, at: number): string {
  const [first, second] = [bytes.be64(at), bytes.be64(at + 8)].map((half) =>
    half.toString(16).padStart(16, '0'),
  );
  return REGIONS[`${first}${second}`] ?? `ID ${first}-${second}`;
}

function luks(bytes: Bytes): string | undefined {
  if (!bytes.is(0, 'LUKS\xba\xbe')) return undefined;
  const version = bytes.be16(6);
  const text = `LUKS encrypted file, ver ${version}`;
  return version === 1 ? `${text} ${luks1(bytes)}` : version > 1 ? `${text}${luks2(bytes)}` : text;
}

function luks1(bytes: Bytes): string {
  const number = (at: number, quads: number) =>
    Array.from({ length: quads }, (_, i) => bytes.be64(at + 8 * i).toString(16));
  let text = `[${bytes.text(8)}, ${bytes.text(40)}, ${bytes.text(72)}] UUID: ${bytes.text(168)}`;
  text += `, at ${hex(bytes.be32(104))} data, ${bytes.be32(108)} key bytes`;
  text += `, MK digest 0x${padded(number(112, 2))}${bytes.be32(128).toString(16).padStart(8, '0')}`;
  text += `, MK salt 0x${padded(number(132, 4))}, ${bytes.be32(164)} MK iterations`;
  for (let slot = 0; slot < 8; slot++) {
    const at = 208 + 48 * slot;
    if (bytes.be32(at) !== 0x00ac71f3) continue;
    text += `; slot #${slot} active, ${hex(bytes.be32(at + 40))} material offset`;
    if (bytes.be32(at + 44) !== 4000) text += `, ${bytes.be32(at + 44)} stripes`;
  }
  return text;
}

function padded(quads: readonly string[]): string {
  return quads.map((quad) => quad.padStart(16, '0')).join('');
}

function luks2(bytes: Bytes): string {
  let text = `, header size ${bytes.be64(8)}, ID ${bytes.be64(16)}`;
  if (bytes.text(24) !== '') text += `, label ${bytes.text(24)}`;
  text += `, algo ${bytes.text(72)}, salt ${hex(bytes.be64(104))}..., UUID: ${bytes.text(168, 40)}`;
  if (bytes.text(208) !== '') text += `, sub label ${bytes.text(208, 48)}`;
  if (bytes.be64(256) !== 0n) text += `, offset ${bytes.be64(256).toString(16)}`;
  return `${text}, crc ${hex(bytes.be64(448))}..., at 0x1000 ${bytes.text(0x1000)}`;
}
