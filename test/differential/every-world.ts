/** Brute force over what is undecided: an evaluation is run once for every way in which its choices may turn out. */

/** One way in which everything that is undecided turned out. */
export interface World {
  /** See `WorldOptions`. */
  readonly isApart: boolean;
  /** What this thing is in this world. Asked twice, the same thing is the same. */
  choose<T>(thing: string, options: readonly T[]): T;
  /** Runs a part of the evaluation that `everyWorld` may judge by itself; see `apart`. */
  part<T>(name: string, run: (world: World) => T): T;
}

export interface WorldOptions {
  /**
   * Each part meets worlds of its own: an unknown key may be one thing in one condition and another in the next. This
   * is as much as an evaluator can know that never remembers how an unknown turned out elsewhere.
   */
  readonly apart: boolean;
  /** Worlds looked at before giving up. */
  readonly limit: number;
}

/** Every result that the evaluation has in some world, until there are `enough` different ones. */
export function everyWorld<T>(
  run: (world: World) => T,
  options: WorldOptions,
  enough = Number.POSITIVE_INFINITY,
): { readonly results: ReadonlySet<T>; readonly isComplete: boolean } {
  const results = new Set<T>();
  const parts = new Map<string, readonly unknown[]>();
  const path: { at: number; readonly of: number }[] = [];
  for (let count = 0; count < options.limit; count += 1) {
    const chosen = new Map<string, unknown>();
    let depth = 0;
    const world: World = {
      isApart: options.apart,
      choose: <C>(thing: string, choices: readonly C[]): C => {
        if (chosen.has(thing)) return chosen.get(thing) as C;
        const step = path[depth] ?? { at: 0, of: choices.length };
        path[depth] = step;
        depth += 1;
        const choice = choices[step.at] as C;
        chosen.set(thing, choice);
        return choice;
      },
      part: <P>(name: string, part: (world: World) => P): P => {
        if (!options.apart) return part(world);
        const known = parts.get(name) ?? [...everyWorld(part, options).results];
        parts.set(name, known);
        return known.length === 1 ? (known[0] as P) : world.choose(`part ${name}`, known as readonly P[]);
      },
    };
    results.add(run(world));
    if (results.size >= enough) return { results, isComplete: true };
    while (path.length > 0 && path[path.length - 1]!.at + 1 === path[path.length - 1]!.of) path.pop();
    const last = path[path.length - 1];
    if (last === undefined) return { results, isComplete: true };
    last.at += 1;
  }
  return { results, isComplete: false };
}
