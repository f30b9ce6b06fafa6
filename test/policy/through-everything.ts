/**
 * One text through everything that reads policies: reading, the grammar, compiling, deciding, explaining, linting and
 * the library.
 */
import { denialBecause } from '../../src/explain/denial-sentence.ts';
import { decisionMessage } from '../../src/explain/message.ts';
import { explanationTree, treeLines } from '../../src/explain/tree.ts';
import { fixText } from '../../src/lint/fix-text.ts';
import { lintPolicy } from '../../src/lint/lint-policy.ts';
import { likelyPolicyType } from '../../src/lint/policy-kind.ts';
import { compilePolicy } from '../../src/policy/compile.ts';
import { decide } from '../../src/policy/decide.ts';
import type { Outcome, PolicySource } from '../../src/policy/decision.ts';
import type { Fault } from '../../src/policy/document/fault.ts';
import { parsePolicy } from '../../src/policy/document/parse-policy.ts';
import { readJson } from '../../src/policy/document/read-json.ts';
import type { SourceText } from '../../src/policy/document/source-text.ts';
import type { PolicyInput, PolicyInputs } from '../../src/policy/policy-inputs.ts';
import type { PolicyType } from '../../src/policy/policy-type.ts';
import type { AuthorizationRequest } from '../../src/policy/request.ts';
import { explainDecision } from '../../src/policy/trace.ts';
import { evaluate, InputFaultsError, lint, type PolicyDocument as PolicyValue } from '../../src/pure.ts';
import type { MutatedPolicy } from './mutations.ts';
import { noPolicies, sourceForTest } from './policy-case.ts';
import { requestAbout } from './request-about.ts';

const types: readonly PolicyType[] = [
  ...['identity', 'trust', 'bucket', 'key', 'topic', 'resource'],
  ...['boundary', 'session', 'scp', 'rcp', 'vpc-endpoint'],
] as PolicyType[];

export type Seen = 'refused' | 'allowed' | 'denied' | 'unknown';

/**
 * What came of it.
 *
 * @throws {Error} what it broke
 */
export function seenBy(input: MutatedPolicy): Seen {
  const { text, random } = input;
  const read = readJson(text, { file: 'policy.json' });
  if (!read.ok) {
    demandPlaced(read.faults);
    return 'refused';
  }
  const { source } = read;
  const type = random.chance(2, 3) ? likelyPolicyType(source.value) : random.of(types);
  if (random.chance(1, 16)) demandFaultsOnly(source, type);
  // Linting costs more than all the rest.
  if (random.chance(1, 8)) demandLint(source, type);
  const parsed = parsePolicy(source.value, { type, locate: (pointer) => source.locate(pointer) });
  if (!parsed.ok) {
    demandPlaced(parsed.faults);
    return 'refused';
  }
  const policy = compilePolicy(parsed.policy, { type, source: placedSource(source) });
  return judged(requestAbout(parsed.policy, random), inputsWith({ kind: 'policy', policy }, type));
}

/** Decided, and explained with the same outcome, layer by layer. */
function judged(request: AuthorizationRequest, policies: PolicyInputs): Outcome {
  const decision = decide(request, policies);
  const { outcome, reason } = decision;
  const explanation = explainDecision(request, policies);
  demand(explanation.outcome === outcome, `decided ${outcome}, explained ${explanation.outcome}`);
  demand(explanation.reason === (outcome === 'unknown' ? null : reason), `decided ${reason}`);
  const outcomes = new Map(decision.layers.map((layer) => [layer.layer, layer.outcome]));
  for (const layer of explanation.layers) demand(layer.outcome === outcomes.get(layer.layer), layer.layer);
  demandWords(treeLines(explanationTree(explanation)).join('\n'));
  demandWords(treeLines(explanationTree(decision)).join('\n'));
  demandWords(decisionMessage(decision, request));
  if (outcome !== 'allowed') demandWords(denialBecause(decision, request));
  return outcome;
}

/** The policy as the one of its kind, beside what lets others than it in. */
function inputsWith(policy: PolicyInput, type: PolicyType): PolicyInputs {
  switch (type) {
    case 'identity':
      return { ...noPolicies, identity: [policy] };
    case 'boundary':
      return { ...noPolicies, identity: [policy], boundary: policy };
    case 'session':
      return { ...noPolicies, identity: [policy], session: [policy, policy] };
    case 'scp':
      return { ...noPolicies, identity: [policy], serviceControl: [[policy], [policy, policy]] };
    case 'rcp':
      return { ...noPolicies, resource: policy, resourceControl: [[policy], [policy]] };
    case 'vpc-endpoint':
      return { ...noPolicies, resource: policy, vpcEndpoint: policy };
    case 'trust':
    case 'bucket':
    case 'key':
    case 'topic':
    case 'resource':
      return { ...noPolicies, resource: policy };
  }
}

function demandLint(source: SourceText, type: PolicyType): void {
  const findings = lintPolicy({ value: source.value, type, source: placedSource(source), text: source.text });
  for (const { pointer, line, message, fix } of findings) {
    demand(line !== null, `no place of ${pointer}: ${message}`);
    demandWords(message);
    const fixed = fix === null ? null : fixText(source.text, fix);
    if (fixed !== null) demand(readJson(fixed, { file: null }).ok, `fixed to ${fixed}`);
  }
}

/** What users call, with values that no type checker has seen: it answers, or throws its own error with faults. */
function demandFaultsOnly({ value }: SourceText, type: PolicyType): void {
  const policy = value as PolicyValue;
  const principal = 'arn:aws:iam::111122223333:role/config';
  const request = { principal, action: 's3:PutObject', resource: 'arn:aws:s3:::config-logs/a' };
  const calls = [
    () => lint(policy, { type }),
    () => lint(policy),
    () => evaluate({ roles: [{ arn: principal, policies: [{ name: 'one', document: policy }] }] }, request),
  ];
  for (const call of calls) {
    try {
      call();
    } catch (error) {
      if (!(error instanceof InputFaultsError)) throw error;
      demand(error.faults.length > 0, 'faults without one');
    }
  }
}

function demandPlaced(faults: readonly Fault[]): void {
  demand(faults.length > 0, 'refused without a fault');
  for (const { code, line, column } of faults)
    demand(line !== null && column !== null, `no place of ${code}`);
}

function demandWords(text: string): void {
  demand(!/\bundefined\b|\[object /.test(text.replaceAll(/`[^`]*`/g, '')), text);
}

/** `expect` at a hundredth of its price: it is asked millions of times. */
function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function placedSource(source: SourceText): PolicySource {
  return { ...sourceForTest('policy'), file: 'policy.json', locate: (pointer) => source.locate(pointer) };
}
