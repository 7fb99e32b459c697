/** A file for a small file system: an 8.3 name in upper case, and what is in it. */
export interface SampleFile {
  name: string;
  content: string;
}

export interface FatOptions {
  /** Sectors of 512 bytes in the whole volume. */
  sectors: number;
  sectorsPerCluster: number;
  /** Where the volume starts on its disk, in sectors. */
  hiddenSectors: number;
  /** Up to 11 characters. */
  label: string;
  serial: number;
  files: readonly SampleFile[];
}

const SECTOR = 512;
const ROOT_ENTRIES = 512;
const ENTRY_SIZE = 32;
const FIXED_DISK = 0xf8;
/** 22 November 2026, 09:00:00, as FAT writes dates. */
const DATE = ((2026 - 1980) << 9) | (11 << 5) | 22;
const TIME = 9 << 11;
/** A volume with fewer clusters than this is FAT12, by definition. */
const FAT16_MIN_CLUSTERS = 4085;

/**
 * A FAT12 or FAT16 file system with a few files in its root directory.
 *
 * @returns the volume up to the end of its last file; what follows is zeros.
 */
export function writeFat(options: FatOptions): { bytes: Uint8Array; type: 'FAT12' | 'FAT16' } {
  const { sectors, sectorsPerCluster, files } = options;
  const rootSectors = (ROOT_ENTRIES * ENTRY_SIZE) / SECTOR;
  const { type, fatSectors } = geometry(sectors, sectorsPerCluster, rootSectors);
  const rootStart = 1 + 2 * fatSectors;
  const dataStart = rootStart + rootSectors;
  const clusterSize = sectorsPerCluster * SECTOR;

  const contents = files.map(({ content }) => new TextEncoder().encode(content));
  const clusters = contents.map((content) => Math.ceil(content.length / clusterSize));
  const used = clusters.reduce((sum, count) => sum + count, 0);
  const bytes = new Uint8Array(dataStart * SECTOR + used * clusterSize);

  bytes.set(bootSector(options, type, fatSectors));
  const fat = new Uint8Array(fatSectors * SECTOR);
  const end = type === 'FAT12' ? 0xfff : 0xffff;
  const set = type === 'FAT12' ? setEntry12 : setEntry16;
  set(fat, 0, (end & ~0xff) | FIXED_DISK);
  set(fat, 1, end);
  const root = new Uint8Array(rootSectors * SECTOR);
  root.set(directoryEntry(options.label.padEnd(11), 0x08, 0, 0));
  let next = 2;
  files.forEach((file, i) => {
    const content = contents[i] ?? new Uint8Array(0);
    const count = clusters[i] ?? 0;
    root.set(
      directoryEntry(shortName(file.name), 0x20, count === 0 ? 0 : next, content.length),
      ENTRY_SIZE * (i + 1),
    );
    for (let j = 0; j < count; j++) set(fat, next + j, j === count - 1 ? end : next + j + 1);
    bytes.set(content, dataStart * SECTOR + (next - 2) * clusterSize);
    next += count;
  });
  bytes.set(fat, SECTOR);
  bytes.set(fat, SECTOR * (1 + fatSectors));
  bytes.set(root, rootStart * SECTOR);
  return { bytes, type };
}

/** The tables must have room for every cluster, and the clusters get what the tables leave. */
function geometry(sectors: number, sectorsPerCluster: number, rootSectors: number) {
  const clustersWith = (fatSectors: number) =>
    Math.floor((sectors - 1 - rootSectors - 2 * fatSectors) / sectorsPerCluster);
  const type = clustersWith(0) < FAT16_MIN_CLUSTERS ? 'FAT12' : 'FAT16';
  const bitsPerEntry = type === 'FAT12' ? 12 : 16;
  let fatSectors = 1;
  while ((clustersWith(fatSectors) + 2) * bitsPerEntry > fatSectors * SECTOR * 8) fatSectors++;
  return { type, fatSectors } as const;
}

function bootSector(
  { sectors, sectorsPerCluster, hiddenSectors, label, serial }: FatOptions,
  type: string,
  fatSectors: number,
): Uint8Array {
  const bytes = new Uint8Array(SECTOR);
  const view = new DataView(bytes.buffer);
  // a jump over the parameters, as every FAT has; behind it there is no code
  bytes.set([0xeb, 0x3c, 0x90]);
  bytes.set(latin1('LEARN4H '), 3);
  view.setUint16(11, SECTOR, true);
  view.setUint8(13, sectorsPerCluster);
  view.setUint16(14, 1, true);
  view.setUint8(16, 2);
  view.setUint16(17, ROOT_ENTRIES, true);
  view.setUint16(19, sectors < 0x10000 ? sectors : 0, true);
  view.setUint8(21, FIXED_DISK);
  view.setUint16(22, fatSectors, true);
  view.setUint16(24, 63, true);
  view.setUint16(26, 255, true);
  view.setUint32(28, hiddenSectors, true);
  view.setUint32(32, sectors < 0x10000 ? 0 : sectors, true);
  view.setUint8(36, 0x80);
  view.setUint8(38, 0x29);
  view.setUint32(39, serial, true);
  bytes.set(latin1(label.padEnd(11)), 43);
  bytes.set(latin1(type.padEnd(8)), 54);
  view.setUint16(510, 0xaa55, true);
  return bytes;
}

function directoryEntry(name: string, attributes: number, cluster: number, size: number): Uint8Array {
  const bytes = new Uint8Array(ENTRY_SIZE);
  const view = new DataView(bytes.buffer);
  bytes.set(latin1(name));
  view.setUint8(11, attributes);
  for (const at of [14, 22]) {
    view.setUint16(at, TIME, true);
    view.setUint16(at + 2, DATE, true);
  }
  view.setUint16(18, DATE, true);
  view.setUint16(26, cluster, true);
  view.setUint32(28, size, true);
  return bytes;
}

function shortName(name: string): string {
  const [base = '', extension = ''] = name.split('.');
  return base.padEnd(8) + extension.padEnd(3);
}

function setEntry12(fat: Uint8Array, index: number, value: number): void {
  const at = Math.floor(index * 1.5);
  const pair = (fat[at] ?? 0) | ((fat[at + 1] ?? 0) << 8);
  const merged = index % 2 === 0 ? (pair & 0xf000) | value : (pair & 0x000f) | (value << 4);
  fat[at] = merged & 0xff;
  fat[at + 1] = merged >> 8;
}

function setEntry16(fat: Uint8Array, index: number, value: number): void {
  fat[2 * index] = value & 0xff;
  fat[2 * index + 1] = value >> 8;
}

function latin1(text: string): number[] {
  return [...text].map((char) => char.charCodeAt(0));
}
