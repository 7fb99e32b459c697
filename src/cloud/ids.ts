import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Where the embedded cloud's identifiers come from. Nothing under `src/cloud` calls Math.random or crypto. */
export interface IdSource {
  /** A UUID with dashes, as Glance and Nova print them. `kind` names what it is for, such as `image`. */
  uuid(kind: string): string;
  /** 32 hexadecimal digits without dashes, as Keystone prints project and user ids. */
  hex(kind: string): string;
}

/** What {@link SeededIds} needs to go on where it stopped. */
export interface IdState {
  seed: string;
  counters: Record<string, number>;
}

/**
 * Identifiers that look random and are the same in every run. Each kind counts on its own, so that
 * a client which asks for one token more does not change the id of the next image.
 */
export class SeededIds implements IdSource {
  readonly #state: IdState;

  constructor(state: IdState) {
    this.#state = { seed: state.seed, counters: { ...state.counters } };
  }

  hex(kind: string): string {
    const n = (this.#state.counters[kind] ?? 0) + 1;
    this.#state.counters[kind] = n;
    const digits = bytesToHex(sha256(utf8ToBytes(`${this.#state.seed}/${kind}/${n}`))).slice(0, 32);
    // version 4, variant 1: real clients check that a UUID is one
    return `${digits.slice(0, 12)}4${digits.slice(13, 16)}a${digits.slice(17)}`;
  }

  uuid(kind: string): string {
    return this.hex(kind).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /** The state as JSON; `new SeededIds(ids.snapshot())` goes on with the next id. */
  snapshot(): IdState {
    return { seed: this.#state.seed, counters: { ...this.#state.counters } };
  }
}
