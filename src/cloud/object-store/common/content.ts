import type { Content } from './swob';

/** Several contents, one behind the other. Each is only looked for when its bytes are wanted. */
export function concatenation(
  parts: readonly { size: number; content: () => Content | Promise<Content> }[],
): Content {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return {
    size,
    async *chunks(start = 0, end = size) {
      let position = 0;
      for (const part of parts) {
        const from = Math.max(start - position, 0);
        const to = Math.min(end - position, part.size);
        if (from < to) yield* (await part.content()).chunks(from, to);
        position += part.size;
        if (position >= end) return;
      }
    },
  };
}

/** Some bytes of a content. */
export function slice(content: Content, from: number, to: number): Content {
  return {
    size: to - from,
    chunks: (start = 0, end = to - from) => content.chunks(from + start, from + end),
  };
}
