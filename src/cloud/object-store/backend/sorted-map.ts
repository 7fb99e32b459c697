import { compareBytes } from '../common/text';

/** Records by name, in the order of their names' UTF-8 bytes: the index of a container's database. */
export class SortedMap<T extends { readonly name: string }> {
  readonly #names: string[];
  readonly #records: Map<string, T>;

  /** @param records in order. */
  constructor(records: readonly T[] = []) {
    this.#names = records.map(({ name }) => name);
    this.#records = new Map(records.map((record) => [record.name, record]));
  }

  get size(): number {
    return this.#names.length;
  }

  get(name: string): T | undefined {
    return this.#records.get(name);
  }

  /** The record at a place in the order. */
  at(index: number): T | undefined {
    const name = this.#names[index];
    return name === undefined ? undefined : this.#records.get(name);
  }

  set(record: T): void {
    if (!this.#records.has(record.name)) {
      // what is added in order needs no search
      const last = this.#names.at(-1);
      const at =
        last === undefined || compareBytes(last, record.name) < 0 ? this.size : this.from(record.name);
      this.#names.splice(at, 0, record.name);
    }
    this.#records.set(record.name, record);
  }

  delete(name: string): void {
    if (this.#records.delete(name)) this.#names.splice(this.from(name), 1);
  }

  /** Where the names begin that are not before `name`. */
  from(name: string): number {
    return this.search((other) => compareBytes(other, name) >= 0);
  }

  /** Where the names begin that are after `name`. */
  after(name: string): number {
    return this.search((other) => compareBytes(other, name) > 0);
  }

  /** Where the names begin of which something is true; it is of all after one. */
  search(isTrue: (name: string) => boolean): number {
    let low = 0;
    let high = this.#names.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isTrue(this.#names[middle] ?? '')) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** In order. */
  *[Symbol.iterator](): Generator<T, void> {
    for (const name of this.#names) {
      const record = this.#records.get(name);
      if (record !== undefined) yield record;
    }
  }
}
