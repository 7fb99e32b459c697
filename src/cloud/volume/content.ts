import { FormatInspector } from '../../disk-image/format-inspector';
import { writeQcow2 } from '../../disk-image/qcow2-writer';

/** What a disk holds, by offset in bytes: base64 of each block that is not all zeros. */
export type Content = Record<string, string>;

const BLOCK = 65536;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** The image's data are not what its record says, or of a format that cannot be read here. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
}

/**
 * The disk inside the data of an image, as `fetch_to_raw` of cinder/image/image_utils.py gets it. Of formats other than
 * raw only what qemu-img makes of an empty disk is understood: their disks are empty here.
 *
 * @throws {@link ConversionError} when the data are of another format than the record says.
 */
export function contentOf(data: Uint8Array<ArrayBuffer>, diskFormat: string): Content {
  const inspector = new FormatInspector();
  inspector.feed(data);
  inspector.finish();
  if (diskFormat !== 'raw' && inspector.formats.every(({ name }) => name !== diskFormat))
    throw new ConversionError(`Image is unacceptable: the data are not ${diskFormat}`);
  return diskFormat === 'raw' || diskFormat === 'iso' ? blocksOf(data) : {};
}

function blocksOf(data: Uint8Array<ArrayBuffer>): Content {
  const content: Content = {};
  for (let at = 0; at < data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK);
    if (block.some((byte) => byte !== 0)) content[at] = base64(block);
  }
  return content;
}

/** A volume's data in the format of the image that is made of it, piece by piece; undefined for formats nobody writes here. */
export function imageData(
  content: Content,
  sizeGib: number,
  diskFormat: string,
): ReadableStream<Uint8Array<ArrayBuffer>> | undefined {
  // a real one has all the zeros of the volume behind it, which nobody wants to wait for, or to keep, here
  if (diskFormat === 'raw') return rawStream(content, Math.min(writtenSize(content), sizeGib * GIB));
  if (diskFormat !== 'qcow2') return undefined;
  const file = writeQcow2({ size: sizeGib * GIB, content: head(content) });
  // qemu-img convert fills the last sector
  const padded = new Uint8Array(Math.ceil(file.length / 512) * 512);
  padded.set(file);
  return new Blob([padded]).stream();
}

/** Bytes up to the last block that is not zeros, in whole MiB. */
function writtenSize(content: Content): number {
  const end = Math.max(0, ...Object.keys(content).map((at) => Number(at) + BLOCK));
  return Math.max(1, Math.ceil(end / MIB)) * MIB;
}

/** All up to the last block that is not zeros. */
function head(content: Content): Uint8Array<ArrayBuffer> {
  const offsets = Object.keys(content).map(Number);
  const bytes = new Uint8Array(offsets.length === 0 ? 0 : Math.max(...offsets) + BLOCK);
  for (const [at, text] of Object.entries(content)) bytes.set(bytesOf(text), Number(at));
  return bytes;
}

function rawStream(content: Content, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const zeros = new Uint8Array(MIB);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= size) return controller.close();
      const length = Math.min(zeros.length, size - at);
      const used = Array.from({ length: Math.ceil(length / BLOCK) }, (_, i) => at + i * BLOCK).filter(
        (offset) => Object.hasOwn(content, String(offset)),
      );
      const piece = used.length === 0 ? zeros.subarray(0, length) : new Uint8Array(length);
      for (const offset of used) piece.set(bytesOf(content[offset] ?? ''), offset - at);
      at += length;
      controller.enqueue(piece);
    },
  });
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
