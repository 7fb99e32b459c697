/** `datetime.datetime.utcfromtimestamp(seconds).isoformat()`: microseconds only where there are any. */
export function isoFormat(seconds: number): string {
  const micros = Math.round((seconds % 1) * 1e6);
  const whole = new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19);
  return micros === 0 ? whole : `${whole}.${String(micros).padStart(6, '0')}`;
}
