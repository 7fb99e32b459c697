import type { Bytes } from '../formats/bytes';
import {
  readVmdkCowdHeader,
  readVmdkDescriptor,
  readVmdkSparseHeader,
  VMDK_FLAGS,
  VMDK_GD_AT_END,
  VMDK_SECTOR,
  type VmdkDescriptor,
  type VmdkSparseHeader,
} from '../formats/vmdk';
import { VMDK_FLAT } from './advisories';
import {
  inOrder,
  number,
  part,
  type Description,
  type Details,
  type Subject,
  type Unsafe,
} from './description';

const MAX_DESCRIPTOR = 1024 ** 2 - 1;
const NO_PARENT = 'ffffffff';
const MAX_LISTED = 64;

/** VMware's VMDK: a sparse extent (`KDMV`), the older one of ESX (`COWD`), or the descriptor alone. */
export async function describeVmdk(subject: Subject): Promise<Description | undefined> {
  const { head } = subject;
  const sparse = readVmdkSparseHeader(head);
  if (sparse) return describeSparse(subject, sparse);
  const cowd = readVmdkCowdHeader(head);
  if (cowd) {
    return {
      format: 'vmdk',
      virtualSize: cowd.capacity * VMDK_SECTOR,
      details: {
        createType: 'vmfsSparse',
        header: 'COWD',
        version: cowd.version,
        grainSize: cowd.grainSize * VMDK_SECTOR,
      },
      layout: inOrder(
        [
          part('header', 'header', 0, 2048),
          part('table', 'grain directory', cowd.grainDirectory * VMDK_SECTOR, VMDK_SECTOR),
        ],
        subject.size,
      ),
      unsafe: [],
    };
  }
  return isDescriptor(head) ? describeText(subject) : undefined;
}

/** QEMU looks for a line `version=` after comments and empty lines; oslo.utils for the createType. */
function isDescriptor(head: Bytes): boolean {
  const text = head.text(0, 2048);
  const line = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'));
  return /^version=[123]\s*$/.test(line ?? '') || /^[\t\n\r -~]*createtype="/i.test(text);
}

async function describeSparse({ reader, size }: Subject, header: VmdkSparseHeader): Promise<Description> {
  const descriptorBytes = Math.min(number(header.descriptorSize) * VMDK_SECTOR, MAX_DESCRIPTOR);
  const text = await reader.read(number(header.descriptorOffset) * VMDK_SECTOR, descriptorBytes);
  const descriptor = readVmdkDescriptor(text.text(0, text.length));
  const atEnd = header.grainDirectory === VMDK_GD_AT_END;
  const footer = atEnd ? await reader.read(size - 2 * VMDK_SECTOR, VMDK_SECTOR) : undefined;
  const counts = (footer && readVmdkSparseHeader(footer)) ?? header;
  const grains = header.grainSize > 0n ? (header.capacity + header.grainSize - 1n) / header.grainSize : 0n;
  const tables = header.grainTableEntries > 0 ? Math.ceil(number(grains) / header.grainTableEntries) : 0;
  const directory = (name: string, sector: bigint) =>
    part(
      'table',
      name,
      sector === VMDK_GD_AT_END ? size : number(sector) * VMDK_SECTOR,
      sector > 0n ? tables * 4 : 0,
    );
  return {
    format: 'vmdk',
    virtualSize: number(counts.capacity) * VMDK_SECTOR,
    details: {
      ...describeDescriptor(descriptor),
      version: header.version,
      grainSize: number(header.grainSize) * VMDK_SECTOR,
      compressed: (header.flags & VMDK_FLAGS.compressed) !== 0,
      footer: atEnd,
      uncleanShutdown: header.uncleanShutdown,
    },
    layout: inOrder(
      [
        part('header', 'header', 0, VMDK_SECTOR),
        part('text', 'descriptor', number(header.descriptorOffset) * VMDK_SECTOR, descriptorBytes),
        directory('redundant grain directory', header.redundantGrainDirectory),
        directory('grain directory', counts.grainDirectory),
        part('data', 'grains', number(header.overhead) * VMDK_SECTOR, size),
        ...(atEnd ? [part('header', 'footer', size - 2 * VMDK_SECTOR, VMDK_SECTOR)] : []),
      ],
      size,
    ),
    unsafe: foreignFiles(descriptor),
  };
}

async function describeText({ reader, size }: Subject): Promise<Description> {
  const text = await reader.read(0, MAX_DESCRIPTOR);
  const descriptor = readVmdkDescriptor(text.text(0, text.length));
  const sectors = descriptor.extents.reduce((sum, extent) => sum + extent.sectors, 0n);
  return {
    format: 'vmdk',
    virtualSize: number(sectors) * VMDK_SECTOR,
    details: { ...describeDescriptor(descriptor), descriptorOnly: true },
    layout: inOrder([part('text', 'descriptor', 0, size)], size),
    unsafe: foreignFiles(descriptor),
  };
}

function describeDescriptor(descriptor: VmdkDescriptor): Details {
  return {
    createType: descriptor.createType ?? null,
    ...(descriptor.adapterType !== undefined ? { adapterType: descriptor.adapterType } : {}),
    ...(descriptor.parentCid !== undefined && descriptor.parentCid.toLowerCase() !== NO_PARENT
      ? { parent: descriptor.parentFileNameHint ?? null }
      : {}),
    extents: descriptor.extents.slice(0, MAX_LISTED).map(({ access, sectors, type, file }) => ({
      access,
      size: number(sectors) * VMDK_SECTOR,
      type,
      ...(file !== undefined ? { file } : {}),
    })),
    ...(descriptor.extents.length > MAX_LISTED ? { extentCount: descriptor.extents.length } : {}),
  };
}

/** Extents that are files of the host, which oslo.utils refuses by their slash alone. */
function foreignFiles({ createType, extents, parentCid, parentFileNameHint }: VmdkDescriptor): Unsafe[] {
  const found: Unsafe[] = [];
  for (const { file, type } of extents.slice(0, MAX_LISTED)) {
    if (file === undefined || !/[/\\]/.test(file)) continue;
    const absolute = /^([/\\]|[A-Za-z]:)/.test(file);
    found.push({
      check: 'extent_path',
      reason: `The ${type} extent is ${absolute ? 'an absolute path' : 'in another folder'}: ${file}`,
      advisories: [VMDK_FLAT],
    });
  }
  if (createType !== undefined && /flat/i.test(createType))
    found.push({
      check: 'flat',
      reason: `${createType} keeps its data in other files, which a descriptor may name at will`,
      advisories: [VMDK_FLAT],
    });
  if (parentCid !== undefined && parentCid.toLowerCase() !== NO_PARENT)
    found.push({
      check: 'parent',
      reason: `The disk is a difference to another: ${parentFileNameHint ?? 'unnamed'}`,
      advisories: [],
    });
  return found;
}
