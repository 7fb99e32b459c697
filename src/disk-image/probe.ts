import { FormatInspector } from './format-inspector';
import type { BoundedReader } from './reader';

const CHUNK = 64 * 1024;
/** The longest end of a file that an inspector looks at: header, footer and end marker of a stream-optimized VMDK. */
const TAIL = 3 * 512;

/**
 * Lets oslo.utils' inspectors see of a file just what they ask for, in the order in which it would stream by, so that
 * they say what they say in Glance at the end of an upload.
 */
export async function probe(reader: BoundedReader): Promise<FormatInspector> {
  const inspector = new FormatInspector();
  const { size } = reader;
  let position = 0;
  let wanted: number | undefined = 0;
  while (wanted !== undefined && wanted < size) {
    inspector.skip(wanted - position);
    const { data } = await reader.read(wanted, CHUNK);
    if (data.length === 0) break;
    inspector.feed(data);
    position = wanted + data.length;
    wanted = inspector.wanted(position);
  }
  const tail = Math.max(position, size - TAIL);
  inspector.skip(tail - position);
  const { data } = await reader.read(tail, size - tail);
  inspector.feed(data);
  inspector.skip(size - tail - data.length);
  inspector.finish();
  return inspector;
}
