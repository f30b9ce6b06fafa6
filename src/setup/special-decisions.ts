/**
 * Decisions that need no engine, or that its answer is not enough for.
 * spec: SETUP-COMPLETE-1, SETUP-SLR-2, SETUP-PUBLIC-1
 */
import { parseArn } from '../aws/arn.ts';
import type { Decision } from '../policy/decision.ts';
import type { PolicyInputs } from '../policy/policy-inputs.ts';
import { isPublicDocument, isShutOutOfPublicBucket } from '../policy/public-policy.ts';
import type { AuthorizationRequest } from '../policy/request.ts';
import { isAwsManagedKeyAlias } from './aws-policies.ts';
import type { SetupEntries } from './entries.ts';
import { isConfigServiceLinkedRole } from './principal-of.ts';
import { bucketOf } from './resource-inputs.ts';
import type { BucketEntry, Setup } from './schema.ts';

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

/**
 * `decision`, unless RestrictPublicBuckets shuts the caller out of a bucket whose policy is public. Where the setting
 * or the bucket's owner was not given, whether it does is open.
 * spec: SETUP-PUBLIC-1
 */
export function publicBucketDecision(
  decision: Decision,
  { principal, resource, resourceAccount }: AuthorizationRequest,
  { resource: policy }: PolicyInputs,
  { setup, entries }: { readonly setup: Setup; readonly entries: SetupEntries },
): Decision {
  if (decision.outcome === 'denied' || policy?.kind !== 'policy') return decision;
  const arn = parseArn(resource);
  const name = arn === null ? null : bucketOf(arn);
  const bucket = name === null ? null : entries.findBucket(name);
  if (bucket?.state !== 'found') return decision;
  const isRestricted = restriction(bucket.entry, setup);
  const isShutOut = isShutOutOfPublicBucket(principal, resourceAccount);
  if (isRestricted === 'no' || isShutOut === 'no' || !isPublicDocument(policy.policy.document))
    return decision;
  const { layers, statements, unknown } = decision;
  const missing = [
    ...(isRestricted === 'unknown' ? [`${bucket.source}.publicAccessBlock`] : []),
    ...(isShutOut === 'unknown' ? [`${bucket.source}.account`] : []),
  ];
  return missing.length === 0
    ? { outcome: 'denied', reason: 'public-bucket-restricted', layers, statements, unknown: [] }
    : {
        outcome: 'unknown',
        reason: 'not-given',
        layers,
        statements,
        unknown: [...new Set([...unknown, ...missing])],
      };
}

/** Whether the bucket has RestrictPublicBuckets. A new one has, so silence says nothing. */
function restriction({ publicAccessBlock }: BucketEntry, { complete }: Setup): 'yes' | 'no' | 'unknown' {
  if (publicAccessBlock === undefined && complete !== true) return 'unknown';
  return publicAccessBlock?.restrictPublicBuckets === true ? 'yes' : 'no';
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
