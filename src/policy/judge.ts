/**
 * Judges one request: asks every layer that applies, then folds what they say into an outcome and its reason.
 * What is not known never counts as an answer: it makes the outcome `unknown`, unless it is the same either way.
 * spec: IAM-EVAL-1, IAM-EVAL-3, IAM-EVAL-11, IAM-EVAL-12
 */
import { gateOf, identityAllow, sameAccount, waysInAcrossAccounts, waysInSameAccount } from './access.ts';
import type { AccessWay, Findings } from './access.ts';
import type { LayerName, LayerOutcome, Outcome } from './decision.ts';
import { worksAcrossAccounts } from './kms-cross-account.ts';
import { layerOutcome, policyLayers, type LayerFinding, type PolicyLayer } from './layers.ts';
import { agreed, both, either, maybe, negation, no, yes, type Match } from './match.ts';
import type { PolicyInputs } from './policy-inputs.ts';
import { isServiceLinked } from './principal.ts';
import type { Question } from './question.ts';
import { anyWay, matchBy } from './reach.ts';
import type { ReasonCode } from './reasons.ts';
import type { AuthorizationRequest } from './request.ts';

/** The outcome with what is told by which layers; the common source of decisions and explanations. */
export interface Judgement {
  readonly outcome: Outcome;
  /** `null` where the outcome is unknown. */
  readonly reason: ReasonCode | null;
  readonly findings: Findings;
  /** Whether any way in is open, denials and the layers that must allow aside; `maybe` where that was not asked. */
  readonly access: Match;
  /** False if a certain Deny ended it before every layer was asked. */
  readonly isComplete: boolean;
}

export function questionOf(request: AuthorizationRequest, inputs: PolicyInputs): Question {
  const { principal, action, resource, context } = request;
  const colon = action.indexOf(':');
  return {
    principal,
    action,
    service: colon === -1 ? '' : action.slice(0, colon).toLowerCase(),
    resource,
    context,
    hasBoundary: hasBoundary(request, inputs),
    isSameAccount: sameAccount(request),
    isForwarded: request.isForwarded ?? false,
  };
}

export function judge(
  question: Question,
  inputs: PolicyInputs,
  { untilDenied }: { readonly untilDenied: boolean },
): Judgement {
  const findings = newFindings();
  // spec: IAM-STS-1
  if (needsNoPermission(question))
    return { outcome: 'allowed', reason: 'no-permission-needed', findings, access: yes, isComplete: true };
  let deny: Match = no;
  let required: Match = yes;
  let explicitDeny: ReasonCode | null = null;
  for (const layer of policyLayers) {
    if (layer.exemption(question, inputs) !== null) continue;
    const finding = layer.judge(question, inputs);
    findings[layer.name] = finding;
    deny = either(deny, finding.deny);
    // spec: IAM-EVAL-1
    if (finding.deny === yes) explicitDeny ??= layer.explicitDeny;
    if (explicitDeny !== null && untilDenied) {
      return { outcome: 'denied', reason: explicitDeny, findings, access: maybe, isComplete: false };
    }
    if (layer.mustAllow) required = both(required, anyWay(finding.allow));
  }
  const { match: access, reason } = openWays(question, inputs, findings);
  const judged = { findings, access, isComplete: true };
  if (explicitDeny !== null) return { outcome: 'denied', reason: explicitDeny, ...judged };
  const allowed = both(both(negation(deny), required), access);
  // spec: IAM-EVAL-11
  if (allowed === maybe) return { outcome: 'unknown', reason: null, ...judged };
  if (allowed === yes) return { outcome: 'allowed', reason, ...judged };
  return { outcome: 'denied', reason: implicitDenyReason(question, inputs, findings), ...judged };
}

function newFindings(): Record<LayerName, LayerFinding | null> {
  return {
    identity: null,
    resource: null,
    grant: null,
    boundary: null,
    session: null,
    scp: null,
    rcp: null,
    'vpc-endpoint': null,
  };
}

