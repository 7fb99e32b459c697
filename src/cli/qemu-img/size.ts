/** Sizes as QEMU reads and tells them: `util/cutils.c`. */

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Such as `64 MiB`: three digits, and the unit in which they are below 1000. Models `size_to_str`. */
export function sizeToString(bytes: bigint | number): string {
  const value = Number(bytes);
  let unit = 0;
  while (unit < UNITS.length - 1 && value / 2 ** (10 * unit) >= 1000) unit++;
  return `${threeDigits(value / 2 ** (10 * unit))} ${UNITS[unit]}B`;
}

/** C's `%0.3g`: what lies in the middle goes to the even digit. */
function threeDigits(value: number): string {
  if (value === 0) return '0';
  const scale = 10 ** (2 - Math.floor(Math.log10(value)));
  const scaled = value * scale;
  const floor = Math.floor(scaled);
  const up = scaled - floor === 0.5 ? floor % 2 : Math.round(scaled - floor);
  const rounded = floor + up;
  if (scale === 1 && rounded === 1000) return '1e+03';
  return String(Number((rounded / scale).toPrecision(3)));
}

const SHIFT: Readonly<Record<string, bigint>> = { b: 0n, k: 10n, m: 20n, g: 30n, t: 40n, p: 50n, e: 60n };

/**
 * Bytes that a text such as `1.5G` means. `unit` is what a number without a suffix counts.
 *
 * @returns `invalid` for what is no size, `range` for what is 2^64 or more.
 */
export function parseSize(text: string, unit = 'b'): bigint | 'invalid' | 'range' {
  const match = /^\s*\+?(?:0x([0-9a-f]+)|(\d+)(?:\.(\d*))?|\.(\d+))([bkmgtpe]?)$/i.exec(text);
  if (!match) return 'invalid';
  const [, hexadecimal, whole = '0', decimals, onlyDecimals, suffix = ''] = match;
  if (hexadecimal !== undefined && suffix !== '' && !/[kmgtp]/i.test(suffix)) return 'invalid';
  const shift = SHIFT[(suffix || unit).toLowerCase()] ?? 0n;
  const fraction = decimals ?? onlyDecimals ?? '';
  if (hexadecimal !== undefined && suffix !== '') return 'invalid';
  // a fraction of a byte makes no sense
  if (fraction !== '' && shift === 0n && Number(fraction) !== 0) return 'invalid';
  const integer = BigInt(hexadecimal === undefined ? whole : `0x${hexadecimal}`);
  const rest = fraction === '' ? 0n : (BigInt(fraction) << shift) / 10n ** BigInt(fraction.length);
  const bytes = (integer << shift) + rest;
  return bytes >= 2n ** 64n ? 'range' : bytes;
}
