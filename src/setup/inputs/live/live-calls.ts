/**
 * Every call that is made to a live account, all of them read-only, and the permission that each asks. What the
 * documentation, `--dry-run` and refusals say comes from here.
 * spec: INPUT-LIVE-1
 */
import type { AnswerOperation } from '../answers/aws-answer.ts';
import { UnknownValue } from '../unknown-value.ts';

export type LiveOperation =
  | Exclude<AnswerOperation, 'GetAccountAuthorizationDetails' | 'ListAliases'>
  | 'GetPolicy'
  | 'ListRoots'
  | 'ListParents'
  | 'ListPoliciesForTarget'
  | 'DescribePolicy';

/** `null`: it asks none. */
export const livePermissions: Readonly<Record<LiveOperation, string | null>> = {
  GetCallerIdentity: null,
  DescribeConfigurationRecorders: 'config:DescribeConfigurationRecorders',
  DescribeDeliveryChannels: 'config:DescribeDeliveryChannels',
  GetRole: 'iam:GetRole',
  ListRolePolicies: 'iam:ListRolePolicies',
  GetRolePolicy: 'iam:GetRolePolicy',
  ListAttachedRolePolicies: 'iam:ListAttachedRolePolicies',
  GetPolicy: 'iam:GetPolicy',
  GetPolicyVersion: 'iam:GetPolicyVersion',
  ListBuckets: 's3:ListAllMyBuckets',
  GetBucketLocation: 's3:GetBucketLocation',
  GetBucketPolicy: 's3:GetBucketPolicy',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  GetBucketOwnershipControls: 's3:GetBucketOwnershipControls',
  GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  DescribeKey: 'kms:DescribeKey',
  GetKeyPolicy: 'kms:GetKeyPolicy',
  ListGrants: 'kms:ListGrants',
  GetTopicAttributes: 'sns:GetTopicAttributes',
  DescribeOrganization: 'organizations:DescribeOrganization',
  ListRoots: 'organizations:ListRoots',
  ListParents: 'organizations:ListParents',
  ListPoliciesForTarget: 'organizations:ListPoliciesForTarget',
  DescribePolicy: 'organizations:DescribePolicy',
};

/** The policy that lets somebody check a live account, and change nothing. */
export function livePolicy(): Readonly<Record<string, unknown>> {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SealpostReadsWhatDecidesDelivery',
        Effect: 'Allow',
        Action: Object.values(livePermissions).filter((permission) => permission !== null),
        Resource: '*',
      },
    ],
  };
}

/** What a refused call would have said. */
export function refusal(operation: LiveOperation, about: string, to: string): UnknownValue {
  const permission = livePermissions[operation] ?? operation;
  return new UnknownValue(
    `\`${permission}\`${about === '' ? '' : ` on ${about}`} was refused to ${to}: allow it and check again`,
  );
}

/** What nobody knows after an answer that says nothing. */
export function unanswered(
  answer: { readonly kind: 'refused' | 'failed'; readonly message: string },
  operation: LiveOperation,
  about: string,
  to: string,
): UnknownValue {
  return answer.kind === 'refused' ? refusal(operation, about, to) : new UnknownValue(answer.message);
}
