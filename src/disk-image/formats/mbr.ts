import type { Bytes } from './bytes';

const SECTOR = 512;
const TABLE = 446;
const SIGNATURE = 0xaa55;
const PROTECTIVE = 0xee;

/** An entry of the partition table in the first sector of a disk. */
export interface MbrPartition {
  /** 1 to 4 */
  number: number;
  bootable: boolean;
  /** Such as 0x83 for Linux; 0xee protects a GUID partition table. */
  type: number;
  /** First sector. */
  start: number;
  sectors: number;
}

/** The used entries; `undefined` if the sector has no signature, or is that of a FAT file system without partitions. */
export function readMbr(sector: Bytes): MbrPartition[] | undefined {
  if (sector.length < SECTOR || sector.u16le(510) !== SIGNATURE) return undefined;
  if (sector.u8(0x10) === 2 && sector.u8(0x15) === 0xf8) return undefined;
  return [0, 1, 2, 3].flatMap((i) => {
    const at = TABLE + 16 * i;
    const type = sector.u8(at + 4);
    if (type === 0) return [];
    const bootable = sector.u8(at) === 0x80;
    return [{ number: i + 1, bootable, type, start: sector.u32le(at + 8), sectors: sector.u32le(at + 12) }];
  });
}

export const isProtective = ({ type }: MbrPartition): boolean => type === PROTECTIVE;
