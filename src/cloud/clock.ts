/** Tells the embedded cloud what time it is. Nothing under `src/cloud` reads the machine's clock. */
export interface Clock {
  now(): Date;
}

/**
 * A clock that stands still until it is told to move, so that the same commands give the same output.
 *
 * @example
 * const clock = new SimulatedClock('2026-11-22T09:00:00Z');
 * clock.advance(1500);
 * clock.now().toISOString(); // '2026-11-22T09:00:01.500Z'
 */
export class SimulatedClock implements Clock {
  #now: number;

  /** @param start an ISO 8601 date or a `Date`. */
  constructor(start: string | Date) {
    this.#now = new Date(start).getTime();
    if (Number.isNaN(this.#now)) throw new RangeError(`not a date: ${String(start)}`);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves forward by `ms` milliseconds (0 or more). */
  advance(ms: number): void {
    this.#now += Math.max(0, ms);
  }

  /** Moves forward to `date`; does nothing if the clock is already past it. */
  advanceTo(date: Date): void {
    this.#now = Math.max(this.#now, date.getTime());
  }
}
