import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { policyLayers } from '../../src/policy/layers.ts';
import { explainDecision, type LayerExplanation } from '../../src/policy/trace.ts';
import type { Decision } from '../../src/policy/decision.ts';
import {
  asked,
  completion,
  documents,
  inputsOf,
  keys,
  requestOf,
  type Asked,
  type Documents,
  type Entries,
} from './generated.ts';

/** A few seconds' worth; `npm run test:long` asks for more. */
const isLong = process.env['SEALPOST_LONG'] !== undefined;
if (isLong) vi.setConfig({ testTimeout: 3_600_000 });
const runs = { numRuns: isLong ? 100_000 : Number(process.env['SEALPOST_RUNS'] ?? 500) };

function decided(question: Asked, given: Documents): Decision {
  return decide(requestOf(question), inputsOf(given, question.about));
}

describe('the engine on generated policies', () => {
  // spec: IAM-EVAL-11
  test('what is decided with unknown keys is decided the same however they turn out', () => {
    fc.assert(
      fc.property(
        asked,
        documents,
        fc.array(fc.tuple(completion, completion, completion, completion), { minLength: 3, maxLength: 6 }),
        (question, given, worlds) => {
          const inputs = inputsOf(given, question.about);
          const { outcome } = decide(requestOf(question), inputs);
          if (outcome === 'unknown') return;
          for (const world of worlds) {
            const entries = Object.fromEntries(
              keys.map((key, index) => [
                key,
                question.entries[key].state === 'unknown' ? world[index] : question.entries[key],
              ]),
            ) as Entries;
            expect(decide(requestOf({ ...question, entries }), inputs).outcome).toBe(outcome);
          }
        },
      ),
      runs,
    );
  });

  // spec: IAM-EVAL-11
  test('what is decided without an identity policy that was not given is decided the same whatever it says', () => {
    fc.assert(
      fc.property(asked, documents, documents, (question, given, other) => {
        const { outcome } = decided(question, { ...given, identity: [...given.identity, 'unknown'] });
        if (outcome === 'unknown') return;
        expect(
          decided(question, { ...given, identity: [...given.identity, ...other.identity] }).outcome,
        ).toBe(outcome);
      }),
      runs,
    );
  });

  // spec: IAM-EVAL-11
  test('what is decided without the owner of the resource is decided the same whoever it is', () => {
    fc.assert(
      fc.property(asked, documents, (question, given) => {
        const { outcome } = decided({ ...question, owner: null }, given);
        if (outcome === 'unknown' || question.about === 'key') return;
        for (const owner of ['111122223333', '444455556666', '777788889999']) {
          expect(decided({ ...question, owner }, given).outcome).toBe(outcome);
        }
      }),
      runs,
    );
  });

  // spec: IAM-EVAL-1
  test('a further explicit deny never allows, and one of everything always denies', () => {
    const everything = { Effect: 'Deny', Action: '*', Resource: '*' };
    fc.assert(
      fc.property(asked, documents, documents, (question, given, other) => {
        const before = decided(question, given).outcome;
        const denials = other.identity.flatMap((policy) =>
          policy === 'unknown'
            ? []
            : [
                {
                  ...policy,
                  Statement: policy.Statement.map((statement) => ({ ...statement, Effect: 'Deny' })),
                },
              ],
        );
        const after = decided(question, { ...given, identity: [...given.identity, ...denials] }).outcome;
        if (before === 'denied') expect(after).toBe('denied');
        if (before === 'unknown') expect(after).not.toBe('allowed');
        const hasIdentity = question.principal.kind === 'user' || question.principal.kind === 'role-session';
        const closed = decided(question, {
          ...given,
          identity: [{ Version: '2012-10-17', Statement: [everything] }],
        });
        if (hasIdentity) expect(closed.outcome).toBe('denied');
      }),
      runs,
    );
  });

  // spec: IAM-EVAL-4
  test('the order of statements and of policies does not matter', () => {
    const turned = <Policy extends { readonly Statement: readonly unknown[] }>(policy: Policy): Policy => ({
      ...policy,
      Statement: policy.Statement.toReversed(),
    });
    fc.assert(
      fc.property(asked, documents, (question, given) => {
        const reversed: Documents = {
          ...given,
          identity: given.identity
            .map((policy) => (policy === 'unknown' ? policy : turned(policy)))
            .toReversed(),
          boundary: given.boundary === null ? null : turned(given.boundary),
          resource: given.resource === null ? null : turned(given.resource),
          scp: given.scp?.toReversed() ?? null,
        };
        const [one, other] = [decided(question, given), decided(question, reversed)];
        expect([other.outcome, other.reason, other.layers]).toEqual([one.outcome, one.reason, one.layers]);
      }),
      runs,
    );
  });

  // spec: IAM-EXPLAIN-1
  test('what the explanation shows of statements adds up to what the layers say, and its outcome is the decision', () => {
    fc.assert(
      fc.property(asked, documents, (question, given) => {
        const [request, inputs] = [requestOf(question), inputsOf(given, question.about)];
        const decision = decide(request, inputs);
        const explanation = explainDecision(request, inputs);
        expect(explanation.outcome).toBe(decision.outcome);
        const outcomes = Object.fromEntries(decision.layers.map(({ layer, outcome }) => [layer, outcome]));
        for (const layer of explanation.layers) {
          expect(layer.outcome).toBe(outcomes[layer.layer]);
          expect(hasStatement(layer, 'Deny', 'yes'), layer.layer).toBe(layer.outcome === 'explicit-deny');
          if (layer.outcome === 'allow' && layer.layer !== 'rcp')
            expect(hasStatement(layer, 'Allow', 'yes')).toBe(true);
        }
        if (decision.outcome === 'unknown') {
          expect(decision.unknown.length > 0 || decision.reason === 'undocumented').toBe(true);
        } else expect(decision.unknown).toEqual([]);
      }),
      runs,
    );
  });

  test('each layer stands once in the list, and every decision tells of each', () => {
    const names = policyLayers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    fc.assert(
      fc.property(asked, documents, (question, given) => {
        expect(
          decided(question, given)
            .layers.map(({ layer }) => layer)
            .toSorted(),
        ).toEqual(names.toSorted());
      }),
      { numRuns: 50 },
    );
  });
});

function hasStatement(
  layer: LayerExplanation,
  effect: 'Allow' | 'Deny',
  matched: 'yes' | 'unknown',
): boolean {
  if (layer.exemption !== null) return false;
  return layer.levels.some((level) =>
    level.some((policy) =>
      policy.statements.some((statement) => statement.effect === effect && statement.matched === matched),
    ),
  );
}
