/**
 * All that CI checks beside the tests, cheapest first; goes on after a failure, so that one run tells everything.
 * When it fails: each check's last line says what to do.
 */
import { spawnSync } from 'node:child_process';

const checks: readonly (readonly [name: string, ...command: string[]])[] = [
  ['spec citations', 'node', 'scripts/check-spec.ts'],
  ['directions', 'node', 'scripts/check-direction.ts'],
  ['generated docs', 'node', 'scripts/generate-docs.ts', '--check'],
  ['setup schema', 'node', 'scripts/generate-setup-schema.ts', '--check'],
  ['documentation', 'node', 'scripts/check-readme.ts'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['dead code', 'knip'],
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['lint', 'eslint', '.', '--max-warnings', '0'],
];

const failed: string[] = [];
for (const [name, command, ...args] of checks) {
  const startedAt = performance.now();
  const { status } = spawnSync(command as string, args, { stdio: 'inherit' });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(
    `${failed.length} checks failed: ${failed.join(', ')}. Mend them one by one: npm run types, lint, format, ...`,
  );
  process.exitCode = 1;
}
