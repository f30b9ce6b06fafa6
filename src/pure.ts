/**
 * The library as far as it runs anywhere, a browser included: no I/O, no clock, no Node built-ins.
 * Setups, requests and policies are plain values, as `JSON.parse` gives them.
 */
import { check as checkCompiled, missingForCheck } from './delivery/check.ts';
import type { Identity } from './delivery/plan.ts';
import type { GeneratedPolicies } from './delivery/policies.ts';
import { requestedPolicies, type PolicyRequest } from './delivery/policy-request.ts';
import type { Report, SmallestFix } from './delivery/report.ts';
import { smallestFix as findFix } from './delivery/smallest-fix.ts';
import type { Finding } from './lint/finding.ts';
import { lintPolicy } from './lint/lint-policy.ts';
import { likelyPolicyType } from './lint/policy-kind.ts';
import { parsePolicy } from './policy/document/parse-policy.ts';
import type { PolicyType } from './policy/policy-type.ts';
import { compileSetup } from './setup/compile-setup.ts';
import { evaluate as evaluateCompiled, type DecisionDocument } from './setup/evaluate.ts';
import type { EvaluationOptions } from './setup/evaluation-request.ts';
import { InputFaultsError } from './setup/input-faults-error.ts';
import { setupFromValue, type LoadedSetup } from './setup/loaded-setup.ts';
import type { EvaluationRequest, PolicyDocument, Setup } from './setup/schema.ts';

export type { GeneratedPolicies, GeneratedPolicy } from './delivery/policies.ts';
export type { PolicyRequest } from './delivery/policy-request.ts';
export type { Report, SmallestFix } from './delivery/report.ts';
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
  /** `false`: leaves `fix` null, which takes a search where the setup does not deliver. */
  readonly fix?: boolean;
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
  // Not by way of `compile`, whose check brings all of the findings along.
  return evaluateCompiled(compileSetup(readOrThrow(setup)), request, options);
}

/**
 * Reads a setup once for many questions: its policies are parsed and compiled a single time.
 *
 * @throws {InputFaultsError} `setup` is no setup; `faults` holds every fault
 */
export function compile(setup: Setup): CompiledSetup {
  const loaded = readOrThrow(setup);
  const compiled = compileSetup(loaded);
  return {
    check: ({ at = defaultDate, fix = true } = {}) => {
      const missing = missingForCheck(loaded);
      if (missing.length > 0) throw new InputFaultsError(missing);
      const report = checkCompiled(compiled, { at });
      return fix ? { ...report, fix: findFix(loaded, { at }) } : report;
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

/**
 * The fewest edits of the setup's policies that make AWS Config deliver; whoever was refused before stays refused.
 *
 * @param options.for as whom it is to deliver; either unless given
 * @returns `null` where it delivers as wanted, or where only what was not given decides
 * @throws {InputFaultsError} `setup` is no setup, or has no recorder or delivery channel; `faults` holds every fault
 */
export function smallestFix(
  setup: Setup,
  options: { readonly for?: Identity | 'either'; readonly at?: Date } = {},
): SmallestFix | null {
  const loaded = readOrThrow(setup);
  const missing = missingForCheck(loaded);
  if (missing.length > 0) throw new InputFaultsError(missing);
  return findFix(loaded, { at: options.at ?? defaultDate, for: options.for ?? 'either' });
}

/**
 * The policies that AWS Config needs to deliver, and no more: each `null` where nothing is needed, or where the request
 * does not name what it is about.
 *
 * @throws {TypeError} the request names nobody to let in, or no role for a role's policies
 * @example
 * generatePolicies({
 *   account: '111122223333',
 *   region: 'us-east-1',
 *   bucket: 'config-logs',
 *   key: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
 * }).key?.Statement.length; // 2
 */
export function generatePolicies(request: PolicyRequest): GeneratedPolicies {
  return requestedPolicies(request);
}

function readOrThrow(setup: Setup): LoadedSetup {
  const read = setupFromValue(setup);
  if (!read.ok) throw new InputFaultsError(read.faults);
  return read.setup;
}

const defaultDate = new Date('2026-01-01T00:00:00Z');
