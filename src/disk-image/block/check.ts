/** What `qemu-img check` finds. Models `BdrvCheckResult` and the `bdrv_co_check` of QEMU's drivers. */
import type { Disk } from './disk';
import { checkQcow2 } from './qcow2-check';
import { Qcow2Disk } from './qcow2';
import { VdiDisk } from './vdi';

export interface CheckResult {
  /** Lines about what is wrong, as they are found. */
  messages: string[];
  corruptions: number;
  leaks: number;
  checkErrors: number;
  totalClusters: number;
  allocatedClusters: number;
  fragmentedClusters: number;
  compressedClusters: number;
  imageEndOffset: number;
}

export function emptyResult(): CheckResult {
  return {
    messages: [],
    corruptions: 0,
    leaks: 0,
    checkErrors: 0,
    totalClusters: 0,
    allocatedClusters: 0,
    fragmentedClusters: 0,
    compressedClusters: 0,
    imageEndOffset: 0,
  };
}

/** Undefined for a format that cannot be checked. Throws DiskError when the file cannot be read. */
export async function checkDisk(disk: Disk, checkSignal: () => void): Promise<CheckResult | undefined> {
  if (disk instanceof Qcow2Disk) return checkQcow2(disk, checkSignal);
  if (disk instanceof VdiDisk) return checkVdi(disk);
  // what else QEMU checks there is found on opening, or by reading
  if (disk.format === 'vmdk' || disk.format === 'vhdx') return emptyResult();
  return undefined;
}

/** Models `vdi_co_check`: each block is used once, and the header counts them right. */
async function checkVdi(disk: VdiDisk): Promise<CheckResult> {
  const result = emptyResult();
  const { blocksInImage, blocksAllocated } = disk.header;
  const users = new Map<number, number>();
  let allocated = 0;
  for (let index = 0; index < blocksInImage; index++) {
    const entry = await disk.block(index);
    if (entry === undefined) continue;
    if (entry >= blocksInImage) {
      result.corruptions++;
      result.messages.push(`ERROR: block index ${index} too large, is ${entry}`);
      continue;
    }
    allocated++;
    if (users.has(entry)) {
      result.corruptions++;
      result.messages.push(`ERROR: block index ${entry} also used by ${entry}`);
    } else users.set(entry, index);
  }
  if (allocated !== blocksAllocated) {
    result.corruptions++;
    result.messages.push(`ERROR: allocated blocks mismatch, is ${allocated}, should be ${blocksAllocated}`);
  }
  return result;
}
