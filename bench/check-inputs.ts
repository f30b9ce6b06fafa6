/**
 * How long does `sealpost check` take on much input? Whole processes: a Terraform plan of 5 MB, and setups by the
 * hundred, beside `node -e 0` and `JSON.parse` of the same bytes. The processor's time counts, so that neighbours on
 * the machine don't. Aims: 500 ms for the plan; 0.5 ms for each setup of ten thousand (5 s).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, row } from './measure.ts';

let seen = 0;
const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
const planFile = join(folder, 'plan.json');
writeFileSync(planFile, planOf(5_000_000));
const setupCount = Number(process.env['SETUPS'] ?? 1000);
const setups = setupFiles(setupCount);
const parse = `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(planFile)}, 'utf8'))`;
const sealpost = join(import.meta.dirname, '../bin/sealpost.js');
const isBuilt = process.argv.includes('--built');
const program = isBuilt
  ? [
      '-e',
      `import('${join(import.meta.dirname, '../dist/cli/main.js')}').then((cli) => cli.main(process.argv.slice(1))).then((status) => { process.exitCode = status })`,
      '--',
    ]
  : [sealpost];

const commands: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['node -e 0', ['-e', '0']],
  ['JSON.parse of the plan', ['-e', parse]],
  ['sealpost check, a plan of 5 MB', [...program, 'check', '--terraform-plan', planFile, '--format', 'json']],
  [
    `sealpost check, ${setupCount} setups that deliver`,
    [...program, 'check', ...setups.good, '--format', 'json'],
  ],
  [
    `sealpost check, ${setupCount} setups, one in ten fails`,
    [...program, 'check', ...setups.mixed, '--format', 'json'],
  ],
];

try {
  let baseline: { median: number } | undefined;
  for (const [name, args] of commands) {
    const figure = await measure(5, () => {
      const { error } = spawnSync(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1e9,
      });
      if (error !== undefined) throw error;
      return childMillis();
    });
    console.log(row(name, figure, 'ms', baseline));
    baseline ??= figure;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Time of processors that the children took: of /proc, as Node tells only its own. */
function childMillis(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  // cutime and cstime, in hundredths of a second: the fields 16 and 17 of proc(5).
  const total = (Number(fields[13]) + Number(fields[14])) * 10;
  const spent = total - seen;
  seen = total;
  return spent;
}

/** A plan that declares a delivery among thousands of other resources. */
function planOf(bytes: number): string {
  const plan = JSON.parse(readFileSync('cases/inputs/plans/new-known-policies.json', 'utf8')) as {
    resource_changes: unknown[];
  };
  for (let size = JSON.stringify(plan).length, i = 0; size < bytes; i++) {
    const other = {
      address: `module.m${i % 50}.aws_instance.x[${i}]`,
      module_address: `module.m${i % 50}`,
      mode: 'managed',
      type: 'aws_instance',
      name: 'x',
      index: i,
      change: {
        actions: ['create'],
        before: null,
        after: { ami: 'ami-0123456789', tags: { Name: `n${i}` }, ebs: [{ size: 10, encrypted: true }] },
        after_unknown: { arn: true, id: true, ebs: [{ id: true }] },
      },
    };
    plan.resource_changes.push(other);
    size += JSON.stringify(other).length + 1;
  }
  return JSON.stringify(plan);
}

function setupFiles(count: number): { readonly good: readonly string[]; readonly mixed: readonly string[] } {
  const read = (name: string): unknown => JSON.parse(readFileSync(`examples/${name}`, 'utf8'));
  const setup = (keyPolicy: string): string => {
    const value = read('service-linked-role/setup.json') as {
      buckets: { policy: unknown }[];
      keys: { policy: unknown }[];
    };
    for (const bucket of value.buckets) bucket.policy = read('service-linked-role/bucket-policy.json');
    for (const key of value.keys) key.policy = read(keyPolicy);
    return JSON.stringify(value, null, 2);
  };
  const good = setup('service-linked-role/key-policy.json');
  const bad = setup('wrong-account/key-policy.json');
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const indexes = Array.from({ length: count }, (_, i) => i);
  return {
    good: indexes.map((i) => write(`good-${i}.json`, good)),
    mixed: indexes.map((i) => write(`mixed-${i}.json`, i % 10 === 0 ? bad : good)),
  };
}
