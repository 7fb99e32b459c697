import {
  deflateRaw,
  Z_BUF_ERROR,
  Z_FINISH,
  Z_STREAM_END,
  zlibInflate,
  zlibInflateInit2,
  ZStream,
} from 'pako';

// Why not the browser's own CompressionStream: it knows neither the window of 4 KiB that qcow2 prescribes nor how to
// stop where the data end. pako is a port of zlib, so what it writes is what QEMU writes.

/** A piece of a disk as qcow2 compresses it, or undefined when that saves nothing. */
export function compressCluster(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const compressed = deflateRaw(bytes, { windowBits: 12, memLevel: 9 });
  return compressed.length < bytes.length ? new Uint8Array(compressed) : undefined;
}

/**
 * The cluster of `length` bytes that `compressed` unpacks to; what follows the compressed data is ignored. Undefined
 * when they are damaged or fewer.
 */
export function decompressCluster(
  compressed: Uint8Array,
  length: number,
): Uint8Array<ArrayBuffer> | undefined {
  const { status, bytes } = inflate(compressed, length, -12);
  const fine = status === Z_STREAM_END || status === Z_BUF_ERROR;
  return fine && bytes.length === length ? bytes : undefined;
}

/** What data with zlib's header and checksum unpack to; undefined when they are damaged or more than `room` bytes. */
export function uncompress(compressed: Uint8Array, room: number): Uint8Array<ArrayBuffer> | undefined {
  const { status, bytes } = inflate(compressed, room, 15);
  return status === Z_STREAM_END ? bytes : undefined;
}

function inflate(compressed: Uint8Array, room: number, windowBits: number) {
  const stream = new ZStream();
  stream.input = compressed;
  stream.next_in = 0;
  stream.avail_in = compressed.length;
  stream.output = new Uint8Array(room);
  stream.next_out = 0;
  stream.avail_out = room;
  zlibInflateInit2(stream, windowBits);
  const status = zlibInflate(stream, Z_FINISH);
  return { status, bytes: stream.output.subarray(0, room - stream.avail_out) };
}
