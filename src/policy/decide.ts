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
 * again when they are first read, so that a decision that nobody explains costs little. JSON holds all of them; a
 * copy by spreading does not: copy the members that you want to keep.
 */
export function decide(request: AuthorizationRequest, inputs: PolicyInputs): Decision {
  const question = questionOf(request, inputs);
  return new LazyDecision(question, inputs, judge(question, inputs, { untilDenied: true }));
}

/**
 * Members on the prototype: accessors of its own would make an object ten times as costly as the whole rest of a
 * decision.
 */
class LazyDecision implements Decision {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly #question: Question;
  readonly #inputs: PolicyInputs;
  #judgement: Judgement;
  #layers: Decision['layers'] | null = null;
  #statements: Decision['statements'] | null = null;
  #unknown: Decision['unknown'] | null = null;

  constructor(question: Question, inputs: PolicyInputs, judgement: Judgement) {
    this.outcome = judgement.outcome;
    this.reason = judgement.reason ?? reasonOfUnknown(question, inputs, judgement);
    this.#question = question;
    this.#inputs = inputs;
    this.#judgement = judgement;
  }

  get layers(): Decision['layers'] {
    return (this.#layers ??= layerDecisions(this.#question, this.#inputs, this.#complete()));
  }

  get statements(): Decision['statements'] {
    return (this.#statements ??= decidingStatements(this.#question, this.#inputs, this.#complete()));
  }

  get unknown(): Decision['unknown'] {
    if (this.outcome !== 'unknown') return nothing;
    return (this.#unknown ??= unknownNames(this.#question, this.#inputs, this.#complete()));
  }

  toJSON(): Decision {
    const { outcome, reason, layers, statements, unknown } = this;
    return { outcome, reason, layers, statements, unknown };
  }

  #complete(): Judgement {
    if (!this.#judgement.isComplete)
      this.#judgement = judge(this.#question, this.#inputs, { untilDenied: false });
    return this.#judgement;
  }
}

const nothing: readonly string[] = [];

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
