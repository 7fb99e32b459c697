import type { Bytes } from './bytes';

/** The header of QEMU's enhanced disk (`docs/specs/qed_spec.rst`). */
export interface QedHeader {
  clusterSize: number;
  /** Clusters of a table. */
  tableSize: number;
  /** Clusters of the header. */
  headerSize: number;
  features: bigint;
  l1TableOffset: bigint;
  /** Size of the disk in bytes. */
  imageSize: bigint;
  backingFile: string | undefined;
}

export function readQedHeader(file: Bytes): QedHeader | undefined {
  if (!file.is(0, 'QED\0')) return undefined;
  const features = file.u64le(16);
  return {
    clusterSize: file.u32le(4),
    tableSize: file.u32le(8),
    headerSize: file.u32le(12),
    features,
    l1TableOffset: file.u64le(40),
    imageSize: file.u64le(48),
    backingFile: (features & 1n) !== 0n ? file.utf8(file.u32le(56), file.u32le(60)) : undefined,
  };
}
