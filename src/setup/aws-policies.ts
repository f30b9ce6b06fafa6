/**
 * Policies that AWS itself attaches, so that no setup has to hold them: those of AWS Config's service-linked role and
 * of the AWS managed key `aws/s3`.
 * spec: SETUP-SLR-1, SETUP-KEY-2
 */
import type { Arn } from '../aws/arn.ts';

/** ARN of the managed policy that is attached to AWS Config's service-linked role, in the partition `aws`. */
export const serviceLinkedRolePolicyArn =
  'arn:aws:iam::aws:policy/aws-service-role/AWSConfigServiceRolePolicy';

/** The trust policy of AWS Config's service-linked role. */
export const serviceLinkedRoleTrustPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** Whether this is the ARN of the alias of an AWS managed key (`alias/aws/s3`, `alias/aws/sns`). */
export function isAwsManagedKeyAlias(arn: Arn): boolean {
  return arn.service === 'kms' && arn.resource.startsWith('alias/aws/');
}

/**
 * The fixed policy of the AWS managed key behind `alias/aws/SERVICE`: whoever calls from the key's own account through
 * the service. Callers of other accounts and service principals have another `kms:CallerAccount`, or none.
 */
export function awsManagedKeyPolicy(alias: Arn): Readonly<Record<string, unknown>> {
  const service = alias.resource.slice('alias/aws/'.length);
  const { account, region, partition } = alias;
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return {
    Version: '2012-10-17',
    Id: `auto-${service}-2`,
    Statement: [
      {
        Sid: 'Allow access through the service for all principals in the account',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.${suffix}` },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
        Resource: '*',
      },
    ],
  };
}

/** What KMS gives a key that is made without a policy: the account may delegate, and nobody else is named. */
export function defaultKeyPolicy(partition: string, account: string): Readonly<Record<string, unknown>> {
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}
