import { writeFat, type SampleFile } from './fat';
import { writeIso } from './iso9660';
import { writeMbr } from './mbr';
import { writeQcow2 } from './qcow2-writer';

const SECTOR = 512;
const MIB = 1024 ** 2;
const FAT12 = 0x01;
const FAT16 = 0x06;

const README = `Learn OpenStack in 4 Hours
==========================

This is a real disk: it has a partition table, a FAT file system and
a few text files. It has no operating system, so a server that is made
from it starts and finds nothing to boot. That is enough to upload it,
look at it, change its properties and download it again.
`;

const NOTES = `An image in the Image service is these bytes and a record about them:
name, formats, size, hashes, owner, who may see it, and properties.
`;

const FILES: readonly SampleFile[] = [
  { name: 'README.TXT', content: README },
  { name: 'NOTES.TXT', content: NOTES },
  { name: 'HELLO.TXT', content: 'Hello from inside the image.\n' },
];

const RESCUE = `A rescue disc has the tools to repair a server that does not start.
This one has only this text: it shows what an ISO 9660 image looks like,
and it cannot boot.
`;

/** A disk of `size` bytes with one FAT partition: everything that is not zero, from the first byte on. */
function partitionedDisk(
  size: number,
  start: number,
  sectorsPerCluster: number,
  serial: number,
): Uint8Array<ArrayBuffer> {
  const sectors = size / SECTOR - start;
  const volume = writeFat({
    sectors,
    sectorsPerCluster,
    hiddenSectors: start,
    label: 'LEARN4H',
    serial,
    files: FILES,
  });
  const disk = new Uint8Array(start * SECTOR + volume.bytes.length);
  disk.set(writeMbr({ type: volume.type === 'FAT12' ? FAT12 : FAT16, start, sectors }, serial));
  disk.set(volume.bytes, start * SECTOR);
  return disk;
}

/** A raw disk of 1 MiB: MBR, one FAT12 partition, three text files, no operating system. */
export function tinyRaw(): Uint8Array<ArrayBuffer> {
  const disk = new Uint8Array(MIB);
  disk.set(partitionedDisk(MIB, 64, 4, 0x4c4f3101));
  return disk;
}

/** A qcow2 disk of 64 MiB in a file of 288 KiB: MBR, one FAT16 partition, three text files, no operating system. */
export function tinyQcow2(): Uint8Array<ArrayBuffer> {
  const size = 64 * MIB;
  return writeQcow2({ size, content: partitionedDisk(size, 2048, 16, 0x4c4f3102), clusterBits: 15 });
}

/** An ISO 9660 disc with a README; it cannot boot. */
export function rescueIso(): Uint8Array<ArrayBuffer> {
  return writeIso({ label: 'RESCUE', files: [{ name: 'README.TXT', content: RESCUE }] });
}

/**
 * The small, real disk images in the learner's home folder, by file name. The bytes are the same every time; making
 * them takes a few milliseconds.
 */
export const SAMPLE_IMAGES: Readonly<Record<string, () => Uint8Array<ArrayBuffer>>> = {
  'rescue.iso': rescueIso,
  'tiny.qcow2': tinyQcow2,
  'tiny.raw': tinyRaw,
};
