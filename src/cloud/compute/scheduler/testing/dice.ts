/** Random choices that come out the same for the same seed. */
export interface Dice {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** One of them, each as often as its weight says. */
  one<Item>(...choices: [weight: number, make: () => Item][]): Item;
  /** One to `most` different ones, in order. */
  some<Item>(items: readonly Item[], most?: number): Item[];
}

export function dice(seed: string): Dice {
  let state = 2166136261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  return {
    below,
    chance: (probability) => next() < probability,
    pick,
    one: (...choices) => {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      const chosen = choices.find(([weight]) => (left -= weight) < 0) ?? choices[0];
      if (chosen === undefined) throw new RangeError('nothing to choose from');
      return chosen[1]();
    },
    some: (items, most = items.length) => {
      const count = below(most) + 1;
      const chosen = new Set(Array.from({ length: count }, () => below(items.length)));
      return items.filter((_, i) => chosen.has(i));
    },
  };
}
