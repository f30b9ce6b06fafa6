/** A clock that runs with another one, moved on by what it was told. */
export interface MovableClock {
  nowMillis(): number;
  realNowMillis(): number;
  advanceClock(millis: number): void;
  resetClock(): void;
}

export function movableClock(realNowMillis: () => number): MovableClock {
  let aheadMillis = 0;
  return {
    realNowMillis,
    nowMillis: () => realNowMillis() + aheadMillis,
    advanceClock: (millis) => {
      if (!(millis >= 0)) throw new RangeError(`a clock moves on, never back: ${millis} ms`);
      aheadMillis += millis;
    },
    resetClock: () => {
      aheadMillis = 0;
    },
  };
}
