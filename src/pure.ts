/**
 * The library as far as it runs anywhere, a browser included: no I/O, no clock, no Node built-ins.
 * Setups, requests and policies are plain values, as `JSON.parse` gives them.
 */
import { check as checkCompiled, missingForCheck } from './delivery/check.ts';
import type { Report } from './delivery/report.ts';
import type { Finding } from './lint/finding.ts';
import { lintPolicy } from './lint/lint-policy.ts';
import { likelyPolicyType } from './lint/policy-kind.ts';
import { parsePolicy } from './policy/document/parse-policy.ts';
import type { PolicyType } from './policy/policy-type.ts';
import { compileSetup } from './setup/compile-setup.ts';
import { evaluate as evaluateCompiled, type DecisionDocument } from './setup/evaluate.ts';
import type { EvaluationOptions } from './setup/evaluation-request.ts';
import { InputFaultsError } from './setup/input-faults-error.ts';
import { setupFromValue } from './setup/loaded-setup.ts';
import type { EvaluationRequest, PolicyDocument, Setup } from './setup/schema.ts';

export type { Report } from './delivery/report.ts';
export type { Finding } from './lint/finding.ts';
export type { Fault } from './policy/document/fault.ts';
export type { PolicyType } from './policy/policy-type.ts';
export type { DecisionDocument as Decision } from './setup/evaluate.ts';
export type { EvaluationOptions } from './setup/evaluation-request.ts';
export type { EvaluationRequest, PolicyDocument, Setup } from './setup/schema.ts';
export { InputFaultsError } from './setup/input-faults-error.ts';

export interface CheckOptions {
  /** The date that stands in the keys of delivered objects; 1 January 2026 unless given, so that a report repeats. */
  readonly at?: Date;
}

/** A setup that was read once and is asked often. */
export interface CompiledSetup {
  /** As `check`, of this setup. */
  check(options?: CheckOptions): Report;
  /** As `evaluate`, against this setup. */
  evaluate(request: EvaluationRequest, options?: EvaluationOptions): DecisionDocument;
}

/**
 * Whether AWS Config will deliver with this setup, as whom, and if not, which statement is at fault.
 * What the setup does not say is `unknown` in the report, never guessed.
 *
 * @throws {InputFaultsError} `setup` is no setup, or has no recorder or delivery channel; `faults` holds every fault
 * @example
 * const report = check({
 *   recorder: { account: '111122223333', region: 'us-east-1', roleARN: 'arn:aws:iam::111122223333:role/config' },
 *   deliveryChannel: { s3BucketName: 'config-logs' },
 *   complete: true,
 * });
 * report.verdict; // 'fails': the bucket does not exist
 */
export function check(setup: Setup, options: CheckOptions = {}): Report {
  return compile(setup).check(options);
}

/**
 * The decision on one request by the policies of a setup, with the statements that decided.
 *
 * @throws {InputFaultsError} `setup` or `request` is none; `faults` holds every fault
 * @example
 * const decision = evaluate(
 *   { roles: [{ arn: 'arn:aws:iam::111122223333:role/config', policies: [] }] },
 *   { principal: 'arn:aws:iam::111122223333:role/config', action: 's3:ListAllMyBuckets', resource: '*' },
 * );
 * decision.reason; // 'no-identity-allow'
 */
export function evaluate(
  setup: Setup,
  request: EvaluationRequest,
  options: EvaluationOptions = {},
): DecisionDocument {
  return compile(setup).evaluate(request, options);
}

/**
 * Reads a setup once for many questions: its policies are parsed and compiled a single time.
 *
 * @throws {InputFaultsError} `setup` is no setup; `faults` holds every fault
 */
export function compile(setup: Setup): CompiledSetup {
  const read = setupFromValue(setup);
  if (!read.ok) throw new InputFaultsError(read.faults);
  const compiled = compileSetup(read.setup);
  return {
    check: ({ at = defaultDate } = {}) => {
      const missing = missingForCheck(read.setup);
      if (missing.length > 0) throw new InputFaultsError(missing);
      return checkCompiled(compiled, { at });
    },
    evaluate: (request, options) => evaluateCompiled(compiled, request, options),
  };
}

/**
 * What is odd, unsafe or without effect in one policy.
 *
 * @param options.type the kind of the policy; told from its content unless given
 * @throws {InputFaultsError} `policy` is no policy; `faults` holds every fault
 * @example
 * lint({ Statement: [{ Effect: 'Allow', Action: 's3:GetObjct', Resource: '*' }] })[0]?.code; // 'missing-version'
 */
export function lint(
  policy: PolicyDocument,
  options: { readonly type?: PolicyType } = {},
): readonly Finding[] {
  const type = options.type ?? likelyPolicyType(policy);
  const parsed = parsePolicy(policy, { type });
  if (!parsed.ok) throw new InputFaultsError(parsed.faults);
  const source = { source: 'policy', label: 'the policy', file: null, locate: () => null };
  return lintPolicy({ value: policy, type, source });
}

const defaultDate = new Date('2026-01-01T00:00:00Z');
