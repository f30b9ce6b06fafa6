/**
 * Decisions that need no engine, or that its answer is not enough for.
 * spec: SETUP-COMPLETE-1, SETUP-SLR-2
 */
import { parseArn } from '../aws/arn.ts';
import type { Decision } from '../policy/decision.ts';
import type { PolicyInputs } from '../policy/policy-inputs.ts';
import type { AuthorizationRequest } from '../policy/request.ts';
import { isAwsManagedKeyAlias } from './aws-policies.ts';
import type { SetupEntries } from './entries.ts';
import { isConfigServiceLinkedRole } from './principal-of.ts';
import { bucketOf } from './resource-inputs.ts';

/** The refusal of a request about something that a complete setup lacks; `null` if it may exist. */
export function nonexistentDecision(
  { action, resource }: AuthorizationRequest,
  entries: SetupEntries,
): Decision | null {
  return isMissing(action, resource, entries)
    ? { outcome: 'denied', reason: 'resource-does-not-exist', layers: [], statements: [], unknown: [] }
    : null;
}

/**
 * Whether the caller is AWS Config's service-linked role and the resource's policy names it: AWS documents that the
 * role delivers nothing, and not what becomes of such a statement.
 */
export function isNamedServiceLinkedRole({ principal }: AuthorizationRequest, inputs: PolicyInputs): boolean {
  if (principal.kind !== 'role-session' || !isConfigServiceLinkedRole(principal.roleArn)) return false;
  if (inputs.resource?.kind !== 'policy') return false;
  const session = principal.sessionArn.slice(0, principal.sessionArn.lastIndexOf('/') + 1);
  return inputs.resource.policy.document.statements.some(
    ({ effect, principal: whom, conditions }) =>
      effect === 'Allow' &&
      [...(whom?.entries ?? []), ...conditions.flatMap(({ values }) => values)].some(
        ({ text }) => text.includes('role/aws-service-role/') || text.startsWith(session),
      ),
  );
}

/** `decision`, unless what makes it unknown doesn't matter: an explicit deny holds whoever is named elsewhere. */
export function unsettledDecision(decision: Decision, { principal }: AuthorizationRequest): Decision {
  if (decision.reason.endsWith('-explicit-deny')) return decision;
  const name = principal.kind === 'role-session' ? principal.roleArn : '';
  return {
    outcome: 'unknown',
    reason: 'undocumented',
    layers: decision.layers,
    statements: decision.statements,
    unknown: [`whether a policy that names ${name} lets it deliver`],
  };
}

function isMissing(action: string, resource: string, entries: SetupEntries): boolean {
  const arn = parseArn(resource);
  if (arn === null || /:create/i.test(action)) return false;
  const bucket = bucketOf(arn);
  if (bucket !== null) return entries.findBucket(bucket).state === 'does-not-exist';
  switch (arn.service) {
    case 'kms':
      return (
        !isAwsManagedKeyAlias(arn) &&
        entries.findKey(resource, arn.account, arn.region).state === 'does-not-exist'
      );
    case 'sns':
      return entries.findTopic(resource).state === 'does-not-exist';
    case 'iam':
      return (
        arn.resource.startsWith('role/') &&
        !isConfigServiceLinkedRole(resource) &&
        entries.findRole(resource).state === 'does-not-exist'
      );
    default:
      return false;
  }
}
