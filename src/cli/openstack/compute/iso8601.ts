/** Whether a text is a time as `iso8601.parse_date` of Python takes it. */
export function isTime(text: string): boolean {
  const match =
    /^(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2})(?:[ T](\d{2})(?::?(\d{2})(?::?(\d{1,2})(?:[.,]\d+)?)?)?(?:Z|[-+]\d{2}:?(?:\d{2})?)?)?)?)?$/.exec(
      text,
    );
  if (match === null) return false;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  );
}
