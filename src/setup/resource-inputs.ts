/**
 * The policy of the resource that a request is about, and the grants on a key.
 * spec: SETUP-UNKNOWN-1, SETUP-UNKNOWN-2, SETUP-SLR-1, SETUP-KEY-2
 */
import { parseArn, type Arn } from '../aws/arn.ts';
import type { GrantInput, PolicyInput, PolicyInputs } from '../policy/policy-inputs.ts';
import type { AuthorizationRequest } from '../policy/request.ts';
import { awsManagedKeyPolicy, isAwsManagedKeyAlias, serviceLinkedRoleTrustPolicy } from './aws-policies.ts';
import type { Found } from './entries.ts';
import type { SetupParts } from './identity-inputs.ts';
import { isConfigServiceLinkedRole } from './principal-of.ts';
import type { SetupPath } from './policy-slots.ts';
import type { KeyEntry } from './schema.ts';

type Inputs = Pick<PolicyInputs, 'resource' | 'grants'>;

/** What the setup holds of the resource's own policies. */
export function resourceInputs({ action, resource }: AuthorizationRequest, parts: SetupParts): Inputs {
  const arn = parseArn(resource);
  // An action that names no resource is judged by the caller's policies alone.
  if (arn === null) return none;
  const { entries } = parts;
  const bucket = bucketOf(arn);
  if (bucket !== null)
    return withPolicy(entries.findBucket(bucket), `the policy of the bucket ${bucket}`, 'buckets', parts);
  if (arn.service === 'kms') return keyInputs(resource, arn, parts);
  if (arn.service === 'sns')
    return withPolicy(entries.findTopic(resource), `the policy of the topic ${resource}`, 'topics', parts);
  if (arn.service === 'iam') return roleInputs(action, resource, parts);
  const other = entries.findResource(resource);
  if (other.state !== 'found' && withoutResourcePolicies.has(arn.service)) return none;
  return withPolicy(other, `the policy of ${resource}`, 'resources', parts);
}

/** The bucket that an S3 ARN names or lies in; `null` if it is no bucket's and no object's. */
export function bucketOf(arn: Arn): string | null {
  if (arn.service !== 's3' || arn.region !== '' || arn.account !== '') return null;
  const [name = ''] = arn.resource.split('/');
  return name === '' ? null : name;
}

/** Services that have no resource policies at all: what the setup doesn't list there has none. */
const withoutResourcePolicies: ReadonlySet<string> = new Set([
  'autoscaling',
  'cloudformation',
  'config',
  'ec2',
  'elasticloadbalancing',
]);

const none: Inputs = { resource: null, grants: [] };

function withPolicy(
  found: Found<{ readonly policy?: unknown }>,
  what: string,
  source: string,
  { setup, policies }: SetupParts,
): Inputs {
  if (found.state === 'does-not-exist') return none;
  if (found.state === 'not-given')
    return { resource: policies.unknown(source, `${what} was not given`), grants: [] };
  const place = `${found.source}.policy`;
  const { policy } = found.entry;
  if (policy === null) return none;
  if (policy !== undefined) return { resource: policies.at(place), grants: [] };
  return {
    resource: setup.complete === true ? null : policies.unknown(place, `${what} was not given`),
    grants: [],
  };
}

function keyInputs(resource: string, arn: Arn, parts: SetupParts): Inputs {
  const found = parts.entries.findKey(resource, arn.account, arn.region);
  if (found.state !== 'found' && isAwsManagedKeyAlias(arn)) {
    const label = `the policy of the AWS managed key ${arn.resource}`;
    return { resource: parts.policies.fixed(resource, 'key', label, awsManagedKeyPolicy(arn)), grants: [] };
  }
  const { resource: policy } = withPolicy(found, `the policy of the key ${resource}`, 'keys', parts);
  return { resource: policy, grants: found.state === 'found' ? grantsOf(found, parts) : [] };
}

function grantsOf(
  { entry, path }: { readonly entry: KeyEntry; readonly path: SetupPath },
  { policies }: SetupParts,
): readonly GrantInput[] {
  return (entry.grants ?? []).map((grant, i): GrantInput => {
    return {
      grantId: grant.grantId ?? null,
      granteePrincipal: grant.granteePrincipal ?? null,
      operations: grant.operations,
      retiringPrincipal: grant.retiringPrincipal ?? null,
      issuingAccount: null,
      encryptionContextSubset: grant.constraints?.encryptionContextSubset ?? null,
      encryptionContextEquals: grant.constraints?.encryptionContextEquals ?? null,
      source: policies.place([...path, 'grants', i], 'a grant on the key'),
    };
  });
}

/** A role's trust policy is its resource policy for the actions that assume it; for all others it has none. */
function roleInputs(action: string, resource: string, parts: SetupParts): Inputs {
  if (!/^sts:(?:assumerole.*|tagsession|setsourceidentity|setcontext)$/i.test(action)) return none;
  if (isConfigServiceLinkedRole(resource)) {
    const label = "the service-linked role's trust policy";
    return {
      resource: parts.policies.fixed(resource, 'trust', label, serviceLinkedRoleTrustPolicy),
      grants: [],
    };
  }
  const found = parts.entries.findRole(resource);
  if (found.state === 'does-not-exist') return none;
  const source = found.state === 'found' ? `${found.source}.trustPolicy` : 'roles';
  if (found.state === 'found' && found.entry.trustPolicy !== undefined)
    return { resource: parts.policies.at(source), grants: [] };
  const unknown: PolicyInput = parts.policies.unknown(
    source,
    `the trust policy of ${resource} was not given`,
  );
  return { resource: found.state === 'found' && parts.setup.complete === true ? null : unknown, grants: [] };
}
