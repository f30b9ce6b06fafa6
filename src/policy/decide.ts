/**
 * The engine's door: one request, every policy that may apply to it, one decision. Pure and total: no clock, no I/O,
 * the same decision for the same input.
 */
import type { Decision, LayerDecision, Outcome } from './decision.ts';
import { judge, outcomeOf, questionOf, type Judgement } from './judge.ts';
import { policyLayers, type PolicyLayer } from './layers.ts';
import type { PolicyInputs } from './policy-inputs.ts';
import type { Question } from './question.ts';
import type { ReasonCode } from './reasons.ts';
import type { AuthorizationRequest } from './request.ts';
import { decidingStatements, unknownsOf } from './trace.ts';

/**
 * The decision on `request`, given every policy that may apply to it.
 *
 * `outcome` and `reason` are found at once; `layers`, `statements` and `unknown` are found by judging the request
 * again when they are first read, so that a decision that nobody explains costs little.
 */
export function decide(request: AuthorizationRequest, inputs: PolicyInputs): Decision {
  const question = questionOf(request, inputs);
  const quick = judge(question, inputs, { untilDenied: true });
  let full: Judgement | null = quick.isComplete ? quick : null;
  const complete = (): Judgement => (full ??= judge(question, inputs, { untilDenied: false }));
  return lazily(quick.outcome, {
    reason: () => quick.reason ?? reasonOfUnknown(question, inputs, complete()),
    layers: () => layerDecisions(question, inputs, complete()),
    statements: () => decidingStatements(question, inputs, complete()),
    unknown: () => (quick.outcome === 'unknown' ? unknownNames(question, inputs, complete()) : []),
  });
}

function layerDecisions(
  question: Question,
  inputs: PolicyInputs,
  judgement: Judgement,
): readonly LayerDecision[] {
  return reportOrder.map((layer) => ({
    layer: layer.name,
    outcome: outcomeOf(layer, question, inputs, judgement.findings[layer.name]),
  }));
}

/** The order in which a decision lists its layers. */
export const reportOrder: readonly PolicyLayer[] = (
  ['identity', 'resource', 'grant', 'boundary', 'session', 'scp', 'rcp', 'vpc-endpoint'] as const
).flatMap((name) => policyLayers.filter((layer) => layer.name === name));

function unknownNames(question: Question, inputs: PolicyInputs, judgement: Judgement): readonly string[] {
  return unknownsOf(question, inputs, judgement)
    .map(({ name }) => name)
    .filter((name) => name !== null);
}

/** What was not given weighs most, as people can give it; what AWS leaves open they can only avoid. */
function reasonOfUnknown(question: Question, inputs: PolicyInputs, judgement: Judgement): ReasonCode {
  const unknowns = unknownsOf(question, inputs, judgement);
  for (const reason of ['not-given', 'unknown-context'] as const) {
    if (unknowns.some((unknown) => unknown.reason === reason)) return reason;
  }
  return 'undocumented';
}

type Lazy = { readonly [Member in Exclude<keyof Decision, 'outcome'>]: () => Decision[Member] };

/** A decision whose members are worked out when first read; they are its own, so that copies and JSON hold them. */
function lazily(outcome: Outcome, lazy: Lazy): Decision {
  let reason: ReasonCode | undefined;
  let layers: Decision['layers'] | undefined;
  let statements: Decision['statements'] | undefined;
  let unknown: Decision['unknown'] | undefined;
  return {
    outcome,
    get reason() {
      return (reason ??= lazy.reason());
    },
    get layers() {
      return (layers ??= lazy.layers());
    },
    get statements() {
      return (statements ??= lazy.statements());
    },
    get unknown() {
      return (unknown ??= lazy.unknown());
    },
  };
}
