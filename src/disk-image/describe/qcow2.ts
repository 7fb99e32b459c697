import {
  extensionText,
  QCOW2_AUTOCLEAR,
  QCOW2_COMPATIBLE,
  QCOW2_INCOMPATIBLE,
  readBackingFileName,
  readQcow2Extensions,
  readQcow2Header,
  readQcow2Snapshots,
  type Qcow2Extension,
  type Qcow2Header,
} from '../formats/qcow2';
import { BACKING_FILE, QCOW2_DATA_FILE, QEMU_HEADERS } from './advisories';
import {
  inOrder,
  number,
  part,
  type Description,
  type Details,
  type Part,
  type Subject,
  type Unsafe,
} from './description';

const ENTRY = 8;
const KNOWN = Object.values(QCOW2_INCOMPATIBLE).reduce((all, bit) => all | bit, 0n);
const SNAPSHOT_TABLE_READ = 64 * 1024;

/** qcow (version 1), qcow2 (2 and 3). */
export async function describeQcow2({ reader, size, head }: Subject): Promise<Description | undefined> {
  const header = readQcow2Header(head);
  if (header === undefined || header.version === 0) return undefined;
  const format = header.version === 1 ? 'qcow' : 'qcow2';
  const clusterSize = clusterSizeOf(header);
  const firstCluster = head.slice(0, clusterSize ?? 512);
  const extensions = readQcow2Extensions(firstCluster, header);
  const table = await reader.read(header.snapshotsOffset, header.snapshotCount > 0 ? SNAPSHOT_TABLE_READ : 0);
  const { snapshots, length } = readQcow2Snapshots(table, header);
  const tables = tableParts(header, clusterSize, length);
  const dataFile = extensionText(firstCluster, extensions, 'dataFile');
  const backingFile = readBackingFileName(firstCluster, header);
  return {
    format,
    virtualSize: number(header.size - (header.size % 512n)),
    details: {
      version: header.version,
      clusterSize: clusterSize ?? null,
      ...(header.backingFileOffset > 0n
        ? {
            backingFile: backingFile ?? null,
            backingFormat: extensionText(firstCluster, extensions, 'backingFormat') ?? null,
          }
        : {}),
      ...(dataFile !== undefined ? { dataFile } : {}),
      encryption: ['none', 'aes', 'luks'][header.cryptMethod] ?? `unknown (${header.cryptMethod})`,
      ...(format === 'qcow2' ? features(header, extensions) : {}),
      snapshots: snapshots.map(({ id, name, date }) => ({
        id,
        name,
        date: new Date(date * 1000).toISOString(),
      })),
      ...(header.snapshotCount > snapshots.length ? { snapshotCount: header.snapshotCount } : {}),
    },
    layout: inOrder(
      [
        part('header', 'header', 0, header.headerLength),
        ...extensions.map(({ name, offset, length }) => part('text', name, offset - 8, length + 8)),
        part(
          'text',
          'backing file name',
          header.backingFileOffset,
          header.backingFileOffset > 0n ? header.backingFileSize : 0,
        ),
        ...tables,
      ],
      size,
    ),
    unsafe: [...pointers(header), ...misplaced(tables, size)],
  };
}

function clusterSizeOf({ clusterBits }: Qcow2Header): number | undefined {
  return clusterBits >= 9 && clusterBits <= 21 ? 2 ** clusterBits : undefined;
}

function features(header: Qcow2Header, extensions: readonly Qcow2Extension[]): Details {
  const has = (bit: bigint) => (header.incompatible & bit) !== 0n;
  const unknown = header.incompatible & ~KNOWN;
  return {
    compat: header.version === 2 ? '0.10' : '1.1',
    compressionType: ['zlib', 'zstd'][header.compressionType] ?? `unknown (${header.compressionType})`,
    refcountBits: 2 ** Math.min(header.refcountOrder, 6),
    lazyRefcounts: (header.compatible & QCOW2_COMPATIBLE.lazyRefcounts) !== 0n,
    extendedL2: has(QCOW2_INCOMPATIBLE.extendedL2),
    externalData: has(QCOW2_INCOMPATIBLE.dataFile),
    ...(has(QCOW2_INCOMPATIBLE.dataFile)
      ? { dataFileRaw: (header.autoclear & QCOW2_AUTOCLEAR.rawExternal) !== 0n }
      : {}),
    bitmaps: extensions.some(({ name }) => name === 'bitmaps'),
    dirty: has(QCOW2_INCOMPATIBLE.dirty),
    corrupt: has(QCOW2_INCOMPATIBLE.corrupt),
    ...(unknown !== 0n ? { unknownFeatures: `0x${unknown.toString(16)}` } : {}),
  };
}

function tableParts(header: Qcow2Header, clusterSize: number | undefined, snapshots: number): Part[] {
  return [
    part('table', 'level 1 table', header.l1TableOffset, header.l1Size * ENTRY),
    part(
      'table',
      'reference count table',
      header.refcountTableOffset,
      header.refcountTableClusters * (clusterSize ?? 0),
    ),
    part(
      'table',
      'snapshot table',
      header.snapshotsOffset,
      header.snapshotCount > 0 ? Math.max(snapshots, 40) : 0,
    ),
  ].filter(({ length }) => length > 0);
}

/** What oslo.utils says too, unless the file is too short for it. */
function pointers(header: Qcow2Header): Unsafe[] {
  const found: Unsafe[] = [];
  if (header.backingFileOffset !== 0n)
    found.push({ check: 'backing_file', reason: 'Image has a backing file', advisories: BACKING_FILE });
  if ((header.incompatible & QCOW2_INCOMPATIBLE.dataFile) !== 0n)
    found.push({ check: 'data_file', reason: 'Image has data_file set', advisories: [QCOW2_DATA_FILE] });
  return found;
}

/** Tables that lie in each other, in the header, or beyond the end of the file. */
function misplaced(tables: readonly Part[], size: number): Unsafe[] {
  const found: Unsafe[] = [];
  const areas = [part('header', 'header', 0, 72), ...tables];
  areas.forEach((a, i) => {
    if (a.offset + a.length > size && i > 0)
      found.push({
        check: 'table_outside',
        reason: `The ${a.name} lies beyond the end of the file`,
        advisories: [],
      });
    for (const b of areas.slice(i + 1))
      if (a.offset < b.offset + b.length && b.offset < a.offset + a.length)
        found.push({
          check: 'overlapping_tables',
          reason: `The ${b.name} lies in the ${a.name}`,
          advisories: [QEMU_HEADERS],
        });
  });
  return found;
}
