/**
 * Checks that rules of AWS, code and tests agree, both ways: every identity cited in `src`, `cases` or a test stands
 * in `spec/`, and every `documented` or `observed` requirement is cited in `src` and in a case or test. The inferred
 * and excepted ones are listed in docs/support.md, which `scripts/generate-docs.ts` writes.
 *
 * When it fails: write the requirement (identity, status, source, MUST) before its code, or delete what nothing cites.
 */
import { globSync, readFileSync } from 'node:fs';
import { readSpec } from './read-spec.ts';

const identity = /\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[a-z]?\b/g;
const faults: string[] = [];
const { requirements, faults: malformed } = readSpec('spec');
faults.push(...malformed);

const inSource = new Map<string, string>();
const inTests = new Map<string, string>();
for (const file of globSync(['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'])) {
  const isTest = file.endsWith('.test.ts') || file.startsWith('test/') || file.includes('/contract/');
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      // In TypeScript a citation stands behind `spec:`, in a comment or as a member of a table entry.
      const cited = /\bspec: ?(.*)/.exec(line)?.[1];
      for (const id of cited?.match(identity) ?? [])
        note(isTest ? inTests : inSource, id, `${file}:${index + 1}`);
    });
}
for (const file of globSync('cases/**/*.json')) {
  for (const row of rowsOf(JSON.parse(readFileSync(file, 'utf8')))) {
    const name = typeof row['name'] === 'string' ? row['name'] : '?';
    for (const member of ['why', 'source', 'status']) {
      if (typeof row[member] !== 'string' || row[member] === '')
        faults.push(`${file}: case "${name}" has no ${member}`);
    }
    const ids = Array.isArray(row['spec']) ? row['spec'] : [row['spec']];
    if (ids.length === 0 || ids[0] === undefined) faults.push(`${file}: case "${name}" cites no requirement`);
    for (const id of ids) if (typeof id === 'string') note(inTests, id, `${file} "${name}"`);
  }
}

for (const [id, place] of [...inSource, ...inTests]) {
  if (!requirements.has(id)) faults.push(`${place} cites ${id}, which stands in no file of spec/`);
}
for (const requirement of requirements.values()) {
  if (requirement.status !== 'documented' && requirement.status !== 'observed') continue;
  if (!inSource.has(requirement.id))
    faults.push(`${requirement.place}: ${requirement.id} is cited nowhere in src/`);
  if (!inTests.has(requirement.id))
    faults.push(`${requirement.place}: ${requirement.id} is cited by no case and no test`);
}
if (requirements.size < 20 || inSource.size < 20 || inTests.size < 20) {
  faults.push(
    `only ${requirements.size} requirements, ${inSource.size} cited in src, ${inTests.size} in tests were seen: the checker can't be trusted`,
  );
}

if (faults.length > 0) {
  console.error(faults.map((fault) => `  ${fault}`).join('\n'));
  console.error(
    `spec: ${faults.length} faults. A requirement, its code and its case cite one identity: CONTRIBUTING.md`,
  );
  process.exitCode = 1;
} else {
  const inferred = [...requirements.values()].filter((requirement) => requirement.status === 'inferred');
  console.log(
    `spec: ${requirements.size} requirements cited both ways; ${inferred.length} inferred (docs/support.md)`,
  );
}

function note(places: Map<string, string>, id: string, place: string): void {
  if (!places.has(id)) places.set(id, place);
}

function rowsOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value as Record<string, unknown>[];
  const cases = (value as { cases?: unknown } | null)?.cases;
  return Array.isArray(cases) ? (cases as Record<string, unknown>[]) : [];
}
