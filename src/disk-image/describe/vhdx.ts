import {
  readVhdxCreator,
  readVhdxHeader,
  readVhdxMetadata,
  readVhdxRegions,
  VHDX_OFFSETS,
  VHDX_REGIONS,
  VHDX_SIGNATURE,
  type VhdxMetadata,
  type VhdxRegion,
} from '../formats/vhdx';
import { QEMU_HEADERS } from './advisories';
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

const BLOCK = 64 * 1024;
const METADATA_READ = 128 * 1024;
const NO_LOG = '00000000-0000-0000-0000-000000000000';
const NAMES: Readonly<Record<string, string>> = {
  [VHDX_REGIONS.bat]: 'block allocation table',
  [VHDX_REGIONS.metadata]: 'metadata',
};

/** Microsoft's VHDX ([MS-VHDX]). */
export async function describeVhdx({ reader, size, head }: Subject): Promise<Description | undefined> {
  if (!head.is(0, VHDX_SIGNATURE)) return undefined;
  const headers = [VHDX_OFFSETS.header1, VHDX_OFFSETS.header2];
  const read = await Promise.all(headers.map((at) => reader.read(at, 4096)));
  const header = read
    .flatMap((bytes) => readVhdxHeader(bytes) ?? [])
    .sort((a, b) => number(b.sequenceNumber - a.sequenceNumber))[0];
  const regions = readVhdxRegions(await reader.read(VHDX_OFFSETS.regionTable1, BLOCK)) ?? [];
  const metadataRegion = regions.find(({ guid }) => guid === VHDX_REGIONS.metadata);
  const metadata =
    metadataRegion && readVhdxMetadata(await reader.read(metadataRegion.offset, METADATA_READ));
  const logged = header !== undefined && header.logGuid !== NO_LOG;
  const parts: Part[] = [
    part('header', 'file identifier', VHDX_OFFSETS.identifier, BLOCK),
    part('header', 'header 1', VHDX_OFFSETS.header1, BLOCK),
    part('header', 'header 2', VHDX_OFFSETS.header2, BLOCK),
    part('table', 'region table', VHDX_OFFSETS.regionTable1, BLOCK),
    part('table', 'copy of the region table', VHDX_OFFSETS.regionTable2, BLOCK),
    ...(header ? [part('table', 'log', header.logOffset, header.logLength)] : []),
    ...regions.map(({ guid, offset, length }) =>
      part('table', NAMES[guid] ?? 'unknown region', offset, length),
    ),
  ];
  return {
    format: 'vhdx',
    virtualSize: metadata ? number(metadata.virtualDiskSize) : null,
    details: {
      ...(metadata ? metadataDetails(metadata) : {}),
      creator: readVhdxCreator(head),
      log: logged ? 'to be replayed' : 'empty',
    },
    layout: inOrder(parts, size),
    unsafe: [...parentOf(metadata), ...doubtful(regions, metadata, size)],
  };
}

function metadataDetails(metadata: VhdxMetadata): Details {
  const { hasParent, leaveBlocksAllocated, parentLocator } = metadata;
  return {
    type: hasParent ? 'differencing' : leaveBlocksAllocated ? 'fixed' : 'dynamic',
    blockSize: metadata.blockSize,
    logicalSectorSize: metadata.logicalSectorSize,
    physicalSectorSize: metadata.physicalSectorSize,
    diskId: metadata.virtualDiskId,
    ...(hasParent ? { parent: parentLocator } : {}),
  };
}

function parentOf(metadata: VhdxMetadata | undefined): Unsafe[] {
  if (!metadata?.hasParent) return [];
  const { relative_path: relative, absolute_win32_path: absolute } = metadata.parentLocator;
  const reason = `The disk is a difference to another: ${relative ?? absolute ?? 'unnamed'}`;
  return [{ check: 'parent', reason, advisories: [] }];
}

function doubtful(
  regions: readonly VhdxRegion[],
  metadata: VhdxMetadata | undefined,
  size: number,
): Unsafe[] {
  const found: Unsafe[] = [];
  if (metadata === undefined)
    found.push({
      check: 'header',
      reason: 'There is no metadata, so nothing says how large the disk is',
      advisories: [],
    });
  if (regions.some(({ guid, required }) => required && !(guid in NAMES)) || metadata?.unknownRequired.length)
    found.push({
      check: 'unknown_features',
      reason: 'The file requires something that no specification names',
      advisories: [],
    });
  regions.forEach((a, i) => {
    const name = NAMES[a.guid] ?? 'unknown region';
    if (number(a.offset) + a.length > size)
      found.push({
        check: 'table_outside',
        reason: `The ${name} lies beyond the end of the file`,
        advisories: [],
      });
    for (const b of regions.slice(i + 1))
      if (a.offset < b.offset + BigInt(b.length) && b.offset < a.offset + BigInt(a.length))
        found.push({
          check: 'overlapping_tables',
          reason: `The ${NAMES[b.guid] ?? 'unknown region'} lies in the ${name}`,
          advisories: [QEMU_HEADERS],
        });
  });
  return found.slice(0, 16);
}
