/**
 * The half sentence with which AWS ends a denial: `because no identity-based policy allows the kms:Decrypt action`.
 * It only words a decision; which services print it, quote the resource, or stay silent towards strangers is said
 * in the error table of each service.
 * spec: LINT-DENIAL-1, LINT-DENIAL-2, LINT-DENIAL-3
 */
import type { Decision, LayerName } from '../policy/decision.ts';
import type { ReasonCode } from '../policy/reasons.ts';
import type { AuthorizationRequest } from '../policy/request.ts';

/**
 * What AWS prints after the resource of a refused request.
 *
 * A decision that is unknown is refused by the server like an implicit deny, so it gets the words of one; an allowed
 * one has no such words and is a fault of the caller.
 */
export function denialBecause(decision: Decision, request: Pick<AuthorizationRequest, 'action'>): string {
  const ending = endings[decision.reason] ?? endingOfUnknown(decision);
  const layer = isTrust(request.action) && ending.layer === 'resource' ? 'trust' : ending.layer;
  return ending.kind === 'explicit'
    ? `with an explicit deny in ${policyKinds[layer].withArticle}`
    : `because no ${policyKinds[layer].bare} allows the ${request.action} action`;
}

type PolicyKind = Exclude<LayerName, 'grant'> | 'trust';

interface Ending {
  readonly kind: 'explicit' | 'implicit';
  readonly layer: PolicyKind;
}

// spec: LINT-DENIAL-1
const policyKinds: Readonly<Record<PolicyKind, { bare: string; withArticle: string }>> = {
  identity: { bare: 'identity-based policy', withArticle: 'an identity-based policy' },
  resource: { bare: 'resource-based policy', withArticle: 'a resource-based policy' },
  trust: { bare: 'role trust policy', withArticle: 'the role trust policy' },
  boundary: { bare: 'permissions boundary', withArticle: 'a permissions boundary' },
  session: { bare: 'session policy', withArticle: 'a session policy' },
  scp: { bare: 'service control policy', withArticle: 'a service control policy' },
  rcp: { bare: 'resource control policy', withArticle: 'a resource control policy' },
  'vpc-endpoint': { bare: 'VPC endpoint policy', withArticle: 'a VPC endpoint policy' },
};

const endings: Readonly<Partial<Record<ReasonCode, Ending>>> = {
  'identity-explicit-deny': { kind: 'explicit', layer: 'identity' },
  'resource-policy-explicit-deny': { kind: 'explicit', layer: 'resource' },
  'boundary-explicit-deny': { kind: 'explicit', layer: 'boundary' },
  'session-explicit-deny': { kind: 'explicit', layer: 'session' },
  'scp-explicit-deny': { kind: 'explicit', layer: 'scp' },
  'rcp-explicit-deny': { kind: 'explicit', layer: 'rcp' },
  'vpc-endpoint-explicit-deny': { kind: 'explicit', layer: 'vpc-endpoint' },
  'no-identity-allow': { kind: 'implicit', layer: 'identity' },
  'no-resource-policy-allow': { kind: 'implicit', layer: 'resource' },
  'no-boundary-allow': { kind: 'implicit', layer: 'boundary' },
  'no-session-allow': { kind: 'implicit', layer: 'session' },
  'no-scp-allow': { kind: 'implicit', layer: 'scp' },
  'no-vpc-endpoint-allow': { kind: 'implicit', layer: 'vpc-endpoint' },
  'cross-account-action': { kind: 'implicit', layer: 'resource' },
  'public-bucket-restricted': { kind: 'implicit', layer: 'resource' },
  'resource-does-not-exist': { kind: 'implicit', layer: 'resource' },
};

/** The layer that could not be judged speaks; AWS has no word for a doubt. */
function endingOfUnknown(decision: Decision): Ending {
  const doubtful = decision.layers.find(({ layer, outcome }) => outcome === 'unknown' && layer !== 'grant');
  const layer = doubtful?.layer;
  return { kind: 'implicit', layer: layer === undefined || layer === 'grant' ? 'identity' : layer };
}

/** Only taking on a role asks its trust policy. spec: LINT-DENIAL-2 */
function isTrust(action: string): boolean {
  return /^sts:(AssumeRole|AssumeRoleWithSAML|AssumeRoleWithWebIdentity|TagSession|SetSourceIdentity)$/i.test(
    action,
  );
}
