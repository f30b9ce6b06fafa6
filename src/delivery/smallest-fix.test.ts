/** Fixes of every case of cases/delivery that does not deliver, and the shapes that edits take. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { PatchOperation } from '../lint/finding.ts';
import { compileSetup } from '../setup/compile-setup.ts';
import { setupFromValue, type LoadedSetup } from '../setup/loaded-setup.ts';
import { check } from './check.ts';
import { patched } from './fix/policy-edit.ts';
import type { Identity } from './plan.ts';
import type { SmallestFix } from './report.ts';
import { smallestFix } from './smallest-fix.ts';

interface SetupCase {
  readonly name: string;
  readonly base: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
}

interface Expected {
  readonly name: string;
  /** So many operations at most. */
  readonly edits?: number;
  readonly changed?: readonly string[];
  readonly patches?: Readonly<Record<string, readonly PatchOperation[]>>;
  readonly blockedBy?: readonly string[];
  readonly fix?: null;
}

const at = new Date('2026-03-07T09:15:00Z');
const bases = parse(readFileSync('cases/delivery/bases.yaml', 'utf8')) as Record<string, unknown>;
const deliveryCases = globSync('cases/delivery/*.json')
  .flatMap(
    (file) => JSON.parse(readFileSync(file, 'utf8')) as (SetupCase & { expect: { verdict: string } })[],
  )
  .filter((row) => row.expect.verdict !== 'delivers');
const expected = JSON.parse(readFileSync('cases/fix/delivery-cases.json', 'utf8')) as Expected[];
const shapes = JSON.parse(readFileSync('cases/fix/shapes.json', 'utf8')) as (Expected &
  SetupCase & { for: Identity | 'either' })[];

// spec: FIX-1, FIX-2, FIX-5, FIX-6
describe('the smallest fix of every delivery that fails or is unknown', () => {
  it.each(deliveryCases.map((row) => [row.name, row] as const))('%s', (name, row) => {
    const wanted = expected.find((candidate) => candidate.name === name);
    if (wanted === undefined) throw new Error(`write into cases/fix/delivery-cases.json what mends this`);
    expectFix(setupOf(row), 'either', wanted);
  });
});

// spec: FIX-2, FIX-3, FIX-4, FIX-5, FIX-6, FIX-7
describe('the smallest fix', () => {
  it.each(shapes.map((row) => [row.name, row] as const))('%s', (_, row) => {
    expectFix(setupOf(row), row.for, row);
  });

  it('is null where the setup delivers already', () => {
    expect(smallestFix(setupOf({ name: '', base: 'role' }), { at })).toBeNull();
  });
});

function expectFix(loaded: LoadedSetup, identity: Identity | 'either', wanted: Expected): void {
  const fix = smallestFix(loaded, { at, for: identity });
  if (wanted.fix === null) {
    expect(fix).toBeNull();
    return;
  }
  if (fix === null) throw new Error('there is no fix');
  expect([...new Set((fix.blockedBy ?? []).map(({ source }) => source))].sort()).toEqual(
    wanted.blockedBy ?? [],
  );
  if (wanted.blockedBy !== undefined) {
    expect(fix.verified).toBe(false);
    expect(fix.changes).toEqual([]);
    return;
  }
  expect(fix.verified).toBe(true);
  const operations = fix.changes.flatMap(({ patch }) => patch);
  if (wanted.edits !== undefined) expect(operations.length).toBeLessThanOrEqual(wanted.edits);
  if (wanted.changed !== undefined)
    expect(fix.changes.map(({ target }) => target).sort()).toEqual(wanted.changed);
  if (wanted.patches !== undefined) {
    expect(Object.fromEntries(fix.changes.map(({ target, patch }) => [target, patch]))).toEqual(
      wanted.patches,
    );
  }
  expect(verdictAfter(loaded, fix)).toBe('delivers');
}

/** As a reader of the report applies it: by pointer, without the code that made the fix. */
function verdictAfter(loaded: LoadedSetup, fix: SmallestFix): string {
  const setup = structuredClone(loaded.setup) as unknown;
  for (const { target, patch, unifiedDiff } of fix.changes) {
    expect(unifiedDiff).toMatch(/^--- a\/.*\n\+\+\+ b\/.*\n@@ /);
    const path = target.split(/[.[\]]+/).filter((step) => step !== '');
    const last = path.pop() ?? '';
    let parent = setup as Record<string, unknown>;
    for (const step of path) parent = (parent[step] ??= { name: 'new' }) as Record<string, unknown>;
    parent[last] = patched(parent[last], patch);
  }
  const read = setupFromValue(setup);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return check(compileSetup(read.setup), { at }).verdict;
}

function setupOf({ base, set = {}, remove = [] }: SetupCase): LoadedSetup {
  const read = setupFromValue(
    patched(bases[base], [
      ...Object.entries(set).map(([path, value]) => ({
        op: path.endsWith('/-') ? ('add' as const) : ('replace' as const),
        path,
        value,
      })),
      ...remove.map((path) => ({ op: 'remove' as const, path })),
    ]),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.setup;
}
