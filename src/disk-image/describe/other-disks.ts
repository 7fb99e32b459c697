import { readLuksHeader } from '../formats/luks';
import { readPloopHeader } from '../formats/ploop';
import { readQedHeader } from '../formats/qed';
import { inOrder, number, part, type Description, type Subject } from './description';

/** QEMU Enhanced Disk, which nobody writes any more. */
export function describeQed({ size, head }: Subject): Description | undefined {
  const header = readQedHeader(head);
  if (header === undefined) return undefined;
  const table = header.tableSize * header.clusterSize;
  return {
    format: 'qed',
    virtualSize: number(header.imageSize - (header.imageSize % 512n)),
    details: {
      clusterSize: header.clusterSize,
      ...(header.backingFile !== undefined ? { backingFile: header.backingFile } : {}),
    },
    layout: inOrder(
      [
        part('header', 'header', 0, header.headerSize * header.clusterSize),
        part('table', 'level 1 table', header.l1TableOffset, table),
      ],
      size,
    ),
    unsafe:
      header.backingFile === undefined
        ? []
        : [
            {
              check: 'parent',
              reason: `The disk is a difference to another: ${header.backingFile}`,
              advisories: [],
            },
          ],
  };
}

/** An encrypted disk with its keys in front. */
export function describeLuks({ size, head }: Subject): Description | undefined {
  const header = readLuksHeader(head);
  if (header === undefined) return undefined;
  const known = header.version === 1 && header.payloadOffset <= size;
  return {
    format: 'luks',
    // QEMU counts in sectors
    virtualSize: known ? Math.ceil((size - header.payloadOffset) / 512) * 512 : null,
    details: {
      version: header.version,
      ...(header.version === 1
        ? { cipher: `${header.cipher}-${header.cipherMode}` }
        : { label: header.label }),
      hash: header.hash,
      uuid: header.uuid,
    },
    layout: inOrder(
      known
        ? [
            part('header', 'header and keys', 0, header.payloadOffset),
            part('data', 'encrypted disk', header.payloadOffset, size),
          ]
        : [part('header', 'header', 0, 4096)],
      size,
    ),
    unsafe: [],
  };
}

/** Virtuozzo's ploop. */
export function describePloop({ size, head }: Subject): Description | undefined {
  const header = readPloopHeader(head);
  if (header === undefined) return undefined;
  return {
    format: 'ploop',
    virtualSize: number(header.size),
    details: {
      version: header.version,
      blockSize: header.blockSectors * 512,
      blocks: header.blocks,
      inUse: header.inUse,
    },
    layout: inOrder(
      [
        part('header', 'header', 0, 64),
        part('table', 'block map', 64, header.blocks * 4),
        part('data', 'blocks', header.dataOffset * 512, header.dataOffset > 0 ? size : 0),
      ],
      size,
    ),
    unsafe: [],
  };
}
