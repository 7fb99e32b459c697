import { parseInteger } from './text';

type Spec = readonly [start: number | undefined, end: number | undefined];
/** From the first byte up to, and without, the second. */
export type ByteRange = readonly [start: number, end: number];

const MAX_RANGES = 50;
const MAX_OVERLAPS = 2;
const MAX_UNORDERED = 8;

/**
 * What a Range header asks for, or undefined where it is to be ignored. Modelled on `Range` of swift/common/swob.py.
 */
export function parseRange(header: string | null): Spec[] | undefined {
  const text = (header ?? '').replaceAll(' ', '');
  if (!text.toLowerCase().startsWith('bytes=')) return undefined;
  const specs: Spec[] = [];
  for (const word of text.slice('bytes='.length).split(',')) {
    const dash = word.indexOf('-');
    if (dash === -1) return undefined;
    const from = word.slice(0, dash);
    const to = word.slice(dash + 1);
    const start = from === '' ? undefined : parseInteger(from);
    if (from !== '' && start === undefined) return undefined;
    if (to !== '' && !/^\d+$/.test(to)) return undefined;
    const end = to === '' ? undefined : Number(to);
    if (start === undefined && end === undefined) return undefined;
    if (start !== undefined && end !== undefined && end < start) return undefined;
    specs.push([start, end]);
  }
  return specs;
}

/** The ranges of a content of `length` bytes; none where nothing of what is asked for exists, or too much is asked. */
export function rangesForLength(specs: readonly Spec[], length: number): ByteRange[] {
  const ranges: ByteRange[] = [];
  for (const [start, end] of specs) {
    if (start === undefined) {
      if (end !== undefined && end > 0) ranges.push([Math.max(length - end, 0), length]);
    } else if (start < length) ranges.push([start, end === undefined ? length : Math.min(end + 1, length)]);
  }
  if (ranges.length > MAX_RANGES) return [];
  let overlaps = 0;
  let ascending = true;
  for (const [at, [start, end]] of ranges.entries()) {
    const next = ranges[at + 1];
    if (next !== undefined && start > next[0]) ascending = false;
    for (const [otherStart, otherEnd] of ranges.slice(at + 1)) {
      const overlap =
        (start < otherStart && otherStart < end) ||
        (start < otherEnd && otherEnd < end) ||
        (otherStart < start && start < otherEnd) ||
        (otherStart < end && end < otherEnd);
      if (overlap && ++overlaps > MAX_OVERLAPS) return [];
    }
  }
  return !ascending && ranges.length >= MAX_UNORDERED ? [] : ranges;
}
