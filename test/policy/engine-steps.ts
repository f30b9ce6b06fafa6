/**
 * How much work a run of the engine is, in steps instead of time: blocks of its code entered, as V8 counts them. The
 * same on every machine, whatever else it does.
 */
import { Session } from 'node:inspector';

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

export interface StepCounter {
  /** Steps since it was last asked. */
  taken(): number;
  stop(): void;
}

/** Counts the steps in the files whose path has this part. */
export function countSteps(part: string): StepCounter {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const taken = (): number => {
    let steps = 0;
    // The session answers at once: it is in the same thread.
    session.post('Profiler.takePreciseCoverage', (failure: Error | null, coverage: Coverage) => {
      if (failure !== null) throw failure;
      for (const { url, functions } of coverage.result) {
        if (!url.includes(part)) continue;
        for (const { ranges } of functions) for (const { count } of ranges) steps += count;
      }
    });
    return steps;
  };
  taken();
  return {
    taken,
    stop: () => {
      session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}
