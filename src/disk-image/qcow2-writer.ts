import { QCOW2_DEFAULTS, Qcow2Writer } from './block/qcow2-writer';

export interface Qcow2Options {
  /** Bytes of the virtual disk; a multiple of 512. */
  size: number;
  /** What the disk begins with; the rest is zeros. Clusters of zeros take no room in the file. */
  content?: Uint8Array<ArrayBuffer>;
  /** 12 to 21: a cluster has 2 to this power of bytes. 16 is QEMU's default. */
  clusterBits?: number;
}

/** A qcow2 image, version 3. Without content it is byte for byte what `qemu-img create -f qcow2` writes. */
export function writeQcow2({
  size,
  content = new Uint8Array(0),
  clusterBits = 16,
}: Qcow2Options): Uint8Array<ArrayBuffer> {
  const writer = new Qcow2Writer({ ...QCOW2_DEFAULTS, size: BigInt(size), clusterBits }, false);
  const { clusterSize } = writer;
  for (let at = 0; at < content.length; at += clusterSize) {
    const cluster = content.subarray(at, at + clusterSize);
    if (cluster.some((byte) => byte !== 0)) writer.write(at, cluster);
  }
  // without Blobs, all parts are bytes
  const parts = writer.finish().filter((part) => part instanceof Uint8Array);
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
