const FORMAT =
  /^(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2})(?:[ T](\d{2})(?::?(\d{2})(?::?(\d{1,2})(?:[.,](\d+))?)?)?(Z|[-+]\d{2}:?(?:\d{2})?)?)?)?)?$/;

/** The time that a text says, as Python's `iso8601.parse_date` reads it: UTC without a zone. Undefined for what is none. */
export function parseDate(text: string): Date | undefined {
  const match = FORMAT.exec(text);
  if (match === null) return undefined;
  const part = (index: number, fallback: number): number => Number(match[index] ?? fallback);
  const [year, month, day] = [part(1, 0), part(2, 1), part(3, 1)];
  const [hour, minute, second] = [part(4, 0), part(5, 0), part(6, 0)];
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!real) return undefined;
  const fraction = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000);
  const [, sign, hours = '0', minutes = '0'] = /^([-+])(\d{2}):?(\d{2})?$/.exec(match[8] ?? '') ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return new Date(Date.UTC(year, month - 1, day, hour, minute - offset, second, fraction));
}

/** Whether a text is a time as `iso8601.parse_date` takes it. */
export function isTime(text: string): boolean {
  return parseDate(text) !== undefined;
}
