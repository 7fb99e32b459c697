import type { ListQuery } from './query';
import type { ImageRecord } from './state';

type Sort = ListQuery['sort'];
type Compare = (a: ImageRecord, b: ImageRecord) => number;

interface Order {
  compare: Compare;
  images: ImageRecord[];
  /** Whether a change of an image can move it: only created_at and id never change. */
  fixed: boolean;
}

/** How many orders are kept at a time. */
const KEPT = 8;

/** Where `image` belongs: behind everything that comes before it, and behind its equal when `after`. */
export function position(
  images: readonly ImageRecord[],
  compare: Compare,
  image: ImageRecord,
  after: boolean,
): number {
  let [low, high] = [0, images.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const candidate = images[middle];
    const order = candidate === undefined ? 1 : compare(candidate, image);
    if (order < 0 || (after && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The images in the orders that lists ask for, sorted once and kept, as a database keeps an index: otherwise every
 * page of a long list would sort all of it again.
 */
export class ImageOrders {
  readonly #orders = new Map<string, Order>();

  constructor(private readonly all: () => Iterable<ImageRecord>) {}

  /** All images in this order, and the comparison that made it. */
  get(sort: Sort): Order {
    const name = JSON.stringify(sort);
    const known = this.#orders.get(name);
    if (known !== undefined) return known;
    const compare = comparator(sort);
    const fixed = sort.every(({ key }) => key === 'created_at' || key === 'id');
    const order = { compare, images: [...this.all()].sort(compare), fixed };
    const [oldest] = this.#orders.keys();
    if (oldest !== undefined && this.#orders.size >= KEPT) this.#orders.delete(oldest);
    this.#orders.set(name, order);
    return order;
  }

  added(image: ImageRecord): void {
    for (const { compare, images } of this.#orders.values())
      images.splice(position(images, compare, image, false), 0, image);
  }

  removed(image: ImageRecord): void {
    for (const [name, { compare, images }] of this.#orders) {
      const at = position(images, compare, image, false);
      if (images[at] === image) images.splice(at, 1);
      else this.#orders.delete(name);
    }
  }

  /** The image has other values now. */
  changed(): void {
    for (const [name, { fixed }] of this.#orders) if (!fixed) this.#orders.delete(name);
  }
}

/** The database sorts text without regard to case, and what is missing before everything else. */
function comparator(sort: Sort): Compare {
  return (a, b) => {
    for (const { key, dir } of sort) {
      const order = compareValues(a[key], b[key]);
      if (order !== 0) return dir === 'asc' ? order : -order;
    }
    return 0;
  };
}

function compareValues(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  const left = typeof a === 'string' ? a.toLowerCase() : a;
  const right = typeof b === 'string' ? b.toLowerCase() : b;
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}
