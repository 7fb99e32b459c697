const TRUE = ['1', 't', 'true', 'on', 'y', 'yes'];
const FALSE = ['0', 'f', 'false', 'off', 'n', 'no'];

/** oslo.utils `bool_from_string(…, strict=True)`: undefined for what is neither. */
export function strictBool(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = String(value).trim().toLowerCase();
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : undefined;
}

/** What the strict form raises as ValueError. */
export function unrecognizedBool(value: string): string {
  const words = [...FALSE, ...TRUE].sort().map((word) => `'${word}'`);
  return `Unrecognized value '${value}', acceptable values are: ${words.join(', ')}`;
}

/** The lenient form: whatever is not said to be true is false. */
export function boolFromString(value: unknown): boolean {
  return strictBool(value) ?? false;
}
