import { HTTPError } from '../http/webob';

/**
 * Refuses texts with characters that need four bytes in UTF-8, such as emoji: a MySQL of old could not keep them.
 * Modelled on `no_4byte_params` of `glance/common/utils.py`; lists are not looked into.
 *
 * @param before what Glance says before the reason.
 */
export function rejectWideText(values: object, before = ''): void {
  for (const [key, value] of Object.entries(values)) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      rejectWideText(value, before);
      continue;
    }
    if (isWide(key)) throw new HTTPError(400, `${before}Property names can't contain 4 byte unicode.`);
    if (isWide(value))
      throw new HTTPError(400, `${before}${title(key)} can't contain 4 byte unicode characters.`);
  }
}

/** Whether it is a text with such a character. */
export function isWide(value: unknown): boolean {
  return typeof value === 'string' && /[\u{10000}-\u{10ffff}]/u.test(value);
}

/** `str.title()` */
function title(key: string): string {
  return key.replace(/[A-Za-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
}
