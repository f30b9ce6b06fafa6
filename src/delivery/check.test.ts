import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileSetup } from '../setup/compile-setup.ts';
import { setupFromValue } from '../setup/loaded-setup.ts';
import { check } from './check.ts';
import type { Report } from './report.ts';

type Value = Record<string, unknown>;

const bases = parse(readFileSync('cases/delivery/bases.yaml', 'utf8')) as Record<string, Value>;
const at = new Date('2026-03-07T09:15:00Z');

/** The bases, and each of them with the wrong source account in its key policy. */
const setups = Object.entries(bases).flatMap(([name, setup]) => {
  const text = JSON.stringify(setup);
  return [
    [name, setup],
    [
      `${name} with a wrong account`,
      JSON.parse(text.replaceAll(/("a?A?[wW][sS]:SourceAccount":)"\d+"/g, '$1"000000000000"')) as Value,
    ],
  ] as const;
});

/** What a user may leave out. */
const members = [
  ['organization'],
  ['roles'],
  ['roles', 0, 'trustPolicy'],
  ['roles', 0, 'policies'],
  ['roles', 0, 'permissionsBoundary'],
  ['buckets'],
  ['buckets', 0, 'policy'],
  ['buckets', 0, 'account'],
  ['buckets', 0, 'region'],
  ['keys'],
  ['keys', 0, 'policy'],
  ['keys', 0, 'keyState'],
] as const;

function reportOf(setup: Value): Report {
  const loaded = setupFromValue(setup);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return check(compileSetup(loaded.setup), { at });
}

function without(setup: Value, removed: readonly (readonly (string | number)[])[]): Value {
  const copy = structuredClone(setup);
  for (const path of removed) {
    let parent: unknown = copy;
    for (const step of path.slice(0, -1)) parent = (parent as Value | undefined)?.[step];
    if (parent !== undefined) Reflect.deleteProperty(parent as Value, path.at(-1) ?? '');
  }
  return copy;
}

describe('leaving something out of a setup', () => {
  it.each(setups)('never turns the verdict into its opposite (%s)', (_, setup) => {
    const whole = reportOf(setup);
    fc.assert(
      fc.property(fc.subarray([...members]), (removed) => {
        expect([whole.verdict, 'unknown']).toContain(reportOf(without(setup, removed)).verdict);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a Deny that is added', () => {
  const denial = fc.record({
    Effect: fc.constant('Deny'),
    Principal: fc.constantFrom('*', { Service: 'config.amazonaws.com' }, { AWS: '111122223333' }),
    Action: fc.constantFrom('*', 's3:PutObject', 'kms:GenerateDataKey', 's3:GetBucketAcl'),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::*/AWSLogs/*'),
    Condition: fc.constantFrom(
      {},
      { StringNotEquals: { 'aws:SourceAccount': '111122223333' } },
      { Bool: { 'aws:SecureTransport': 'false' } },
      { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    ),
  });
  const rank = { denied: 0, unknown: 1, allowed: 2 } as const;

  it.each(setups)('never makes a step better (%s)', (_, setup) => {
    const before = reportOf(setup);
    fc.assert(
      fc.property(denial, fc.constantFrom('buckets', 'keys'), (statement, kind) => {
        const changed = structuredClone(setup);
        const [entry] = changed[kind] as { policy: { Version: string; Statement: unknown[] } | null }[];
        if (entry === undefined) return;
        entry.policy ??= { Version: '2012-10-17', Statement: [] };
        entry.policy.Statement.push(statement);
        const after = reportOf(changed);
        for (const [i, phase] of after.phases.entries()) {
          for (const [j, attempt] of phase.attempts.entries()) {
            for (const [k, step] of attempt.steps.entries()) {
              const was = before.phases[i]?.attempts[j]?.steps[k];
              expect(rank[step.outcome]).toBeLessThanOrEqual(rank[was?.outcome ?? 'denied']);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the same setup', () => {
  it('gives the same report twice', () => {
    for (const setup of Object.values(bases)) expect(reportOf(setup)).toEqual(reportOf(setup));
  });

  it('gives a report for every example', () => {
    expect(globSync('examples/*/setup.*').length).toBeGreaterThanOrEqual(8);
  });
});
