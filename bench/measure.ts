export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median, minimum and maximum of what `run` answers in `rounds` rounds, after one that does not count. */
export async function measure(rounds: number, run: () => Promise<number> | number): Promise<Figure> {
  await run();
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) samples.push(await run());
  samples.sort((a, b) => a - b);
  return {
    median: samples[Math.floor(samples.length / 2)] ?? NaN,
    min: samples[0] ?? NaN,
    max: samples.at(-1) ?? NaN,
  };
}

/** One line of a bench: the figures, and the ratio to the baseline of the same run. */
export function row(name: string, figure: Figure, unit: string, baseline?: { median: number }): string {
  const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
  const ratio = baseline === undefined ? '' : `   ${(figure.median / baseline.median).toFixed(2)} x baseline`;
  return `${name.padEnd(44)} ${round(figure.median).padStart(10)} ${unit}  (${round(figure.min)} to ${round(figure.max)})${ratio}`;
}
