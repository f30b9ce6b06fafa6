import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptOutcome, phaseOutcome, verdictOf, type JudgedStep } from './outcomes.ts';

const outcome = fc.constantFrom('allowed', 'denied', 'unknown');
const step = fc.record({
  action: fc.constantFrom('s3:PutObject', 's3:GetBucketAcl', 'kms:GenerateDataKey', 'kms:Decrypt'),
  required: fc.constantFrom('always', 'documented', 'never'),
  outcome,
}) as fc.Arbitrary<JudgedStep>;
const steps = fc.array(step, { minLength: 1, maxLength: 5 });
const assumeRole = (result: JudgedStep['outcome']): JudgedStep => ({
  action: 'sts:AssumeRole',
  required: 'always',
  outcome: result,
});

describe('the outcome of an attempt', () => {
  // spec: DLV-PLAN-2
  it('does not depend on steps that are never required', () => {
    fc.assert(
      fc.property(steps, outcome, (all, other) => {
        const tolerated: JudgedStep = { action: 's3:ListBucket', required: 'never', outcome: other };
        expect(attemptOutcome([...all, tolerated])).toBe(attemptOutcome(all));
      }),
    );
  });

  // spec: DLV-DOCUMENTED-1
  it('is never denied by a documented step alone', () => {
    fc.assert(
      fc.property(outcome, (decrypt) => {
        const needed: JudgedStep = { action: 's3:PutObject', required: 'always', outcome: 'allowed' };
        const documented: JudgedStep = { action: 'kms:Decrypt', required: 'documented', outcome: decrypt };
        expect(attemptOutcome([needed, documented])).toBe(decrypt === 'allowed' ? 'allowed' : 'unknown');
      }),
    );
  });
});

describe('the outcome of a phase', () => {
  // spec: DLV-FALLBACK-3
  it('is denied when the role cannot be assumed, and no second attempt is made', () => {
    fc.assert(
      fc.property(steps, steps, (role, service) => {
        const phase = phaseOutcome([assumeRole('denied'), ...role], service);
        expect(phase).toEqual({
          outcome: 'denied',
          deliveredAs: null,
          made: { role: true, 'service-principal': false },
        });
      }),
    );
  });

  // spec: DLV-FALLBACK-1, DLV-FALLBACK-2
  it('settles an unknown step only as one of its answers would, whichever it is', () => {
    fc.assert(
      fc.property(outcome, steps, steps, (assumed, role, service) => {
        const asked = phaseOutcome([assumeRole(assumed), ...role], service);
        if (asked.outcome === 'unknown') return;
        for (const answer of ['allowed', 'denied'] as const) {
          const settled = (all: readonly JudgedStep[]): JudgedStep[] =>
            all.map((one) => (one.outcome === 'unknown' ? { ...one, outcome: answer } : one));
          const result = phaseOutcome(settled([assumeRole(assumed), ...role]), settled(service));
          // A documented step that is refused is the one thing that an answer leaves open.
          if (result.outcome !== 'unknown') expect(result.outcome).toBe(asked.outcome);
        }
      }),
    );
  });

  it('is never allowed unless one attempt alone is', () => {
    fc.assert(
      fc.property(outcome, steps, steps, (assumed, role, service) => {
        const { outcome: result } = phaseOutcome([assumeRole(assumed), ...role], service);
        if (result !== 'allowed') return;
        expect([attemptOutcome([assumeRole(assumed), ...role]), attemptOutcome(service)]).toContain(
          'allowed',
        );
      }),
    );
  });
});

// spec: DLV-VERDICT-1
describe('the verdict', () => {
  it('fails with one phase that is denied, whatever is unknown beside it', () => {
    expect(verdictOf([{ outcome: 'allowed' }, { outcome: 'denied' }, { outcome: 'unknown' }])).toBe('fails');
  });
  it('is unknown while one phase is', () => {
    expect(verdictOf([{ outcome: 'allowed' }, { outcome: 'unknown' }])).toBe('unknown');
  });
  it('delivers when all phases are allowed', () => {
    expect(verdictOf([{ outcome: 'allowed' }])).toBe('delivers');
  });
});
