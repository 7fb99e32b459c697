/** Files that have just enough of a format to be recognized, for tests. */

export function disk(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(size);
}

function text(bytes: Uint8Array, at: number, value: string): void {
  bytes.set(
    Array.from(value, (char) => char.charCodeAt(0)),
    at,
  );
}

export function qcow2({
  version = 3,
  backingFile = 0n,
  features = 0n,
  size = 1024,
}): Uint8Array<ArrayBuffer> {
  const bytes = disk(4096);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x514649fb);
  view.setUint32(4, version);
  view.setBigUint64(8, backingFile);
  view.setBigUint64(24, BigInt(size));
  view.setBigUint64(72, features);
  return bytes;
}

export function qed(): Uint8Array<ArrayBuffer> {
  const bytes = disk(1024);
  text(bytes, 0, 'QED\0');
  return bytes;
}

export function vhd(size: number): Uint8Array<ArrayBuffer> {
  const bytes = disk(4096);
  text(bytes, 0, 'conectix');
  new DataView(bytes.buffer).setBigUint64(40, BigInt(size));
  return bytes;
}

export function vdi(size: number): Uint8Array<ArrayBuffer> {
  const bytes = disk(1024);
  const view = new DataView(bytes.buffer);
  view.setUint32(64, 0xbeda107f, true);
  view.setBigUint64(368, BigInt(size), true);
  return bytes;
}

export function luks({ version = 1 } = {}): Uint8Array<ArrayBuffer> {
  const bytes = disk(8192);
  text(bytes, 0, 'LUKS\xba\xbe');
  const view = new DataView(bytes.buffer);
  view.setUint16(6, version);
  view.setUint32(104, 8);
  return bytes;
}

/** The protective MBR that stands in front of a GUID partition table. */
export function gpt({ bootFlag = 0 } = {}): Uint8Array<ArrayBuffer> {
  const bytes = disk(2048);
  bytes.set([bootFlag, 0, 2, 0, 0xee], 446);
  const view = new DataView(bytes.buffer);
  view.setUint32(454, 1, true);
  view.setUint16(510, 0xaa55, true);
  return bytes;
}

export function vmdk({
  createType = 'monolithicSparse',
  extent = 'RW 2048 SPARSE "x.vmdk"',
} = {}): Uint8Array<ArrayBuffer> {
  const bytes = disk(128 * 1024);
  text(bytes, 0, 'KDMV');
  const view = new DataView(bytes.buffer);
  view.setUint32(4, 1, true);
  view.setBigUint64(12, 2048n, true);
  view.setBigUint64(28, 1n, true);
  view.setBigUint64(36, 20n, true);
  text(
    bytes,
    512,
    `# Disk DescriptorFile\nversion=1\ncreateType="${createType}"\n${extent}\nddb.adapterType = "ide"\n`,
  );
  return bytes;
}

export function vhdx(size: number): Uint8Array<ArrayBuffer> {
  const bytes = disk(1024 ** 2);
  const view = new DataView(bytes.buffer);
  const regions = 192 * 1024;
  const metadata = 512 * 1024;
  text(bytes, 0, 'vhdxfile');
  view.setUint32(regions, 0x69676572, true);
  view.setUint32(regions + 8, 1, true);
  guid(bytes, regions + 16, '06a27c8b90479a4bb8fe575f050f886e');
  view.setBigUint64(regions + 32, BigInt(metadata), true);
  text(bytes, metadata, 'metadata');
  view.setUint16(metadata + 10, 1, true);
  guid(bytes, metadata + 32, '2442a52f1bcd7648b2115dbed83bf4b8');
  view.setUint32(metadata + 48, 64 * 1024, true);
  view.setUint32(metadata + 52, 8, true);
  view.setBigUint64(metadata + 64 * 1024, BigInt(size), true);
  return bytes;
}

function guid(bytes: Uint8Array, at: number, hex: string): void {
  bytes.set(hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [], at);
}
