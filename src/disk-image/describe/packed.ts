import {
  compressionOf,
  readGzipHeader,
  xzContentSize,
  xzIndexSize,
  zstdContentSize,
  type Compression,
} from '../formats/compressed';
import { inMemory, summary, type DescribeInside } from './archives';
import { inOrder, number, part, type Description, type Detail, type Part, type Subject } from './description';

/** How much of a gzip file is unpacked to see what is in it, before and after. */
const PACKED_READ = 512 * 1024;
const UNPACKED_READ = 1024 ** 2;
const MAX_XZ_INDEX = 64 * 1024;

/** gzip, xz, zstd or bzip2 around something. Only gzip is looked into: that is what a browser can unpack. */
export async function describePacked(
  subject: Subject,
  inside: DescribeInside,
): Promise<Description | undefined> {
  const compression = compressionOf(subject.head);
  if (compression === undefined) return undefined;
  const { contentSize, parts, name } = await frame(subject, compression);
  const content = compression === 'gzip' ? await inside(inMemory(await unpack(subject))) : undefined;
  return {
    format: compression,
    virtualSize: null,
    details: {
      contentSize: contentSize ?? null,
      ...(name !== undefined ? { name } : {}),
      ...(content ? { content: contentOf(content, contentSize) } : {}),
    },
    layout: inOrder(parts, subject.size),
    unsafe: content?.unsafe.filter(({ check }) => check !== 'table_outside') ?? [],
  };
}

/** The content was cut off where unpacking stopped, so for a raw disk its length says nothing. */
function contentOf(content: Description, contentSize: number | undefined): Readonly<Record<string, Detail>> {
  const seen = summary(content);
  if (content.format === 'raw' || content.format === 'iso')
    return { ...seen, virtualSize: contentSize ?? null, ...content.details };
  return content.format === 'tar' || content.format === 'kernel' ? { ...seen, ...content.details } : seen;
}

interface Frame {
  contentSize: number | undefined;
  parts: Part[];
  name?: string | undefined;
}

async function frame({ reader, size, head, tail }: Subject, compression: Compression): Promise<Frame> {
  switch (compression) {
    case 'gzip': {
      const { start, name } = readGzipHeader(head);
      // the trailer counts modulo 4 GiB
      const contentSize = size >= 18 && size < 2 ** 30 ? tail.u32le(tail.length - 4) : undefined;
      return {
        contentSize,
        name,
        parts: [
          part('header', 'gzip header', 0, start),
          part('data', 'packed content', start, size - start - 8),
          part('header', 'CRC and length', size - 8, 8),
        ],
      };
    }
    case 'xz': {
      const indexSize = xzIndexSize(tail.slice(tail.length - 12, 12));
      const known = indexSize !== undefined && indexSize <= Math.min(MAX_XZ_INDEX, size - 24);
      const at = size - 12 - (indexSize ?? 0);
      const contentSize = known ? xzContentSize(await reader.read(at, indexSize)) : undefined;
      return {
        contentSize: contentSize === undefined ? undefined : number(contentSize),
        parts: [
          part('header', 'xz header', 0, 12),
          part('data', 'packed content', 12, known ? at - 12 : size),
          ...(known
            ? [part('table', 'index', at, indexSize), part('header', 'xz footer', size - 12, 12)]
            : []),
        ],
      };
    }
    case 'zstd': {
      const contentSize = zstdContentSize(head);
      return {
        contentSize: contentSize === undefined ? undefined : number(contentSize),
        parts: [part('header', 'frame header', 0, 14), part('data', 'packed content', 14, size)],
      };
    }
    case 'bzip2':
      return {
        contentSize: undefined,
        parts: [part('header', 'bzip2 header', 0, 4), part('data', 'packed content', 4, size)],
      };
  }
}

/** The first bytes of what a gzip file holds; fewer if it is damaged. */
async function unpack({ reader }: Subject): Promise<Uint8Array> {
  const { data } = await reader.read(0, PACKED_READ);
  const stream = new Blob([new Uint8Array(data)]).stream().pipeThrough(new DecompressionStream('gzip'));
  const chunks: Uint8Array[] = [];
  let length = 0;
  const from = stream.getReader();
  try {
    while (length < UNPACKED_READ) {
      const { done, value } = await from.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
    await from.cancel();
  } catch {
    // cut off where reading stopped, or damaged; what came before counts
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined.subarray(0, UNPACKED_READ);
}
