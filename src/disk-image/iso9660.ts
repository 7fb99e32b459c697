import type { SampleFile } from './fat';

const BLOCK = 2048;
/** Blocks in front of the first volume descriptor. */
const SYSTEM_AREA = 16;
const PATH_TABLE_LITTLE = 18;
const PATH_TABLE_BIG = 19;
const ROOT_DIRECTORY = 20;
const FIRST_FILE = 21;
const PATH_TABLE_SIZE = 10;

/** An ISO 9660 volume (level 1) with a few files in its root directory. It cannot boot. */
export function writeIso({
  label,
  files,
}: {
  label: string;
  files: readonly SampleFile[];
}): Uint8Array<ArrayBuffer> {
  const contents = files.map(({ content }) => new TextEncoder().encode(content));
  const starts: number[] = [];
  let blocks = FIRST_FILE;
  for (const content of contents) {
    starts.push(blocks);
    blocks += Math.ceil(content.length / BLOCK);
  }
  const bytes = new Uint8Array(blocks * BLOCK);
  bytes.set(primaryDescriptor(label, blocks), SYSTEM_AREA * BLOCK);
  bytes.set([255, ...latin1('CD001'), 1], (SYSTEM_AREA + 1) * BLOCK);
  bytes.set(pathTable(true), PATH_TABLE_LITTLE * BLOCK);
  bytes.set(pathTable(false), PATH_TABLE_BIG * BLOCK);

  const records = [
    directoryRecord('\0', ROOT_DIRECTORY, BLOCK, true),
    directoryRecord('\x01', ROOT_DIRECTORY, BLOCK, true),
  ];
  files.forEach(({ name }, i) => {
    records.push(directoryRecord(`${name};1`, starts[i] ?? 0, contents[i]?.length ?? 0, false));
    bytes.set(contents[i] ?? [], (starts[i] ?? 0) * BLOCK);
  });
  let at = ROOT_DIRECTORY * BLOCK;
  for (const record of records) {
    bytes.set(record, at);
    at += record.length;
  }
  return bytes;
}

function primaryDescriptor(label: string, blocks: number): Uint8Array {
  const bytes = new Uint8Array(BLOCK);
  const view = new DataView(bytes.buffer);
  const text = (value: string, at: number, length: number) => bytes.set(latin1(value.padEnd(length)), at);
  bytes.set([1, ...latin1('CD001'), 1]);
  text('', 8, 32);
  text(label, 40, 32);
  both32(view, 80, blocks);
  both16(view, 120, 1);
  both16(view, 124, 1);
  both16(view, 128, BLOCK);
  both32(view, 132, PATH_TABLE_SIZE);
  view.setUint32(140, PATH_TABLE_LITTLE, true);
  view.setUint32(148, PATH_TABLE_BIG);
  bytes.set(directoryRecord('\0', ROOT_DIRECTORY, BLOCK, true), 156);
  text('', 190, 128);
  text('', 318, 128);
  text('', 446, 128);
  text('LEARN OPENSTACK', 574, 128);
  text('', 702, 111);
  for (const at of [813, 830]) bytes.set(latin1('2026112209000000'), at);
  for (const at of [847, 864]) bytes.set(latin1('0000000000000000'), at);
  view.setUint8(881, 1);
  return bytes;
}

function directoryRecord(name: string, block: number, size: number, isDirectory: boolean): Uint8Array {
  const length = 33 + name.length + ((name.length + 1) % 2);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, length);
  both32(view, 2, block);
  both32(view, 10, size);
  bytes.set([2026 - 1900, 11, 22, 9, 0, 0, 0], 18);
  view.setUint8(25, isDirectory ? 2 : 0);
  both16(view, 28, 1);
  view.setUint8(32, name.length);
  bytes.set(latin1(name), 33);
  return bytes;
}

/** One entry: the root directory, which is its own parent. */
function pathTable(littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(PATH_TABLE_SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint32(2, ROOT_DIRECTORY, littleEndian);
  view.setUint16(6, 1, littleEndian);
  return bytes;
}

/** ISO 9660 writes most numbers twice: little-endian, then big-endian. */
function both32(view: DataView, at: number, value: number): void {
  view.setUint32(at, value, true);
  view.setUint32(at + 4, value);
}

function both16(view: DataView, at: number, value: number): void {
  view.setUint16(at, value, true);
  view.setUint16(at + 2, value);
}

function latin1(text: string): number[] {
  return [...text].map((char) => char.charCodeAt(0));
}
