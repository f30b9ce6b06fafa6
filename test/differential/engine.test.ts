/**
 * The engine beside the reference evaluator on generated policies and requests. 5,000 pairs each run, 1,000,000 with
 * `npm run test:long`; SEALPOST_SEED repeats a run.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import type { Outcome } from '../../src/policy/decision.ts';
import type { AuthorizationRequest } from '../../src/policy/request.ts';
import { compiled, pairs, samplesFor } from './generated-pairs.ts';
import { possibleOutcomes, type PlainPolicies } from './reference-evaluator.ts';

const isLong = process.env['SEALPOST_LONG'] !== undefined;
const pairCount = isLong ? 1_000_000 : Number(process.env['SEALPOST_PAIRS'] ?? 5_000);
const requestsPerSet = 10;
const seed = Number(process.env['SEALPOST_SEED'] ?? Date.now() % 2 ** 31);

/** How a pair on which the two agree came out. */
type Verdict =
  | Outcome
  /** Unknown to the engine, and the same in every world: it remembers no unknown from one condition to the next. */
  | 'unknown although decided'
  /** Too many worlds to look at all of them. */
  | 'not settled';

// spec: IAM-EVAL-11, IAM-EVAL-13
test(
  'the engine and the reference evaluator agree',
  () => {
    const count = new Map<Verdict, number>();
    fc.assert(
      fc.property(pairs(requestsPerSet), ({ policies, requests }) => {
        const inputs = compiled(policies);
        for (const request of requests) {
          const outcome = decide(request, inputs).outcome;
          const verdict = judged(outcome, request, policies);
          if (verdict === null) throw new Error(disagreement(outcome, request, policies));
          count.set(verdict, (count.get(verdict) ?? 0) + 1);
        }
      }),
      { numRuns: pairCount / requestsPerSet, seed },
    );
    const figures = [...count].map(([verdict, pairs]) => `${verdict}: ${String(pairs)}`).join(', ');
    process.stdout.write(`engine and reference, seed ${String(seed)}: ${figures}\n`);
    // Generated policies that never meet their requests would prove nothing.
    const share = (verdict: Verdict) => (count.get(verdict) ?? 0) / pairCount;
    expect(share('allowed')).toBeGreaterThan(0.1);
    expect(share('unknown')).toBeGreaterThan(0.05);
    expect(share('unknown although decided')).toBeLessThan(atMost(0.005));
    expect(share('not settled')).toBeLessThan(atMost(0.01));
  },
  isLong ? 4 * 3_600_000 : 120_000,
);

/**
 * A share that a sample of a million keeps to, with four standard errors for this one. The requests of a set come out
 * alike, so the sets count as the sample, not the pairs.
 */
function atMost(limit: number): number {
  return limit + 4 * Math.sqrt((limit * requestsPerSet) / pairCount);
}

/** `null`: the engine and the reference disagree. */
function judged(outcome: Outcome, request: AuthorizationRequest, policies: PlainPolicies): Verdict | null {
  const samples = samplesFor(request);
  const together = possibleOutcomes(request, policies, samples, { apart: false, limit: 400 });
  if (outcome !== 'unknown') {
    if (together.results.size > 1 || !together.results.has(outcome)) return null;
    return together.isComplete ? outcome : 'not settled';
  }
  if (together.results.size > 1) return 'unknown';
  const apart = possibleOutcomes(request, policies, samples, { apart: true, limit: 20_000 });
  if (!apart.isComplete) return 'not settled';
  return apart.results.size > 1 ? 'unknown although decided' : null;
}

function disagreement(outcome: Outcome, request: AuthorizationRequest, policies: PlainPolicies): string {
  const { principal, action, resource, resourceAccount, isForwarded } = request;
  const context = Object.fromEntries(request.context.entries());
  const asked = { principal, action, resource, resourceAccount, isForwarded, context };
  return `the engine says ${outcome}: ${JSON.stringify({ asked, policies })}`;
}
