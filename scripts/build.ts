/**
 * Builds what the published package runs: few files instead of hundreds, since loading modules is most of the time
 * that `sealpost check` takes, the library's modules for browsers, and declarations for users of the library. `npm pack` calls it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

rmSync('dist', { recursive: true, force: true });
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};
const bundled = new Set(['zod', 'commander']);
const external = Object.keys(dependencies)
  .filter((name) => !bundled.has(name))
  .map((name) => new RegExp(`^${name}(/|$)`));
const bundle = await rolldown({
  input: {
    'cli/main': 'src/cli/main.ts',
    index: 'src/index.ts',
    pure: 'src/pure.ts',
    testing: 'src/testing.ts',
  },
  platform: 'node',
  external,
});
await bundle.write({ dir: 'dist', format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js' });

// For bundlers of web applications the modules stay apart, so that they can leave out what is not used.
const modules = await rolldown({
  input: { pure: 'src/pure.ts' },
  platform: 'browser',
  external: Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
});
await modules.write({ dir: 'dist/browser', format: 'esm', preserveModules: true });

const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) {
  console.error('build: the declarations could not be written; npm run types says why');
  process.exitCode = 1;
}
