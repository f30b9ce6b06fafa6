/**
 * The answer to one request, as `sealpost evaluate` prints it: the engine's decision with one sentence, and each
 * statement where it stands in the user's own text.
 * spec: SETUP-EVAL-1
 */
import { decisionMessage } from '../explain/message.ts';
import type { Decision, LayerDecision, Outcome } from '../policy/decision.ts';
import type { ReasonCode } from '../policy/reasons.ts';
import type { CompiledSetup } from './compile-setup.ts';
import { prepareRequest, type EvaluationOptions } from './evaluation-request.ts';
import { InputFaultsError } from './input-faults-error.ts';
import type { EvaluationRequest } from './schema.ts';
import { statementDocument, type StatementDocument } from './statement-document.ts';

export interface DecisionDocument {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** One sentence that a person can act on. */
  readonly message: string;
  readonly layers: readonly LayerDecision[];
  readonly statements: readonly StatementDocument[];
  readonly unknown: readonly string[];
}

/**
 * Decides one request against a compiled setup.
 *
 * @throws {InputFaultsError} if `request` is no request; `prepareRequest` tells the faults without throwing
 */
export function evaluate(
  compiled: CompiledSetup,
  request: EvaluationRequest,
  options: EvaluationOptions = {},
): DecisionDocument {
  const read = prepareRequest(compiled, { file: null, value: request, locate: () => null }, options);
  if (!read.ok) throw new InputFaultsError(read.faults);
  const { request: prepared, policies } = read.prepared;
  return decisionDocument(compiled.decide(prepared, policies), prepared.action);
}

/** A decision as plain data, ready for JSON. */
export function decisionDocument(decision: Decision, action: string): DecisionDocument {
  return {
    outcome: decision.outcome,
    reason: decision.reason,
    message: decisionMessage(decision, { action }),
    layers: decision.layers.map(({ layer, outcome }) => ({ layer, outcome })),
    statements: decision.statements.map(statementDocument),
    unknown: [...decision.unknown],
  };
}
