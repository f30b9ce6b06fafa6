/** The case tables of deliveries: each row is a base of cases/delivery/bases.yaml with a few places changed. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileSetup } from '../setup/compile-setup.ts';
import { setupFromValue } from '../setup/loaded-setup.ts';
import { check } from './check.ts';
import type { Identity, PhaseName } from './plan.ts';
import type { Report, StepReport } from './report.ts';

interface DeliveryCase {
  readonly name: string;
  readonly base: string;
  /** Values by JSON pointer; `/-` adds to a list. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly expect: {
    readonly verdict: Report['verdict'];
    readonly deliveredAs: Identity | null;
    readonly phases?: Readonly<Partial<Record<PhaseName, string>>>;
    /** `at`: phase/identity/action; of several such steps the gravest. `statements`: source and pointer. */
    readonly steps?: readonly {
      readonly at: string;
      readonly outcome: string;
      readonly reason: string;
      readonly statements?: readonly string[];
    }[];
    /** Codes that must be among the findings. */
    readonly findings?: readonly string[];
    readonly noFindings?: readonly string[];
  };
}

const folder = 'cases/delivery';
const bases = parse(readFileSync(`${folder}/bases.yaml`, 'utf8')) as Record<string, unknown>;
const at = new Date('2026-03-07T09:15:00Z');

for (const file of globSync(`${folder}/*.json`)) {
  const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly DeliveryCase[];
  describe(basename(file, '.json').replaceAll('-', ' '), () => {
    it.each(cases.map((row) => [row.name, row] as const))('%s', (_, row) => {
      const report = reportOf(row);
      const { expect: wanted } = row;
      expect({ verdict: report.verdict, deliveredAs: report.deliveredAs }).toEqual({
        verdict: wanted.verdict,
        deliveredAs: wanted.deliveredAs,
      });
      if (wanted.phases !== undefined) {
        expect(Object.fromEntries(report.phases.map(({ phase, outcome }) => [phase, outcome]))).toEqual(
          wanted.phases,
        );
      }
      for (const step of wanted.steps ?? []) {
        const found = stepAt(report, step.at);
        expect({ at: step.at, outcome: found?.outcome, reason: found?.reason }).toEqual({
          at: step.at,
          outcome: step.outcome,
          reason: step.reason,
        });
        if (step.statements !== undefined)
          expect(found?.statements.map(({ source, pointer }) => source + pointer)).toEqual(step.statements);
      }
      const codes = report.findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining([...(wanted.findings ?? [])]));
      for (const code of wanted.noFindings ?? []) expect(codes).not.toContain(code);
    });
  });
}

function reportOf({ base, set = {}, remove = [] }: DeliveryCase): Report {
  const setup = structuredClone(bases[base]);
  for (const [pointer, value] of Object.entries(set)) change(setup, pointer, value);
  for (const pointer of remove) change(setup, pointer, undefined);
  const loaded = setupFromValue(setup);
  if (!loaded.ok)
    throw new Error(loaded.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'));
  return check(compileSetup(loaded.setup), { at });
}

function change(root: unknown, pointer: string, value: unknown): void {
  const steps = pointer.slice(1).split('/');
  const last = steps.pop() ?? '';
  let parent = root as Record<string, unknown>;
  for (const step of steps) parent = parent[step] as Record<string, unknown>;
  if (Array.isArray(parent)) {
    if (last === '-') parent.push(value);
    else if (value === undefined) parent.splice(Number(last), 1);
    else parent[Number(last)] = value;
  } else if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
}

function stepAt(report: Report, place: string): StepReport | undefined {
  const [phase, identity, action] = place.split('/');
  const gravity = ['denied', 'unknown', 'allowed'];
  return report.phases
    .find((candidate) => candidate.phase === phase)
    ?.attempts.find((attempt) => attempt.identity === identity)
    ?.steps.filter((step) => step.action === action)
    .toSorted((a, b) => gravity.indexOf(a.outcome) - gravity.indexOf(b.outcome))[0];
}
