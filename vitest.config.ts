import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // The machine of a reader may have two cores: real servers and clients in many workers at once would only wait.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
