/**
 * How the layers that can grant work together: the ways in which a caller may be let in, by kind of caller, of
 * resource, and by whose account it is.
 * spec: IAM-EVAL-6, IAM-EVAL-7, IAM-EVAL-8, IAM-KMS-1, IAM-KMS-2, IAM-KMS-3, IAM-KMS-4, IAM-TRUST-1
 */
import { parseAccountId } from '../aws/account-id.ts';
import { parseArn } from '../aws/arn.ts';
import type { LayerName } from './decision.ts';
import { worksAcrossAccounts } from './kms-cross-account.ts';
import type { LayerFinding } from './layers.ts';
import { both, either, maybe, no, yes, matchOf, type Match } from './match.ts';
import type { PolicyInputs } from './policy-inputs.ts';
import type { Question } from './question.ts';
import { anyWay, matchBy, nobody } from './reach.ts';
import type { ReasonCode } from './reasons.ts';
import type { AuthorizationRequest } from './request.ts';

/** `null`: the layer says nothing about this request. */
export type Findings = Readonly<Record<LayerName, LayerFinding | null>>;

/** One way in, and whether it is open. */
export interface AccessWay {
  readonly reason: ReasonCode;
  readonly match: Match;
}

/** Who may use the resource: its owner's identity policies alone, or only whom its own policy lets in. */
export type Gate = 'identity-or-resource' | 'resource-policy';

/** KMS keys and roles are used by nobody whom their own policy does not name. spec: IAM-KMS-1, IAM-TRUST-1 */
export function gateOf({ service, action, resource }: Question, inputs: PolicyInputs): Gate {
  if (service === 'kms')
    return inputs.resource !== null || resource.includes(':key/') || isKeyByAlias(action, resource)
      ? 'resource-policy'
      : 'identity-or-resource';
  const isTrust = inputs.resource?.kind === 'policy' && inputs.resource.policy.type === 'trust';
  return isTrust || (service === 'sts' && roleActions.test(action))
    ? 'resource-policy'
    : 'identity-or-resource';
}

/** What is done to an alias itself is for identity policies; for all else it stands for its key. spec: IAM-KMS-1 */
function isKeyByAlias(action: string, resource: string): boolean {
  return resource.includes(':alias/') && !/^kms:(?:create|update|delete)alias$/i.test(action);
}

const roleActions = /:(?:assumerole|tagsession|setsourceidentity|setcontext)/i;

/** Whether caller and resource are of one account; callers that are in none count as if they were. */
export function sameAccount({ principal, resource, resourceAccount }: AuthorizationRequest): Match {
  if (!('account' in principal)) return yes;
  if (resourceAccount !== null) return matchOf(resourceAccount === principal.account);
  // An action that names no resource is about the caller's own account.
  if (resource === '*') return yes;
  const owner = parseAccountId(parseArn(resource)?.account ?? '');
  return owner === null ? maybe : matchOf(owner === principal.account);
}

/**
 * The ways in for a caller in the account that owns the resource, and for callers that are in no account: these have
 * neither identity policies nor boundary nor session, so that the resource's policy alone counts. spec: IAM-EVAL-9
 */
export function waysInSameAccount(
  question: Question,
  inputs: PolicyInputs,
  findings: Findings,
): readonly AccessWay[] {
  const { principal } = question;
  const resource = findings.resource?.allow ?? nobody;
  const direct = matchBy(resource, 'direct');
  const everyone = matchBy(resource, 'everyone');
  const limits = limitsOf(findings);
  const limited = both(matchBy(resource, 'limited'), limits);
  const account = matchBy(resource, 'account');
  const identity = identityAllow(question, findings);
  if (gateOf(question, inputs) === 'identity-or-resource') {
    return [
      {
        reason: principal.kind === 'account-root' ? 'account-root-allow' : 'identity-allow',
        match: both(identity, limits),
      },
      // spec: IAM-EVAL-6
      { reason: 'resource-policy-allow', match: either(either(direct, everyone), limited) },
    ];
  }
  // Whether a boundary limits what a key policy gives to everyone is not documented. spec: IAM-KMS-5
  const star = question.service === 'kms' ? both(everyone, either(limits, maybe)) : everyone;
  return [
    { reason: 'resource-policy-allow', match: either(either(direct, star), limited) },
    // spec: IAM-KMS-2
    { reason: 'identity-and-resource-allow', match: both(both(account, identity), limits) },
    ...grantWays(question, findings),
  ];
}

/** The ways in for a caller of another account: both sides must allow. spec: IAM-EVAL-8 */
export function waysInAcrossAccounts(question: Question, findings: Findings): readonly AccessWay[] {
  // spec: IAM-KMS-4
  if (!worksAcrossAccounts(question.action)) return [];
  const resource = anyWay(findings.resource?.allow ?? nobody);
  const identity = both(identityAllow(question, findings), limitsOf(findings));
  return [
    { reason: 'identity-and-resource-allow', match: both(resource, identity) },
    ...grantWays(question, findings),
  ];
}

/** What a role's or user's own policies allow; the root user may do everything. spec: IAM-CALLER-2 */
export function identityAllow({ principal }: Question, { identity }: Findings): Match {
  if (principal.kind === 'account-root') return yes;
  return identity === null ? no : anyWay(identity.allow);
}

/** Boundary and session policies: each must allow where there is one. spec: IAM-EVAL-10 */
export function limitsOf({ boundary, session }: Findings): Match {
  return both(
    boundary === null ? yes : anyWay(boundary.allow),
    session === null ? yes : anyWay(session.allow),
  );
}

/** spec: IAM-GRANT-2, IAM-GRANT-6 */
function grantWays(question: Question, findings: Findings): readonly AccessWay[] {
  if (findings.grant === null) return [];
  const { allow } = findings.grant;
  const named = either(
    either(matchBy(allow, 'direct'), matchBy(allow, 'limited')),
    matchBy(allow, 'everyone'),
  );
  const limits = limitsOf(findings);
  const account = both(both(matchBy(allow, 'account'), identityAllow(question, findings)), limits);
  return [{ reason: 'grant-allow', match: either(both(named, either(limits, maybe)), account) }];
}
