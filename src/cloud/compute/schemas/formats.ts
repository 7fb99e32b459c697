/** What nova's own format checkers accept: nova/api/validation/validators.py. A text is the whole error message. */
export const FORMATS: Readonly<Record<string, (value: unknown) => boolean | string>> = {
  uuid: isUuidLike,
  ipv4: (value) => typeof value !== 'string' || isIPv4(value),
  ipv6: (value) => typeof value !== 'string' || isIPv6(value),
  base64: (value) => typeof value === 'string' && isBase64(value),
  'date-time': (value) => typeof value === 'string' && parseIsoTime(value) !== undefined,
  regex: isRegex,
  name: (value) => nameFormat(value, NAME, 'printable characters. Can not start or end with whitespace.'),
  az_name: (value) =>
    nameFormat(value, AZ_NAME, 'printable characters except :.Can not start or end with whitespace.'),
  name_with_leading_trailing_spaces: (value) =>
    nameFormat(value, SPACED_NAME, 'printable characters with at least one non space character'),
  keypair_name_20: (value) => keypairName(value, '_- '),
  keypair_name_292: (value) => keypairName(value, '@._- '),
};

const DIGITS_AND_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

// printable: everything of the basic plane but control characters and line or paragraph separators
const NAME = /^(?!\p{Zs})(?:(?![\p{C}\p{Zl}\p{Zp}])[\0-\ufffe])*(?<!\p{Zs})$/u;
const AZ_NAME = /^(?!\p{Zs})(?:(?![:\p{C}\p{Zl}\p{Zp}])[\0-\ufffe])*(?<!\p{Zs})$/u;
const SPACED_NAME = /^(?=[^]*[^\p{Zs}])(?:(?![\p{C}\p{Zl}\p{Zp}])[\0-\ufffe])*$/u;

function nameFormat(value: unknown, pattern: RegExp, reason: string): true | string {
  return typeof value === 'string' && pattern.test(value) ? true : invalidName(reason);
}

function keypairName(value: unknown, extra: string): true | string {
  const safe = `${extra}${DIGITS_AND_LETTERS}`;
  const fine = typeof value !== 'string' || [...value].every((character) => safe.includes(character));
  return fine || invalidName(`Only expected characters: [${safe}]`);
}

function invalidName(reason: string): string {
  return `An invalid 'name' value was provided. The name must be: ${reason}`;
}

/** Whether `uuid.UUID` takes a text, dashes and braces aside: oslo.utils `is_uuid_like`. */
export function isUuidLike(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const bare = value
    .toLowerCase()
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '');
  return /^[0-9a-f]{32}$/.test(bare.replaceAll('-', ''));
}

function isIPv4(text: string): boolean {
  return /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(text);
}

function isIPv6(text: string): boolean {
  const [address = '', zone, ...more] = text.split('%');
  if (zone !== undefined || more.length > 0 || !/^[0-9a-fA-F:.]+$/.test(address)) return false;
  try {
    return new URL(`http://[${address}]/`).hostname !== '';
  } catch {
    return false;
  }
}

/** Whether Python's base64 decodes a text: what is no letter of the alphabet is skipped, the padding has to fit. */
export function isBase64(text: string): boolean {
  const letters = text.replace(/[^A-Za-z0-9+/=]/g, '');
  const [data = ''] = letters.split('=');
  const padding = letters.length - data.length;
  const rest = data.length % 4;
  if (rest === 1) return false;
  return rest === 0 || padding >= 4 - rest;
}

/** oslo.utils `parse_isotime`, as far as ISO 8601 goes; undefined for what is none. Milliseconds since 1970. */
export function parseIsoTime(text: string): number | undefined {
  const match =
    /^(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2})(?:[ T](\d{1,2})(?::?(\d{1,2})(?::?(\d{1,2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] =
    match;
  const numbers = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 1, d = 1, h = 0, mi = 0, s = 0] = numbers;
  const time = Date.UTC(y, mo - 1, d, h, mi, s) + Math.floor(Number(`0.${fraction}`) * 1000);
  const date = new Date(time);
  if (date.getUTCMonth() !== mo - 1 || date.getUTCDate() !== d || h > 23 || mi > 59 || s > 59)
    return undefined;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === undefined ? time : sign === '+' ? time - offset : time + offset;
}

function isRegex(value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false;
  try {
    new RegExp(value);
    return true;
  } catch {
    return false;
  }
}
