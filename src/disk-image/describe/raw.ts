import { fileSystemOf } from '../formats/file-system';
import { GPT_TYPES, MAX_GPT_ENTRIES, readGptHeader, readGptPartitions, type GptHeader } from '../formats/gpt';
import { isProtective, readMbr, type MbrPartition } from '../formats/mbr';
import { inOrder, number, part, type Description, type Detail, type Part, type Subject } from './description';

const SECTOR = 512;
const FILE_SYSTEM_READ = 68 * 1024;
const MAX_LISTED = 16;

/** Anything that is nothing else: a disk as it is, with or without partitions. */
export async function describeRaw(subject: Subject): Promise<Description> {
  const { reader, size, head } = subject;
  // QEMU counts in sectors
  const virtualSize = Math.ceil(size / SECTOR) * SECTOR;
  const { details, layout } = await partitions(subject);
  if ('partitionTable' in details) return { format: 'raw', virtualSize, details, layout, unsafe: [] };
  const fileSystem = fileSystemOf(await reader.read(0, FILE_SYSTEM_READ)) ?? fileSystemOf(head);
  const name = fileSystem ?? (size === 0 ? 'empty' : 'bytes of no known kind');
  return {
    format: 'raw',
    virtualSize,
    details: { partitionTable: null, fileSystem: fileSystem ?? null },
    layout: inOrder([part('data', name, 0, size)], size),
    unsafe: [],
  };
}

/** The partitions of a raw disk, or of a hybrid ISO; no details if there is no table. */
export async function partitions(
  subject: Subject,
): Promise<{ details: Readonly<Record<string, Detail>>; layout: Part[] }> {
  const { reader, size, head } = subject;
  const mbr = readMbr(head);
  if (mbr === undefined || mbr.length === 0) return { details: {}, layout: [] };
  const gpt = mbr.some(isProtective) ? await findGpt(subject) : undefined;
  const found = gpt ? gptParts(gpt, await entries(subject, gpt)) : mbrParts(mbr);
  const listed = await Promise.all(
    found.slice(0, MAX_LISTED).map(async ({ detail, part }) => {
      const fileSystem = fileSystemOf(await reader.read(part.offset, FILE_SYSTEM_READ));
      return fileSystem === undefined ? detail : { ...detail, fileSystem };
    }),
  );
  return {
    details: {
      partitionTable: gpt ? 'gpt' : 'mbr',
      ...(gpt ? { sectorSize: gpt.sectorSize, diskGuid: gpt.header.diskGuid } : {}),
      partitions: listed,
    },
    layout: inOrder(
      [
        part('header', gpt ? 'protective MBR' : 'MBR', 0, SECTOR),
        ...(gpt ? gptTables(gpt) : []),
        ...found.map(({ part }) => part),
      ],
      size,
    ),
  };
}

interface Gpt {
  header: GptHeader;
  sectorSize: number;
}

/** The header is in the second sector, which is at 512 or at 4096. */
async function findGpt({ reader }: Subject): Promise<Gpt | undefined> {
  for (const sectorSize of [SECTOR, 4096]) {
    const header = readGptHeader(await reader.read(sectorSize, SECTOR));
    if (header) return { header, sectorSize };
  }
  return undefined;
}

async function entries({ reader }: Subject, { header, sectorSize }: Gpt) {
  const count = Math.min(header.entryCount, MAX_GPT_ENTRIES);
  const size = Math.min(header.entrySize, 4096);
  return readGptPartitions(await reader.read(number(header.entries) * sectorSize, count * size), header);
}

interface Found {
  detail: Readonly<Record<string, Detail>>;
  part: Part;
}

function gptParts({ sectorSize }: Gpt, found: ReturnType<typeof readGptPartitions>): Found[] {
  return found.map(({ number: index, type, name, first, last }) => {
    const offset = number(first) * sectorSize;
    const length = Math.max((number(last) - number(first) + 1) * sectorSize, 0);
    const typeName = GPT_TYPES[type] ?? type;
    return {
      detail: { number: index, type: typeName, ...(name !== '' ? { name } : {}), offset, size: length },
      part: part('data', `partition ${index}: ${name === '' ? typeName : name}`, offset, length),
    };
  });
}

function gptTables({ header, sectorSize }: Gpt): Part[] {
  const table = header.entryCount * header.entrySize;
  const backup = number(header.backup) * sectorSize;
  return [
    part('header', 'GPT header', sectorSize, sectorSize),
    part('table', 'GPT entries', number(header.entries) * sectorSize, table),
    part('table', 'copy of the GPT entries', backup - table, backup > table ? table : 0),
    part('header', 'copy of the GPT header', backup, backup > 0 ? sectorSize : 0),
  ];
}

function mbrParts(found: readonly MbrPartition[]): Found[] {
  return found.map(({ number: index, bootable, type, start, sectors }) => {
    const typeName = `0x${type.toString(16).padStart(2, '0')}`;
    return {
      detail: { number: index, type: typeName, bootable, offset: start * SECTOR, size: sectors * SECTOR },
      part: part('data', `partition ${index}: type ${typeName}`, start * SECTOR, sectors * SECTOR),
    };
  });
}
