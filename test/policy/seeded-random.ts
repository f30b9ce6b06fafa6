/** Chance that repeats: the same seed, the same numbers. */
export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  /** True `times` times in `of`. */
  chance(times: number, of: number): boolean;
  /** One of the items, of which there is at least one. */
  of<Item>(items: readonly Item[]): Item;
}

/** Mulberry32: 32 bits of state are plenty for picking edits. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (end: number): number => Math.floor((next() / 2 ** 32) * end);
  return {
    below,
    chance: (times, of) => below(of) < times,
    of: <Item>(items: readonly Item[]): Item => {
      if (items.length === 0) throw new Error('there is nothing to choose from');
      return items[below(items.length)] as Item;
    },
  };
}
