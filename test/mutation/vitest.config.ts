/**
 * The engine's own tests, for `npm run mutation`: every mutant is judged by those of them that reach it, so that they
 * must take seconds, and find the same thing in each run.
 */
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

export default defineConfig({
  test: {
    include: [
      'src/policy/**/*.test.ts',
      'test/mutation/every-case.ts',
      'test/policy/{explanations,hostile,properties}.test.ts',
      'test/differential/engine.test.ts',
    ],
    setupFiles: ['test/mutation/fixed-seed.ts'],
    env: { SEALPOST_SEED: '20260926', SEALPOST_PAIRS: '600', SEALPOST_RUNS: '150' },
    // The first test that fails ends a mutant's run, and each file would start a worker of its own.
    isolate: false,
    sequence: {
      sequencer: class extends BaseSequencer {
        override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
          return files.toSorted((a, b) => costOf(a) - costOf(b));
        }
      },
    },
    // A machine that is busy with something else is no reason to call a mutant killed.
    testTimeout: 600_000,
  },
});

/** Tables first, generated policies last. */
function costOf({ moduleId }: TestSpecification): number {
  return ['every-case', 'hostile', 'properties', 'engine'].findIndex((name) =>
    moduleId.includes(`/${name}.`),
  );
}
