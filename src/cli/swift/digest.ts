/** MD5 sums of files and streams, which are read piece by piece. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export { md5Of } from '../../client';

/** A stream that goes through and is counted and summed on its way. */
export function summed(stream: ReadableStream<Uint8Array>): {
  stream: ReadableStream<Uint8Array>;
  bytes(): number;
  /** To be asked at the end, once. */
  digest(): string;
} {
  const hash = md5.create();
  let bytes = 0;
  return {
    stream: stream.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          hash.update(chunk);
          bytes += chunk.length;
          controller.enqueue(chunk);
        },
      }),
    ),
    bytes: () => bytes,
    digest: () => bytesToHex(hash.digest()),
  };
}
