/**
 * Checks the rules of direction in `scripts/direction-rules.ts`, and checks the checker: a rule whose pattern matches
 * no file, or that does not report the violation planted for it, would pass for ever.
 *
 * When it fails: a violation names the two files and the rule's reason; move the import behind a port (see
 * docs/architecture.md). A rule that saw nothing: its pattern no longer fits the layout.
 */
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { mkdtempSync, readdirSync, readFileSync, rmSync, mkdirSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruiseOptions, forbidden, required } from './direction-rules.ts';

const planted = 'test/fixtures/wrong-direction';
const faults: string[] = [];

const real = await run(process.cwd(), ['src']);
const modules = real.modules.filter((module) => module.source.startsWith('src/'));
if (modules.length < 20)
  faults.push(`the checker saw only ${modules.length} modules of src: it can't be trusted`);
for (const violation of real.summary.violations) {
  faults.push(
    `${violation.rule.name}: ${violation.from} -> ${violation.to}\n    ${commentOf(violation.rule.name)}`,
  );
}
for (const { name, from } of forbidden) {
  const pattern = new RegExp(typeof from.path === 'string' ? from.path : '.');
  if (!modules.some((module) => pattern.test(module.source)))
    faults.push(`${name}: no file of src matches its "from"`);
}

// The planted tree is copied out of the project, so that its files are neither linted nor compiled with ours.
const place = mkdtempSync(join(tmpdir(), 'sealpost-direction-'));
try {
  for (const file of readdirSync(planted, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts.txt'),
  )) {
    const to = join(place, file.replace(/\.txt$/, ''));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, readFileSync(join(planted, file)));
  }
  cpSync('tsconfig.json', join(place, 'tsconfig.json'));
  const wrong = await run(place, ['src']);
  const reported = new Set(wrong.summary.violations.map((violation) => violation.rule.name));
  for (const name of [...forbidden, ...required].map((rule) => rule.name)) {
    if (!reported.has(name))
      faults.push(`${name}: did not report the violation planted for it in ${planted}`);
  }
} finally {
  rmSync(place, { recursive: true });
}

if (faults.length > 0) {
  console.error(faults.map((fault) => `  ${fault}`).join('\n'));
  console.error(`direction: ${faults.length} faults. Move the import behind a port: docs/architecture.md`);
  process.exitCode = 1;
} else {
  console.log(
    `direction: ${modules.length} modules, ${forbidden.length + required.length} rules, all planted violations reported`,
  );
}

async function run(folder: string, paths: string[]): Promise<ICruiseResult> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const result = await cruise(
      paths,
      { ...cruiseOptions, validate: true, ruleSet: { forbidden, required } },
      undefined,
      { tsConfig: extractTsConfig('tsconfig.json') },
    );
    return result.output as ICruiseResult;
  } finally {
    process.chdir(before);
  }
}

function commentOf(name: string): string {
  return [...forbidden, ...required].find((rule) => rule.name === name)?.comment ?? '';
}
