import { Bytes } from '../formats/bytes';
import { isOvf, readOvf, type OvfEnvelope } from '../formats/ovf';
import { readTarHeader, TAR_BLOCK } from '../formats/tar';
import { partOf, type Sliceable } from '../reader';
import { inOrder, part, type Description, type Detail, type Part, type Subject } from './description';

/** More members than that are not listed. */
const MAX_MEMBERS = 64;
const MAX_OVF = 256 * 1024;
const EXTENDED = ['x', 'g', 'L', 'K'];

/** Describes what lies in an archive or is packed. */
export type DescribeInside = (file: Sliceable) => Promise<Description>;

interface Member {
  name: string;
  size: number;
  /** Where its content starts. */
  offset: number;
}

/** The envelope alone, without the disks it is about. */
export async function describeOvf({ reader, size, head }: Subject): Promise<Description | undefined> {
  if (!isOvf(head.utf8(0, 8192))) return undefined;
  const text = await reader.read(0, MAX_OVF);
  const envelope = readOvf(text.utf8(0, text.length));
  return {
    format: 'ovf',
    virtualSize: null,
    details: envelopeDetails(envelope),
    layout: inOrder([part('text', 'OVF envelope', 0, size)], size),
    unsafe: [],
  };
}

/** A tar archive; with an OVF envelope in it, an OVA. */
export async function describeTar(
  subject: Subject,
  inside: DescribeInside,
): Promise<Description | undefined> {
  const { reader, size, head } = subject;
  if (readTarHeader(head.slice(0, TAR_BLOCK)) === undefined) return undefined;
  const members = await listMembers(subject);
  const ovf = members.find(({ name }) => /\.ovf$/i.test(name));
  const text = ovf && (await reader.read(ovf.offset, Math.min(ovf.size, MAX_OVF)));
  const envelope = text && readOvf(text.utf8(0, text.length));
  const isDisk = ({ name }: Member) =>
    envelope?.disks.some(({ href }) => href === name) ?? /\.(img|raw|qcow2|vmdk|vdi|vhdx?)$/i.test(name);
  const disk = members.find(isDisk);
  const content = disk && (await inside(partOf(reader, disk.offset, disk.size)));
  return {
    format: envelope ? 'ova' : 'tar',
    virtualSize: content?.virtualSize ?? null,
    details: {
      members: members.map(({ name, size }) => ({ name, size })),
      ...(envelope ? envelopeDetails(envelope) : roles(members)),
      ...(disk && content ? { disk: { name: disk.name, ...summary(content) } } : {}),
    },
    layout: inOrder(
      members.flatMap((member) => memberParts(member)),
      size,
    ),
    unsafe: content?.unsafe ?? [],
  };
}

function memberParts({ name, size, offset }: Member): Part[] {
  return [
    part('header', `tar header: ${name}`, offset - TAR_BLOCK, TAR_BLOCK),
    part(/\.(ovf|mf|cert)$/i.test(name) ? 'text' : 'data', name, offset, size),
  ];
}

async function listMembers({ reader, size }: Subject): Promise<Member[]> {
  const members: Member[] = [];
  for (let at = 0, seen = 0; at < size && seen < MAX_MEMBERS; seen++) {
    const header = readTarHeader(await reader.read(at, TAR_BLOCK));
    if (header === undefined) break;
    const offset = at + header.contentAt;
    if (!EXTENDED.includes(header.type)) members.push({ name: header.name, size: header.size, offset });
    at = offset + Math.ceil(header.size / TAR_BLOCK) * TAR_BLOCK;
  }
  return members;
}

function envelopeDetails({ name, operatingSystem, disks }: OvfEnvelope): Readonly<Record<string, Detail>> {
  return {
    ...(name !== undefined ? { name } : {}),
    ...(operatingSystem !== undefined ? { operatingSystem } : {}),
    disks: disks.map(({ href, capacity, format }) => ({
      file: href ?? null,
      capacity,
      format: /vmdk/i.test(format ?? '') ? 'vmdk' : (format ?? null),
    })),
  };
}

/** Kernel, RAM disk and root disk, as in the tarballs that Ubuntu's cloud images once were. */
function roles(members: readonly Member[]): Readonly<Record<string, Detail>> {
  const find = (pattern: RegExp) => members.find(({ name }) => pattern.test(name))?.name;
  const kernel = find(/(vmlinu[xz]|(^|\/)kernel|\baki\b)/i);
  const ramdisk = find(/(initrd|initramfs|ramdisk|\bari\b)/i);
  const disk = find(/\.(img|raw|ext[234]|ami)$/i);
  if (kernel === undefined || disk === undefined) return {};
  return { kernel, ...(ramdisk !== undefined ? { ramdisk } : {}), rootDisk: disk };
}

/** What matters of a disk that lies in something else. */
export function summary({ format, virtualSize, details }: Description): Readonly<Record<string, Detail>> {
  return {
    format,
    virtualSize,
    ...(details['createType'] !== undefined ? { createType: details['createType'] } : {}),
  };
}

/** Bytes in memory as a file. */
export function inMemory(bytes: Uint8Array): Sliceable {
  return {
    size: bytes.length,
    slice: (start, end) => ({
      arrayBuffer: () => Promise.resolve(new Bytes(bytes).slice(start, end - start).data.slice().buffer),
    }),
  };
}
