import { cidrOf, firstOf, lastOf, type IpNetwork, type IpVersion } from './ip';

/** The first and the last address of a stretch. */
type Range = readonly [first: bigint, last: bigint];

/** Addresses of one version: the part of netaddr's `IPSet` that neutron needs. */
export class IpSet {
  readonly #version: IpVersion;
  /** In order, and none touches another. */
  readonly #ranges: readonly Range[];

  private constructor(version: IpVersion, ranges: readonly Range[]) {
    this.#version = version;
    const merged: [bigint, bigint][] = [];
    for (const [first, last] of [...ranges].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
      const before = merged.at(-1);
      if (before === undefined || first > before[1] + 1n) merged.push([first, last]);
      else if (last > before[1]) before[1] = last;
    }
    this.#ranges = merged;
  }

  static of(version: IpVersion, networks: readonly IpNetwork[]): IpSet {
    return new IpSet(
      version,
      networks.map((network) => [firstOf(network), lastOf(network)]),
    );
  }

  /** What is here and not there. */
  difference(other: IpSet): IpSet {
    let left = [...this.#ranges];
    for (const [first, last] of other.#ranges)
      left = left.flatMap(([from, to]): Range[] => {
        if (last < from || first > to) return [[from, to]];
        const parts: Range[] = [
          [from, first - 1n],
          [last + 1n, to],
        ];
        return parts.filter(([a, b]) => a <= b);
      });
    return new IpSet(this.#version, left);
  }

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  isSubsetOf(other: IpSet): boolean {
    return this.difference(other).isEmpty;
  }

  intersects(other: IpSet): boolean {
    return this.#ranges.some(([from, to]) =>
      other.#ranges.some(([first, last]) => first <= to && from <= last),
    );
  }

  /** The fewest ranges that make up the whole, in order of their addresses: `compact` and `iter_cidrs`. */
  cidrs(): IpNetwork[] {
    const width = this.#version === 4 ? 32 : 128;
    const found: IpNetwork[] = [];
    for (const [first, last] of this.#ranges)
      for (let value = first; value <= last;) {
        // as short a prefix as the address allows, and as does not go too far
        let prefixlen = width;
        while (prefixlen > 0) {
          const size = 1n << BigInt(width - prefixlen + 1);
          if (value % size !== 0n || value + size - 1n > last) break;
          prefixlen--;
        }
        found.push(cidrOf({ version: this.#version, value, prefixlen }));
        value += 1n << BigInt(width - prefixlen);
      }
    return found;
  }
}
