import { readVdiHeader, VDI_TYPES } from '../formats/vdi';
import { inOrder, number, part, type Description, type Subject, type Unsafe } from './description';

const NONE = '00000000-0000-0000-0000-000000000000';
const SECTOR = 512n;

/** VirtualBox's VDI. */
export function describeVdi({ size, head }: Subject): Description | undefined {
  const header = readVdiHeader(head);
  if (header === undefined) return undefined;
  const unsafe: Unsafe[] = [];
  const hasParent = header.uuidLink !== NONE || header.uuidParent !== NONE;
  if (hasParent)
    unsafe.push({ check: 'parent', reason: 'The disk is a difference to another', advisories: [] });
  return {
    format: 'vdi',
    // QEMU rounds an odd size up to sectors
    virtualSize: number(((header.diskSize + SECTOR - 1n) / SECTOR) * SECTOR),
    details: {
      type: VDI_TYPES[header.imageType] ?? `unknown (${header.imageType})`,
      version: `${header.version >>> 16}.${header.version & 0xffff}`,
      creator: header.text,
      ...(header.description !== '' ? { description: header.description } : {}),
      blockSize: header.blockSize,
      blocks: header.blocksInImage,
      blocksAllocated: header.blocksAllocated,
      uuid: header.uuidImage,
    },
    layout: inOrder(
      [
        part('header', 'header', 0, 512),
        part('table', 'block map', header.offsetBmap, header.blocksInImage * 4),
        part('data', 'blocks', header.offsetData, header.blocksAllocated * header.blockSize),
      ],
      size,
    ),
    unsafe,
  };
}
