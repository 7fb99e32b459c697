export interface Partition {
  /** Partition type, such as 0x06 for FAT16. */
  type: number;
  /** First sector. */
  start: number;
  sectors: number;
}

const HEADS = 255;
const SECTORS_PER_TRACK = 63;

/** The first sector of a disk with one partition. There is no boot code in it, and the partition is not marked bootable. */
export function writeMbr(partition: Partition, diskId: number): Uint8Array {
  const bytes = new Uint8Array(512);
  const view = new DataView(bytes.buffer);
  view.setUint32(440, diskId, true);
  bytes.set(chs(partition.start), 447);
  view.setUint8(450, partition.type);
  bytes.set(chs(partition.start + partition.sectors - 1), 451);
  view.setUint32(454, partition.start, true);
  view.setUint32(458, partition.sectors, true);
  view.setUint16(510, 0xaa55, true);
  return bytes;
}

/** Cylinder, head and sector, packed as the table wants them. */
function chs(sector: number): [number, number, number] {
  const cylinder = Math.floor(sector / (HEADS * SECTORS_PER_TRACK));
  const head = Math.floor(sector / SECTORS_PER_TRACK) % HEADS;
  return [head, (sector % SECTORS_PER_TRACK) + 1 + ((cylinder >> 8) << 6), cylinder & 0xff];
}
