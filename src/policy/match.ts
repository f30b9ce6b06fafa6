/**
 * Three-valued truth for matching, after Kleene: `no`, `maybe` (it depends on something unknown), `yes`.
 *
 * INVARIANT (thermometer): the numbers are chosen so that bitwise AND and OR are Kleene's AND and OR. The functions
 * below keep it; nothing else makes a `Match` from a number.
 */
export type Match = typeof no | typeof maybe | typeof yes;

export const no = 0;
export const maybe = 1;
export const yes = 3;

export function both(a: Match, b: Match): Match {
  return (a & b) as Match;
}

export function either(a: Match, b: Match): Match {
  return (a | b) as Match;
}

export function negation(a: Match): Match {
  return a === maybe ? maybe : ((a ^ yes) as Match);
}

/** The answer that holds whichever of two cases is real; `maybe` where they differ. */
export function agreed(a: Match, b: Match): Match {
  return a === b ? a : maybe;
}

export function matchOf(condition: boolean): Match {
  return condition ? yes : no;
}
