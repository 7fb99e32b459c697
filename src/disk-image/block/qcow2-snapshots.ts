/** The table of snapshots in a qcow2 file. Models `qcow2_do_read_snapshots` of QEMU's `block/qcow2-snapshot.c`. */
import { Bytes } from '../formats/bytes';
import { readQcow2Snapshots, type Qcow2Header } from '../formats/qcow2';
import type { Snapshot } from './disk';
import { DiskError, type ByteSource } from './source';

const MAX_TABLE = 64 * 2 ** 20;
const FIRST_READ = 64 * 1024;
const MAX_EXTRA = 1024;

/** A snapshot with the facts that only `qemu-img check` needs. */
export interface Qcow2Snapshot extends Snapshot {
  l1TableOffset: bigint;
  l1Size: number;
}

/** Throws {@link DiskError} for a table that QEMU does not take. */
export async function openSnapshots(
  source: ByteSource,
  header: Qcow2Header,
): Promise<{ snapshots: Qcow2Snapshot[]; length: number }> {
  const { snapshotCount, snapshotsOffset } = header;
  if (snapshotCount === 0) return { snapshots: [], length: 0 };
  for (let size = FIRST_READ; ; size *= 4) {
    const table = new Bytes(await source.read(snapshotsOffset, Math.min(size, MAX_TABLE)));
    const { snapshots, length } = readQcow2Snapshots(table, header, snapshotCount);
    if (snapshots.length < snapshotCount) {
      if (table.u32(length + 36) > MAX_EXTRA)
        throw new DiskError(
          `Too much extra metadata in snapshot table entry ${snapshots.length}\n` +
            "You can force-remove this extra metadata by updating the image with 'qemu-img check -r all'",
        );
      if (size < MAX_TABLE) continue;
      throw new DiskError('Snapshot table too large', 'EFBIG');
    }
    return {
      length,
      snapshots: snapshots.map((each) => ({
        l1TableOffset: each.l1TableOffset,
        l1Size: each.l1Size,
        id: each.id,
        name: each.name,
        vmStateSize: each.vmStateSize,
        dateSeconds: each.date,
        dateNanoseconds: each.dateNsec,
        vmClockNanoseconds: each.vmClock,
        icount: BigInt.asIntN(64, each.icount ?? -1n),
      })),
    };
  }
}
