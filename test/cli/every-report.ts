/** Reports of every case of cases/delivery, with their fixes, and of what could not be judged: for tests of formats. */
import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { NamedReport } from '../../src/cli/formats.ts';
import { judge, reportOf } from '../../src/delivery/check.ts';
import { patched } from '../../src/delivery/fix/policy-edit.ts';
import { smallestFix } from '../../src/delivery/smallest-fix.ts';
import { compileSetup } from '../../src/setup/compile-setup.ts';
import { setupFromValue } from '../../src/setup/loaded-setup.ts';
import { readSetupText } from '../../src/setup/read-setup.ts';

interface DeliveryCase {
  readonly name: string;
  readonly base: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
}

const at = new Date('2026-03-07T09:15:00Z');

/** One for each case, read from text, so that findings have their places. */
export async function everyReport(): Promise<readonly NamedReport[]> {
  const bases = parse(readFileSync('cases/delivery/bases.yaml', 'utf8')) as Record<string, unknown>;
  const cases = globSync('cases/delivery/*.json')
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as DeliveryCase[]);
  const reports: NamedReport[] = [];
  for (const { name, base, set = {}, remove = [] } of cases) {
    const value = patched(bases[base], [
      ...Object.entries(set).map(([path, member]) => ({
        op: path.endsWith('/-') ? ('add' as const) : ('replace' as const),
        path,
        value: member,
      })),
      ...remove.map((path) => ({ op: 'remove' as const, path })),
    ]);
    reports.push(await reportOnText(name, JSON.stringify(value, null, 2)));
  }
  return reports;
}

/** A report with the fix, or with the errors of a text that is no setup. */
export async function reportOnText(name: string, text: string): Promise<NamedReport> {
  const readFile = (path: string) => Promise.reject(new Error(`there is no ${path}`));
  const read = await readSetupText(text, { file: name, readFile });
  if (!read.ok)
    return { name, report: { schemaVersion: 1, verdict: null, errors: read.faults }, judged: null };
  const compiled = compileSetup(read.setup);
  const judgement = judge(compiled, { at });
  const value = setupFromValue(read.setup.setup);
  const fix = value.ok ? smallestFix(value.setup, { at }) : null;
  return { name, report: { ...reportOf(judgement, compiled), fix }, judged: { judgement, compiled } };
}
