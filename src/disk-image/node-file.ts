import { open } from 'node:fs/promises';
import type { Sliceable } from './reader';

/** A file of this machine that can be looked into. */
export interface NodeFile extends Sliceable {
  close(): Promise<void>;
}

/**
 * Opens a file for {@link inspectImage} in Node. `openAsBlob` of `node:fs` would do, but in Node 20 its blobs end at 2 GiB.
 *
 * @throws what `node:fs` throws, and a `TypeError` if it is a folder or a device
 */
export async function openImageFile(path: string): Promise<NodeFile> {
  const handle = await open(path);
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new TypeError('not a file');
  }
  return {
    size: stat.size,
    slice: (start, end) => ({
      arrayBuffer: async () => {
        const bytes = new Uint8Array(end - start);
        let length = 0;
        while (length < bytes.length) {
          const { bytesRead } = await handle.read(bytes, length, bytes.length - length, start + length);
          if (bytesRead === 0) break;
          length += bytesRead;
        }
        return bytes.buffer.slice(0, length);
      },
    }),
    close: () => handle.close(),
  };
}
