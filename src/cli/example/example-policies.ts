/**
 * The policies of the example: the two key policy statements of AWS's page "Permissions for the KMS Key", filled in,
 * and what has to stand beside them.
 */

export interface ExampleNames {
  readonly account: string;
  readonly bucket: string;
  readonly keyArn: string;
}

/** AWS's statement for recorders with a role of their own: the account's roles, as far as their own policies allow it. */
function roleStatement({ account, keyArn }: ExampleNames) {
  return {
    Sid: 'AWSConfigKMSPolicyForRoles',
    Effect: 'Allow',
    Principal: { AWS: [account] },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: keyArn,
  };
}

/** AWS's statement for service-linked roles, and for when the role is refused: AWS Config itself. */
function serviceStatement({ account, keyArn }: ExampleNames) {
  return {
    Sid: 'AWSConfigKMSPolicy',
    Effect: 'Allow',
    Principal: { Service: 'config.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: keyArn,
    Condition: {
      StringEquals: { 'AWS:SourceAccount': account },
      ArnLike: { 'AWS:SourceArn': `arn:aws:config:*:${account}:*` },
    },
  };
}

/** Both statements of AWS's page and nothing else: nobody could administer the key any more. */
export function pageKeyPolicy(names: ExampleNames): object {
  return {
    Version: '2012-10-17',
    Id: 'Policy_ID',
    Statement: [roleStatement(names), serviceStatement(names)],
  };
}

/** The same beside AWS's default statement, which lets the account's administrators keep the key. */
export function keyPolicy(names: ExampleNames): object {
  const administrators = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${names.account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return {
    Version: '2012-10-17',
    Id: 'aws-config-delivery',
    Statement: [administrators, roleStatement(names), serviceStatement(names)],
  };
}

/** What AWS Config needs of the bucket where it delivers as itself. */
export function bucketPolicy({ account, bucket }: ExampleNames): object {
  const service = { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' } };
  const ofAccount = { 'AWS:SourceAccount': account };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...service,
        Sid: 'AWSConfigBucketPermissionsCheck',
        Action: 's3:GetBucketAcl',
        Resource: `arn:aws:s3:::${bucket}`,
        Condition: { StringEquals: ofAccount },
      },
      {
        ...service,
        Sid: 'AWSConfigBucketExistenceCheck',
        Action: 's3:ListBucket',
        Resource: `arn:aws:s3:::${bucket}`,
        Condition: { StringEquals: ofAccount },
      },
      {
        ...service,
        Sid: 'AWSConfigBucketDelivery',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${bucket}/AWSLogs/${account}/Config/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...ofAccount } },
      },
    ],
  };
}

export const trustPolicy: object = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** What lets a role deliver. The second role of the example has only AWS's managed policy, which doesn't. */
export function deliveryPolicy({ account, bucket, keyArn }: ExampleNames): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:PutObjectAcl'],
        Resource: `arn:aws:s3:::${bucket}/AWSLogs/${account}/*`,
        Condition: { StringLike: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
      { Effect: 'Allow', Action: ['s3:GetBucketAcl', 's3:ListBucket'], Resource: `arn:aws:s3:::${bucket}` },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: keyArn },
    ],
  };
}

export const readOnlyManagedPolicy = 'arn:aws:iam::aws:policy/service-role/AWS_ConfigRole';
