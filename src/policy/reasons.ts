/**
 * The stable reason codes of decisions: one table; help and docs/errors.md are generated from it.
 * Once released a code is never reused for another meaning.
 */
export const reasons = {
  'identity-allow': { outcome: 'allowed', title: 'an identity policy of the caller allows it' },
  'resource-policy-allow': { outcome: 'allowed', title: 'the resource policy allows the caller' },
  'identity-and-resource-allow': {
    outcome: 'allowed',
    title: 'identity policy and resource policy both allow it, and both are needed',
  },
  'grant-allow': { outcome: 'allowed', title: 'a KMS grant allows it' },
  'account-root-allow': { outcome: 'allowed', title: 'the caller is the root user of the account' },
  'no-permission-needed': { outcome: 'allowed', title: 'the action needs no permission' },
  'identity-explicit-deny': { outcome: 'denied', title: 'an identity policy of the caller denies it' },
  'resource-policy-explicit-deny': { outcome: 'denied', title: 'the resource policy denies it' },
  'boundary-explicit-deny': { outcome: 'denied', title: 'the permissions boundary denies it' },
  'session-explicit-deny': { outcome: 'denied', title: 'a session policy denies it' },
  'scp-explicit-deny': { outcome: 'denied', title: 'a service control policy denies it' },
  'rcp-explicit-deny': { outcome: 'denied', title: 'a resource control policy denies it' },
  'vpc-endpoint-explicit-deny': { outcome: 'denied', title: 'the VPC endpoint policy denies it' },
  'no-identity-allow': { outcome: 'denied', title: 'no identity policy of the caller allows it' },
  'no-resource-policy-allow': {
    outcome: 'denied',
    title: 'no statement of the resource policy allows the caller',
  },
  'no-boundary-allow': { outcome: 'denied', title: 'the permissions boundary does not allow it' },
  'no-session-allow': { outcome: 'denied', title: 'the session policy does not allow it' },
  'no-scp-allow': { outcome: 'denied', title: 'a level of service control policies does not allow it' },
  'no-vpc-endpoint-allow': { outcome: 'denied', title: 'the VPC endpoint policy does not allow it' },
  'cross-account-action': { outcome: 'denied', title: 'the operation cannot be called from another account' },
  'public-bucket-restricted': {
    outcome: 'denied',
    title:
      'the bucket policy is public, and RestrictPublicBuckets lets in only AWS services and the own account',
  },
  'resource-does-not-exist': { outcome: 'denied', title: 'the resource does not exist' },
  'not-given': { outcome: 'unknown', title: 'a policy or fact that decides was not given' },
  undocumented: { outcome: 'unknown', title: 'AWS does not document what decides' },
  'unknown-context': { outcome: 'unknown', title: 'a context key that decides is unknown' },
} as const satisfies Record<string, { outcome: 'allowed' | 'denied' | 'unknown'; title: string }>;

export type ReasonCode = keyof typeof reasons;
