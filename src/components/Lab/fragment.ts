/*
 * A case of a lab as the part of a link after `#`:
 *
 *     lab=1.x4k2&p=hw_architecture=arm&ram=2048
 *
 * 1 is the version of this format; what comes after the point is a sum of the rest, by which a link that was cut off is
 * told from a whole one. One written by hand leaves it out: `lab=1&p=hw_architecture=arm`.
 */

const VERSION = '1';

/** A link that cannot be read. The message says what is wrong, for the reader. */
export class DamagedLink extends Error {
  override readonly name = 'DamagedLink';
}

/** A key and what it is set to. */
export type Part = readonly [key: string, value: string];

/** The parts of a case as the fragment of a link, without `#`; empty for none. */
export function writeFragment(parts: readonly Part[]): string {
  if (parts.length === 0) return '';
  const text = parts.map(([key, value]) => `${key}=${escape(value)}`).join('&');
  return `lab=${VERSION}.${sum(text)}&${text}`;
}

/**
 * The parts of a case that a fragment carries; undefined if the fragment is about something else, such as a heading.
 *
 * @throws {@link DamagedLink}
 */
export function readFragment(fragment: string): Part[] | undefined {
  if (!/^lab=/.test(fragment)) return undefined;
  const [head = '', ...rest] = fragment.split('&');
  const [version, check] = head.slice('lab='.length).split('.');
  if (version !== VERSION)
    throw new DamagedLink(`it is of version ${version || '?'}, and this lab reads version ${VERSION}`);
  if (check !== undefined && check !== sum(rest.join('&')))
    throw new DamagedLink('a part of it is missing or was changed on the way');
  return rest.map(split);
}

function split(part: string): Part {
  const at = part.indexOf('=');
  if (at < 0) throw new DamagedLink(`“${part}” has no value`);
  try {
    return [part.slice(0, at), decodeURIComponent(part.slice(at + 1).replaceAll('+', ' '))];
  } catch {
    throw new DamagedLink(`“${part.slice(at + 1)}” is not written as links are`);
  }
}

/**
 * The JSON that is the value of a part.
 *
 * @throws {@link DamagedLink}
 */
export function json(key: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DamagedLink(`“${key}” is not whole`);
  }
}

/** Readable where it may be: `:`, `,` and `=` need no escape after a `#`. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|2C|3D|3E|3C|2F|40|20)/g, (code) => {
    const character = decodeURIComponent(code);
    return character === ' ' ? '+' : character === '<' || character === '>' ? code : character;
  });
}

/** A short sum, to notice what was lost; FNV-1a. */
function sum(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash % 36 ** 4).toString(36).padStart(4, '0');
}
