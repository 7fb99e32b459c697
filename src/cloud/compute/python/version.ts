import { compareStrings } from './values';

/** A version text that is none. Python's InvalidVersion is a ValueError too. */
export class InvalidVersion extends Error {
  override readonly name = 'InvalidVersion';
}

type Part = readonly [kind: number, text: string, number: bigint];

const VERSION = new RegExp(
  '^v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)' + // epoch, release
    '([-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]+)?)?' + // pre-release
    '((?:-([0-9]+))|(?:[-_.]?(post|rev|r)[-_.]?([0-9]+)?))?' + // post-release
    '([-_.]?(dev)[-_.]?([0-9]+)?)?' + // development release
    '(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$', // local version
  'iu',
);

const PRE_RELEASE: Record<string, string> = {
  alpha: 'a',
  beta: 'b',
  c: 'rc',
  pre: 'rc',
  preview: 'rc',
};

// Before everything, and after everything.
const LOWEST: Part = [-1, '', 0n];
const HIGHEST: Part = [1, '', 0n];

/**
 * A version and its place in the order of versions, as Python's `packaging.version.Version` has it (PEP 440).
 *
 * @example
 * new Version('8.0').compare(new Version('8')); // 0
 */
export class Version {
  readonly #key: readonly Part[][];

  /** @throws {@link InvalidVersion} */
  constructor(text: string) {
    const match = VERSION.exec(text);
    if (!match) throw new InvalidVersion(`Invalid version: '${text}'`);
    const [, epoch, release = '', , preLetter, preNumber, post, post1, , post2, , dev, devNumber, local] =
      match;
    const pre = preLetter === undefined ? undefined : letter(preLetter, preNumber, PRE_RELEASE);
    const after = post === undefined ? undefined : number(post1 ?? post2);
    const development = dev === undefined ? undefined : number(devNumber);
    // 1.0.dev0 comes before 1.0a0, and that before 1.0
    const noPre = after === undefined && development !== undefined ? LOWEST : HIGHEST;
    this.#key = [
      [number(epoch)],
      trimmed(release.split('.').map((digits) => number(digits))),
      [pre ?? noPre],
      [after ?? LOWEST],
      [development ?? HIGHEST],
      local === undefined ? [[-2, '', 0n]] : local.split(/[._-]/).map(localPart),
    ];
  }

  /** Negative, zero or positive. */
  compare(other: Version): number {
    for (let i = 0; i < this.#key.length; i++) {
      const [left = [], right = []] = [this.#key[i], other.#key[i]];
      for (let j = 0; j < Math.max(left.length, right.length); j++) {
        const [a, b] = [left[j], right[j]];
        if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
        const difference =
          a[0] - b[0] || compareStrings(a[1], b[1]) || Number(a[2] > b[2]) - Number(a[2] < b[2]);
        if (difference !== 0) return difference;
      }
    }
    return 0;
  }
}

function number(digits: string | undefined): Part {
  return [0, '', BigInt(digits ?? 0)];
}

function letter(name: string, digits: string | undefined, spellings: Record<string, string>): Part {
  const lower = name.toLowerCase();
  return [0, spellings[lower] ?? lower, BigInt(digits ?? 0)];
}

/** Texts come before numbers. */
function localPart(part: string): Part {
  return /^[0-9]+$/.test(part) ? [0, '', BigInt(part)] : [-1, part.toLowerCase(), 0n];
}

/** 8.0 is 8. */
function trimmed(release: Part[]): Part[] {
  let length = release.length;
  while (length > 0 && release[length - 1]?.[2] === 0n) length--;
  return release.slice(0, length);
}
