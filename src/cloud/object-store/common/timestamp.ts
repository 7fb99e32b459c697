/** Ten-microsecond units in a second. */
export const UNITS = 100_000;

/** `1795413122.33021`, as `Timestamp.normal` of swift/common/utils/timestamp.py. */
export function normal(time: number): string {
  const seconds = Math.floor(time / UNITS);
  return `${String(seconds).padStart(10, '0')}.${String(time - seconds * UNITS).padStart(5, '0')}`;
}

/** `2026-11-23T05:52:02.330210`, as listings have it. */
export function isoformat(time: number): string {
  const seconds = Math.floor(time / UNITS);
  const date = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${date}.${String(time - seconds * UNITS).padStart(5, '0')}0`;
}

/** The whole second that is not before `time`, as `Last-Modified` has it. */
export function httpDate(time: number): string {
  return new Date(Math.ceil(time / UNITS) * 1000).toUTCString();
}

/** Reads a time such as `1795413122.33021`, or undefined. */
export function parseTime(text: string): number | undefined {
  const [, seconds, fraction = ''] = /^(\d{1,11})(?:\.(\d{1,5})\d*)?$/.exec(text) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * UNITS + Number(fraction.padEnd(5, '0'));
}

/** The biggest time there is: `Timestamp` of ten digits. */
const MAX_TIME = 1e10 * UNITS;

/** `~Timestamp`: sorts the other way round. Its text has a digit less of seconds when `time` is very big. */
export function inverted(time: number): number {
  return MAX_TIME - 1 - time;
}
