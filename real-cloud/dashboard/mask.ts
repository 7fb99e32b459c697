/** Ids, dates and addresses that another run would have otherwise become others of the same form, the same ones in every run. */

const HEX = '[0-9a-f]';
const VOLATILE = [
  { kind: 'id', pattern: new RegExp(`${HEX}{8}-(?:${HEX}{4}-){3}${HEX}{12}|\\b${HEX}{32}\\b`, 'g') },
  { kind: 'id', pattern: new RegExp(`\\b(?:${HEX}{2}:){5,15}${HEX}{2}\\b`, 'g') },
  // how Horizon calls what has no name: the beginning of its id
  { kind: 'id', pattern: new RegExp(`(?<=\\()${HEX}{8}-${HEX}{4}(?=\\))`, 'g') },
  // the floating addresses of src/cloud/states/network.ts, and those of servers on the pages' networks, whose router has the 1
  { kind: 'address', pattern: /\b(?:203\.0\.113|10\.0\.0)\.(?!1\b)\d{1,3}\b(?!\/)/g },
  { kind: 'time', pattern: /\b\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d/g },
  {
    kind: 'time',
    pattern: /\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}(?:,? \d{1,2}(?::\d\d){0,2} (?:[ap]\.m\.|[AP]M))?/g,
  },
  { kind: 'time', pattern: /\b\d{1,2}\/\d{1,2}\/\d\d(?:\d\d)? \d{1,2}:\d\d [AP]M\b/g },
] as const;

/** The MD5 sum of tiny.qcow2, which is the same in every run, and on the pages. */
const CHECKSUM = '47512e66081f095619d5196645c74123';

/** Remembers what it has put in the place of what, so that an id is the same in all pictures of a walk-through. */
export class Mask {
  readonly #known = new Map<string, string>();
  readonly #own: ReadonlySet<string>;
  #ids = 0;

  /** @param own what the walk-through itself fills in: that stays. */
  constructor(own: readonly string[] = []) {
    this.#own = new Set([CHECKSUM, ...own]);
  }

  apply(text: string): string {
    let masked = text;
    for (const { kind, pattern } of VOLATILE)
      masked = masked.replace(pattern, (value) => {
        if (this.#own.has(value)) return value;
        const known = this.#known.get(value) ?? this.#standIn(kind, value);
        this.#known.set(value, known);
        return known;
      });
    return masked;
  }

  #standIn(kind: 'id' | 'address' | 'time', value: string): string {
    const others = [...this.#known.values()];
    // what stands in already, on a page that was masked before
    if (others.includes(value)) return value;
    if (kind === 'address') {
      const network = value.slice(0, value.lastIndexOf('.') + 1);
      return network + (101 + others.filter((each) => each.startsWith(network)).length);
    }
    // counted for themselves: how many times there are depends on whether two things came in one second
    if (kind === 'id') return sameForm(value, ++this.#ids);
    if (/^\d{4}-/.test(value)) return value.includes('T') ? '2026-11-22T09:01:00' : '2026-11-22 09:01:00';
    if (value.includes('/')) return '11/22/26 9:01 AM';
    if (value.includes('m.')) return 'Nov. 22, 2026, 9:01 a.m.';
    return value.endsWith('M') ? 'Nov 22, 2026 9:01:00 AM' : 'Nov 22, 2026';
  }
}

/** Hexadecimal digits that are the `count`th, for each that there is. */
function sameForm(value: string, count: number): string {
  let state = count * 2654435761;
  return value.replace(/[0-9a-f]/g, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 28).toString(16);
  });
}
