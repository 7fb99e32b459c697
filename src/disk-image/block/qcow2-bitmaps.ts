/** Names of the dirty bitmaps in a qcow2 file. Models `bitmap_list_load` of QEMU's `block/qcow2-bitmap.c`. */
import type { QObject } from './disk';
import type { Qcow2Facts } from './qcow2-header';
import { DiskError, viewOf, type ByteSource } from './source';

const ENTRY = 24;

export async function bitmapsInfo(
  source: ByteSource,
  { count, directorySize, directoryOffset }: NonNullable<Qcow2Facts['bitmaps']>,
): Promise<QObject[]> {
  const size = Number(directorySize);
  const directory = await source.read(directoryOffset, size);
  const view = viewOf(directory);
  const bitmaps: QObject[] = [];
  for (let at = 0; at < size;) {
    if (at + ENTRY > size) throw new DiskError('Broken bitmap directory');
    const flags = view.getUint32(at + 12);
    const nameSize = view.getUint16(at + 18);
    const extra = view.getUint32(at + 20);
    const next = at + Math.ceil((ENTRY + nameSize + extra) / 8) * 8;
    if (next > size) throw new DiskError('Broken bitmap directory');
    const name = directory.subarray(at + ENTRY + extra, at + ENTRY + extra + nameSize);
    bitmaps.push({
      flags: [...(flags & 1 ? ['in-use'] : []), ...(flags & 2 ? ['auto'] : [])],
      name: new TextDecoder().decode(name),
      granularity: 2 ** view.getUint8(at + 17),
    });
    at = next;
  }
  if (bitmaps.length !== count) throw new DiskError('Unexpected end of bitmap directory');
  return bitmaps;
}
