/** The features that QEMU 10 names in the header of every new file: [kind, bit, name]. */
const FEATURE_NAMES: readonly (readonly [number, number, string])[] = [
  [0, 0, 'dirty bit'],
  [0, 1, 'corrupt bit'],
  [0, 2, 'external data file'],
  [0, 3, 'compression type'],
  [0, 4, 'extended L2 entries'],
  [1, 0, 'lazy refcounts'],
  [2, 0, 'bitmaps'],
  [2, 1, 'raw external data'],
];
const FEATURE_NAME_TABLE = 0x6803f857;
const FEATURE_NAME_ENTRY = 48;
const HEADER_LENGTH = 112;
/** Bit 63 of a table entry: this cluster is referred to exactly once. */
const COPIED = 1n << 63n;

export interface Qcow2Options {
  /** Bytes of the virtual disk; a multiple of 512. */
  size: number;
  /** What the disk begins with; the rest is zeros. Clusters of zeros take no room in the file. */
  content?: Uint8Array;
  /** 12 to 21: a cluster has 2 to this power of bytes. 16 is QEMU's default. */
  clusterBits?: number;
}

/**
 * A qcow2 image, version 3. Without content it is byte for byte what `qemu-img create -f qcow2` writes.
 * The layout is described in QEMU's `docs/interop/qcow2.txt`: header, refcounts, then L1 and L2 tables, then data.
 */
export function writeQcow2({
  size,
  content = new Uint8Array(0),
  clusterBits = 16,
}: Qcow2Options): Uint8Array<ArrayBuffer> {
  const clusterSize = 2 ** clusterBits;
  const perL2 = clusterSize / 8;
  const l1Size = Math.max(1, Math.ceil(size / clusterSize / perL2));
  const used = usedClusters(content, clusterSize);
  const l2Indexes = [...new Set(used.map((cluster) => Math.floor(cluster / perL2)))];

  const l1Cluster = 3;
  const l2Cluster = l1Cluster + Math.ceil((l1Size * 8) / clusterSize);
  const dataCluster = l2Cluster + l2Indexes.length;
  const total = dataCluster + used.length;
  if (total > clusterSize / 2) throw new RangeError('more content than one refcount block can count');

  // QEMU ends an empty file after the L1 table
  const file = new Uint8Array(used.length === 0 ? l1Cluster * clusterSize + l1Size * 8 : total * clusterSize);
  const view = new DataView(file.buffer);
  writeHeader(view, {
    size,
    clusterBits,
    l1Size,
    l1Offset: l1Cluster * clusterSize,
    refcountTableOffset: clusterSize,
  });
  view.setBigUint64(clusterSize, BigInt(2 * clusterSize));
  for (let cluster = 0; cluster < total; cluster++) view.setUint16(2 * clusterSize + 2 * cluster, 1);
  l2Indexes.forEach((l2Index, i) => {
    view.setBigUint64(l1Cluster * clusterSize + 8 * l2Index, COPIED | BigInt((l2Cluster + i) * clusterSize));
  });
  used.forEach((cluster, i) => {
    const l2 = (l2Cluster + l2Indexes.indexOf(Math.floor(cluster / perL2))) * clusterSize;
    const offset = (dataCluster + i) * clusterSize;
    view.setBigUint64(l2 + 8 * (cluster % perL2), COPIED | BigInt(offset));
    file.set(content.subarray(cluster * clusterSize, (cluster + 1) * clusterSize), offset);
  });
  return file;
}

/** Numbers of the clusters that hold something else than zeros. */
function usedClusters(content: Uint8Array, clusterSize: number): number[] {
  const used: number[] = [];
  for (let cluster = 0; cluster * clusterSize < content.length; cluster++) {
    if (content.subarray(cluster * clusterSize, (cluster + 1) * clusterSize).some((byte) => byte !== 0))
      used.push(cluster);
  }
  return used;
}

interface Header {
  size: number;
  clusterBits: number;
  l1Size: number;
  l1Offset: number;
  refcountTableOffset: number;
}

function writeHeader(view: DataView, header: Header): void {
  view.setUint32(0, 0x514649fb);
  view.setUint32(4, 3);
  view.setUint32(20, header.clusterBits);
  view.setBigUint64(24, BigInt(header.size));
  view.setUint32(36, header.l1Size);
  view.setBigUint64(40, BigInt(header.l1Offset));
  view.setBigUint64(48, BigInt(header.refcountTableOffset));
  view.setUint32(56, 1);
  // refcounts of 2 to the power of 4 bits
  view.setUint32(96, 4);
  view.setUint32(100, HEADER_LENGTH);
  view.setUint32(HEADER_LENGTH, FEATURE_NAME_TABLE);
  view.setUint32(HEADER_LENGTH + 4, FEATURE_NAMES.length * FEATURE_NAME_ENTRY);
  FEATURE_NAMES.forEach(([kind, bit, name], i) => {
    const at = HEADER_LENGTH + 8 + i * FEATURE_NAME_ENTRY;
    view.setUint8(at, kind);
    view.setUint8(at + 1, bit);
    [...name].forEach((char, j) => view.setUint8(at + 2 + j, char.charCodeAt(0)));
  });
}