/** Whether any way in is open, whoever owns the resource if that was not given. */
function openWays(question: Question, inputs: PolicyInputs, findings: Findings): OpenWay {
  if (question.isSameAccount === yes) return anyOf(waysInSameAccount(question, inputs, findings));
  if (question.isSameAccount === no) return anyOf(waysInAcrossAccounts(question, findings));
  const within = anyOf(waysInSameAccount(question, inputs, findings));
  const across = anyOf(waysInAcrossAccounts(question, findings));
  return { reason: across.reason, match: agreed(within.match, across.match) };
}

/** `reason`: of the first way that is certainly open, `null` if none is. */
interface OpenWay {
  readonly reason: ReasonCode | null;
  readonly match: Match;
}

function anyOf(ways: readonly AccessWay[]): OpenWay {
  let match: Match = no;
  for (const way of ways) {
    if (way.match === yes) return way;
    match = either(match, way.match);
  }
  return { reason: null, match };
}

/** The first layer whose missing Allow alone denies. spec: IAM-EVAL-12 */
function implicitDenyReason(question: Question, inputs: PolicyInputs, findings: Findings): ReasonCode {
  for (const layer of policyLayers) {
    const finding = findings[layer.name];
    if (layer.mustAllow && layer.noAllow !== null && finding !== null && anyWay(finding.allow) === no)
      return layer.noAllow;
  }
  if (!('account' in question.principal)) return 'no-resource-policy-allow';
  const isAcross = question.isSameAccount === no;
  if (isAcross && !worksAcrossAccounts(question.action)) return 'cross-account-action';
  const resource = findings.resource === null ? no : anyWay(findings.resource.allow);
  const isGated = gateOf(question, inputs) === 'resource-policy';
  if (findings.session !== null && anyWay(findings.session.allow) === no) return 'no-session-allow';
  if (findings.boundary !== null && anyWay(findings.boundary.allow) === no) return 'no-boundary-allow';
  if (isGated && resource === no) return 'no-resource-policy-allow';
  return identityAllow(question, findings) === no ? 'no-identity-allow' : 'no-resource-policy-allow';
}

function needsNoPermission({ action, principal }: Question): boolean {
  return principal.kind !== 'anonymous' && freeActions.has(action.toLowerCase());
}

const freeActions: ReadonlySet<string> = new Set(['sts:getcalleridentity', 'sts:getsessiontoken']);

function hasBoundary({ principal }: AuthorizationRequest, { boundary }: PolicyInputs): Match {
  if (boundary === null) return no;
  // The boundary is its user's: whether it defeats NotPrincipal for the federated session too is not documented.
  if (principal.kind === 'federated-user') return maybe;
  const canHaveOne =
    principal.kind === 'user' || (principal.kind === 'role-session' && !isServiceLinked(principal));
  if (!canHaveOne) return no;
  return boundary.kind === 'policy' ? yes : maybe;
}

/** What one layer came to, as reports call it. */
export function outcomeOf(
  layer: PolicyLayer,
  question: Question,
  inputs: PolicyInputs,
  finding: LayerFinding | null,
): LayerOutcome {
  if (finding === null) {
    return layer.name === 'resource' && isResourcePolicyNeeded(question, inputs)
      ? 'implicit-deny'
      : 'not-applicable';
  }
  if (layer.name !== 'resource' || isResourcePolicyNeeded(question, inputs))
    return layerOutcome(finding, anyWay(finding.allow));
  // An account named by the resource's own account lets nobody in by itself. spec: IAM-PRIN-2
  const { allow } = finding;
  const lets = either(
    either(matchBy(allow, 'direct'), matchBy(allow, 'limited')),
    matchBy(allow, 'everyone'),
  );
  return layerOutcome(finding, lets);
}

function isResourcePolicyNeeded(question: Question, inputs: PolicyInputs): boolean {
  if (needsNoPermission(question)) return false;
  return (
    question.isSameAccount !== yes ||
    !('account' in question.principal) ||
    gateOf(question, inputs) === 'resource-policy'
  );
}
