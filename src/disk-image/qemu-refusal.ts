import type { FormatName } from './describe/description';
import { openDisk } from './block/open';
import { DiskError } from './block/source';
import { partOf, type BoundedReader } from './reader';

/** The formats that QEMU's drivers are modelled for, under QEMU's names. */
const DRIVERS: Partial<Record<FormatName, string>> = {
  qcow2: 'qcow2',
  vmdk: 'vmdk',
  vdi: 'vdi',
  vhd: 'vpc',
  vhdx: 'vhdx',
};

/**
 * Why `qemu-img` would not open the file, in its own words; `undefined` if it would, or if nobody can say.
 * Files that this one points to are not looked for.
 */
export async function qemuRefusal(reader: BoundedReader, format: FormatName): Promise<string | undefined> {
  const driver = DRIVERS[format];
  if (driver === undefined) return undefined;
  const file = partOf(reader, 0, reader.size);
  let refusal: string | undefined;
  let asked = false;
  try {
    await openDisk('image', {
      format: driver,
      backing: false,
      noIo: true,
      openFile: (name) => {
        asked ||= name !== 'image';
        return name === 'image' ? Promise.resolve(file) : Promise.reject(new DiskError('', 'ENOENT'));
      },
    });
  } catch (error) {
    // what is not of QEMU's words is a number that no array can have
    refusal = error instanceof DiskError ? error.message : 'Image is corrupt';
  }
  return asked || reader.exhausted ? undefined : refusal;
}
