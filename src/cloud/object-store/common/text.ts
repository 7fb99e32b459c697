const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Header values hold bytes, one a character: those of `text` in UTF-8. `str_to_wsgi` of swift/common/swob.py. */
export function toWsgi(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** The text of a header's value, or undefined if its bytes are no UTF-8. `wsgi_to_str`, but strict. */
export function fromWsgi(value: string): string | undefined {
  if (/^[\0-\x7f]*$/.test(value)) return value;
  return decode(Uint8Array.from(value, (character) => character.charCodeAt(0)));
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Python's `urllib.parse.unquote`, or undefined if the bytes are no UTF-8. */
export function unquote(text: string): string | undefined {
  if (!text.includes('%')) return text;
  const bytes = encoder.encode(text);
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const hex = bytes[at] === 0x25 ? String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0) : '';
    if (/^[\da-f]{2}$/i.test(hex)) {
      out[length++] = parseInt(hex, 16);
      at += 2;
    } else out[length++] = bytes[at] ?? 0;
  }
  return decode(out.subarray(0, length));
}

/** Python's `urllib.parse.quote`. */
export function quote(text: string, safe = '/'): string {
  let quoted = '';
  for (const byte of encoder.encode(text)) {
    const character = String.fromCharCode(byte);
    if (byte < 128 && (/[\w.~-]/.test(character) || safe.includes(character))) quoted += character;
    else quoted += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return quoted;
}

/**
 * The order of two names' UTF-8 bytes, which is that of their code points: SQLite's BINARY collation. JavaScript's own
 * order differs where surrogates meet what comes after them.
 */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x === y) continue;
    if (x < 0xd800 || y < 0xd800) return x - y;
    // surrogates stand for what is above everything else
    return (x > 0xdfff ? x - 0x2800 : x + 0x2000) - (y > 0xdfff ? y - 0x2800 : y + 0x2000);
  }
  return a.length - b.length;
}

/** `config_true_value` of swift/common/utils. */
export function isTrue(value: string | null | undefined): boolean {
  return ['true', '1', 'yes', 'on', 't', 'y'].includes((value ?? '').toLowerCase());
}

/** Python's `int()` of a text, or undefined where it raises. */
export function parseInteger(text: string): number | undefined {
  const trimmed = text.trim();
  return /^[+-]?\d+(_\d+)*$/.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : undefined;
}

/** The lines of a comma-separated list. */
export function listFromCsv(text: string | null | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}

/** Constant-time comparison of two texts. `streq_const_time` of swift/common/utils. */
export function equalInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
