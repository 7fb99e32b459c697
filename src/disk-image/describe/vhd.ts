import {
  readVhdDynamicHeader,
  readVhdFooter,
  VHD_FOOTER_SIZE,
  VHD_TYPES,
  vhdDiskSize,
  type VhdFooter,
} from '../formats/vhd';
import { QEMU_HEADERS } from './advisories';
import { inOrder, number, part, type Description, type Part, type Subject, type Unsafe } from './description';

const DYNAMIC_HEADER_SIZE = 1024;
const ENTRY = 4;
const FIXED = 2;
/** Seconds from 1970 to 2000, when Microsoft's count begins. */
const MICROSOFT_EPOCH = 946684800;

/** Dynamic and differencing VHD: a copy of the footer stands first. */
export async function describeVhd({ reader, size, head, tail }: Subject): Promise<Description | undefined> {
  const footer = readVhdFooter(head);
  if (footer === undefined) return undefined;
  const header = readVhdDynamicHeader(await reader.read(footer.dataOffset, DYNAMIC_HEADER_SIZE));
  const unsafe: Unsafe[] = [];
  if (!footer.checksumOk) unsafe.push(damaged('The checksum of the footer is wrong'));
  if (header?.checksumOk === false) unsafe.push(damaged('The checksum of the dynamic header is wrong'));
  if (footer.type === 4)
    unsafe.push({
      check: 'parent',
      reason: `The disk is a difference to another: ${header?.parentName || 'unnamed'}`,
      advisories: [],
    });
  const parts: Part[] = [part('header', 'copy of the footer', 0, VHD_FOOTER_SIZE)];
  if (header) {
    const table = header.maxTableEntries * ENTRY;
    if (number(header.tableOffset) + table > size)
      unsafe.push({
        check: 'table_outside',
        reason: 'The block allocation table lies beyond the end of the file',
        advisories: [QEMU_HEADERS],
      });
    parts.push(
      part('header', 'dynamic header', footer.dataOffset, DYNAMIC_HEADER_SIZE),
      part('table', 'block allocation table', header.tableOffset, table),
    );
  }
  if (readVhdFooter(tail.slice(tail.length - VHD_FOOTER_SIZE, VHD_FOOTER_SIZE)))
    parts.push(part('header', 'footer', size - VHD_FOOTER_SIZE, VHD_FOOTER_SIZE));
  return {
    format: 'vhd',
    virtualSize: number(vhdDiskSize(footer)),
    details: {
      ...footerDetails(footer),
      ...(header ? { blockSize: header.blockSize, blocks: header.maxTableEntries } : {}),
      ...(header && footer.type === 4 ? { parent: header.parentName, parentUuid: header.parentUuid } : {}),
    },
    layout: inOrder(parts, size),
    unsafe,
  };
}

/** A fixed VHD is a raw disk with a footer, which nobody sees who looks at the start only. */
export function describeFixedVhd({ size, tail }: Subject): Description | undefined {
  const footer = readVhdFooter(tail.slice(tail.length - VHD_FOOTER_SIZE, VHD_FOOTER_SIZE));
  if (footer?.type !== FIXED) return undefined;
  return {
    format: 'vhd',
    virtualSize: number(vhdDiskSize(footer)),
    details: footerDetails(footer),
    layout: inOrder(
      [
        part('data', 'the disk', 0, size - VHD_FOOTER_SIZE),
        part('header', 'footer', size - VHD_FOOTER_SIZE, VHD_FOOTER_SIZE),
      ],
      size,
    ),
    unsafe: footer.checksumOk ? [] : [damaged('The checksum of the footer is wrong')],
  };
}

function footerDetails(footer: VhdFooter) {
  return {
    type: VHD_TYPES[footer.type] ?? `unknown (${footer.type})`,
    creator: footer.creatorApp.replace(/\0/g, '').trim(),
    created: new Date((footer.timestamp + MICROSOFT_EPOCH) * 1000).toISOString(),
    geometry: `${footer.cylinders}/${footer.heads}/${footer.sectorsPerCylinder}`,
    currentSize: number(footer.currentSize),
    uuid: footer.uuid,
  };
}

function damaged(reason: string): Unsafe {
  return { check: 'checksum', reason, advisories: [] };
}
