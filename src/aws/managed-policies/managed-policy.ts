/**
 * The AWS managed policies whose content is carried here. AWS changes them in place; what is not listed is unknown.
 * spec: SETUP-MANAGED-1
 */
import snapshot from './managed-policies.json' with { type: 'json' };

export interface ManagedPolicy {
  /** In the `aws` partition. */
  readonly arn: string;
  /** AWS's default version when the snapshot was made: `v71`. */
  readonly versionId: string;
  readonly document: Readonly<Record<string, unknown>>;
}

/**
 * The AWS managed policy with this ARN, in any partition; `null` if its content is not carried here (or if it is a
 * customer's).
 */
export function findManagedPolicy(arn: string): ManagedPolicy | null {
  const name = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (name === undefined) return null;
  const inAws = `arn:aws:iam::aws:policy/${name}`;
  const policy = Object.hasOwn(policies, inAws) ? policies[inAws] : undefined;
  return policy === undefined ? null : { arn: inAws, versionId: policy.versionId, document: policy.document };
}

/** The day of the newest change that the snapshot has seen, `2026-08-26`. */
export const managedPoliciesUpdatedAt: string = snapshot.updatedAt;

/** The policies that are carried, in no promised order. */
export function managedPolicyArns(): readonly string[] {
  return Object.keys(policies);
}

type Entry = Omit<ManagedPolicy, 'arn'>;

const policies: Readonly<Record<string, Entry | undefined>> = snapshot.policies;
