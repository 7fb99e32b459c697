import type { Bytes } from './bytes';

export const VHD_COOKIE = 'conectix';
export const VHD_DYNAMIC_COOKIE = 'cxsparse';
export const VHD_FOOTER_SIZE = 512;
export const VHD_TYPES: Readonly<Record<number, string>> = { 2: 'fixed', 3: 'dynamic', 4: 'differencing' };

/** Cylinders, heads and sectors of the largest disk that the geometry can describe (127 GB). */
const MAX_GEOMETRY = 65535 * 16 * 255;

/** Programs whose size is meant, and not their geometry: Hyper-V, QEMU by wish, Disk2VHD, XenServer, XenConverter. */
const SIZE_IS_MEANT = ['win ', 'qem2', 'd2v ', 'tap\0', 'CTXS'];

/** The 512 bytes that end every VHD, and of which a copy starts a dynamic one. Names are those of QEMU's `block/vpc.c`. */
export interface VhdFooter {
  features: number;
  version: number;
  /** Where the dynamic header lies; all ones in a fixed disk. */
  dataOffset: bigint;
  /** Seconds since 2000-01-01. */
  timestamp: number;
  /** Four characters, such as `win `, `qemu`, `vbox`. */
  creatorApp: string;
  creatorOs: string;
  originalSize: bigint;
  currentSize: bigint;
  cylinders: number;
  heads: number;
  sectorsPerCylinder: number;
  /** 2 fixed, 3 dynamic, 4 differencing */
  type: number;
  checksum: number;
  checksumOk: boolean;
  uuid: string;
}

/** Reads a footer, or its copy at the start; `undefined` if there is none at the start of `footer`. */
export function readVhdFooter(footer: Bytes): VhdFooter | undefined {
  if (footer.length < VHD_FOOTER_SIZE || !footer.is(0, VHD_COOKIE)) return undefined;
  return {
    features: footer.u32(8),
    version: footer.u32(12),
    dataOffset: footer.u64(16),
    timestamp: footer.u32(24),
    creatorApp: new TextDecoder('latin1').decode(footer.slice(28, 4).data),
    creatorOs: footer.text(36, 4),
    originalSize: footer.u64(40),
    currentSize: footer.u64(48),
    cylinders: footer.u16(56),
    heads: footer.u8(58),
    sectorsPerCylinder: footer.u8(59),
    type: footer.u32(60),
    checksum: footer.u32(64),
    checksumOk: vhdChecksum(footer, 64, VHD_FOOTER_SIZE) === footer.u32(64),
    uuid: footer.uuid(68),
  };
}

/**
 * Size of the disk in bytes as QEMU sees it: what cylinders, heads and sectors make, unless the program that wrote the
 * file is known to mean the size, or the geometry is too small for it.
 */
export function vhdDiskSize(footer: VhdFooter): bigint {
  const geometry = footer.cylinders * footer.heads * footer.sectorsPerCylinder;
  if (SIZE_IS_MEANT.includes(footer.creatorApp) || geometry === MAX_GEOMETRY)
    return (footer.currentSize / 512n) * 512n;
  return BigInt(geometry) * 512n;
}

/** What follows the copy of the footer in a dynamic or differencing disk: 1024 bytes. */
export interface VhdDynamicHeader {
  /** Where the block allocation table lies. */
  tableOffset: bigint;
  version: number;
  maxTableEntries: number;
  blockSize: number;
  checksumOk: boolean;
  parentUuid: string;
  /** Name of the disk that this one is a difference to. */
  parentName: string;
}

export function readVhdDynamicHeader(header: Bytes): VhdDynamicHeader | undefined {
  if (header.length < 1024 || !header.is(0, VHD_DYNAMIC_COOKIE)) return undefined;
  return {
    tableOffset: header.u64(16),
    version: header.u32(24),
    maxTableEntries: header.u32(28),
    blockSize: header.u32(32),
    checksumOk: vhdChecksum(header, 36, 1024) === header.u32(36),
    parentUuid: header.uuid(40),
    parentName: utf16be(header.slice(64, 512)),
  };
}

/** One's complement of the sum of all bytes but those of the checksum itself. */
export function vhdChecksum(bytes: Bytes, checksumAt: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) if (i < checksumAt || i >= checksumAt + 4) sum += bytes.u8(i);
  return ~sum >>> 0;
}

function utf16be(bytes: Bytes): string {
  let text = '';
  for (let at = 0; at + 2 <= bytes.length && bytes.u16(at) !== 0; at += 2)
    text += String.fromCharCode(bytes.u16(at));
  return text;
}
