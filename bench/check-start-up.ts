/**
 * How long does a person wait for a verdict? Whole processes, from start to exit, beside `node -e 0`.
 * Aim: 150 ms for `sealpost check` of the seed's case.
 */
import { spawnSync } from 'node:child_process';
import { measure, row } from './measure.ts';

const example = 'examples/service-linked-role/setup.json';
const commands = {
  'node -e 0': ['-e', '0'],
  'sealpost --version': ['bin/sealpost.js', '--version'],
  'sealpost check, JSON setup': ['bin/sealpost.js', 'check', example],
  'sealpost check, --format json': ['bin/sealpost.js', 'check', example, '--format', 'json'],
} as const;

let baseline: { median: number } | undefined;
for (const [name, args] of Object.entries(commands)) {
  const figure = await measure(15, () => {
    const startedAt = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    return performance.now() - startedAt;
  });
  console.log(row(name, figure, 'ms', baseline));
  baseline ??= figure;
}
