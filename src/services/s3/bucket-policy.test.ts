import { beforeEach, describe, expect, it } from 'vitest';
import { account, callerOf, otherAccount, rootOf } from '../../../test/services/operation-calls.ts';
import { s3Calls, type S3Calls } from '../../../test/services/s3-calls.ts';
import { isPublicPolicy } from './public-policy.ts';

const Bucket = 'config-logs';
const bucketArn = `arn:aws:s3:::${Bucket}`;
const objects = `${bucketArn}/*`;

let s3: S3Calls;
beforeEach(async () => {
  s3 = s3Calls();
  await s3.call('CreateBucket', { Bucket });
});

function policy(statement: object, more: object = {}): string {
  const whole = {
    Effect: 'Allow',
    Principal: { Service: 'config.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: objects,
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...whole, ...statement }], ...more });
}

describe('PutBucketPolicy', () => {
  // spec: S3-POLICY-1, S3-POLICY-2
  it('stores what AWS Config needs, and returns it as it was given', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AWSConfigBucketPermissionsCheck',
          Effect: 'Allow',
          Principal: { Service: 'config.amazonaws.com' },
          Action: ['s3:GetBucketAcl', 's3:ListBucket'],
          Resource: bucketArn,
          Condition: { StringEquals: { 'AWS:SourceAccount': account } },
        },
        {
          Effect: 'Allow',
          Principal: { Service: 'config.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `${bucketArn}/AWSLogs/${account}/Config/*`,
          Condition: {
            StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'AWS:SourceAccount': account },
          },
        },
      ],
    });
    await s3.call('PutBucketPolicy', { Bucket, Policy });
    expect(await s3.call('GetBucketPolicy', { Bucket })).toEqual({ Policy });
    await s3.call('DeleteBucketPolicy', { Bucket });
    await s3.call('DeleteBucketPolicy', { Bucket });
    expect(await s3.refused('GetBucketPolicy', { Bucket })).toMatchObject({
      code: 'NoSuchBucketPolicy',
      message: 'The bucket policy does not exist',
    });
  });

  // spec: S3-POLICY-1
  it.each([
    ['', "Policies must be valid JSON and the first byte must be '{'"],
    ['\ufeff{}', "Policies must be valid JSON and the first byte must be '{'"],
    ['{"Statement": ', 'This policy contains invalid Json'],
    ['{}', 'Missing required field Statement'],
    ['{"Statement": []}', 'Could not parse the policy: Statement is empty!'],
    [policy({}, { Version: '2020-01-01' }), 'The policy must contain a valid version string'],
    [policy({}, { version: '2012-10-17' }), 'Unknown field version'],
    [policy({ Principal: undefined }), 'Missing required field Principal'],
    [policy({ Action: undefined }), 'Missing required field Action'],
    [policy({ Resource: undefined }), 'Missing required field Resource'],
    [policy({ Principal: { AWS: 'arn:aws:iam::111122223333:role/missing' } }), 'Invalid principal in policy'],
    [policy({ Principal: { AWS: 'account-id1' } }), 'Invalid principal in policy'],
    [policy({ Action: 's3:PutObjekt' }), 'Policy has invalid action'],
    [policy({ Action: 'kms:Decrypt' }), 'Policy has invalid action'],
    [policy({ Resource: '*' }), 'Policy has invalid resource'],
    [policy({ Resource: 'arn:aws:s3:::config-logs-other/*' }), 'Policy has invalid resource'],
    [policy({ Resource: `*${objects}*` }), 'Policy has invalid resource'],
    [policy({ Action: 's3:GetBucketAcl' }), 'Action does not apply to any resource(s) in statement'],
    [
      policy({ Action: ['s3:PutObject', 's3:ListBucket'] }),
      'Action does not apply to any resource(s) in statement',
    ],
    [policy({ Resource: bucketArn }), 'Action does not apply to any resource(s) in statement'],
    [
      policy({ Condition: { StringEquals: { 's3:prefix': 'a' } } }),
      'Conditions do not apply to combination of actions and resources in statement',
    ],
    [
      policy({ Condition: { StringEquals: { 's3:no-such-key': 'a' } } }),
      'Policy has an invalid condition key',
    ],
    [
      policy({ Condition: { StringSame: { 'aws:SourceAccount': 'a' } } }),
      'Invalid Condition type : StringSame',
    ],
  ])('refuses %s', async (Policy, message) => {
    expect(await s3.refused('PutBucketPolicy', { Bucket, Policy })).toMatchObject({
      code: 'MalformedPolicy',
      status: 400,
      message,
    });
  });

  // spec: S3-POLICY-1
  it.each([
    policy({ Action: 's3:*', Resource: [bucketArn, objects] }),
    policy({ Action: 's3:Get*' }),
    policy({
      Effect: 'Deny',
      Principal: '*',
      Action: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
    policy({ Principal: { AWS: account } }),
    policy({
      Condition: {
        'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a/*' },
        Null: { 's3:x-amz-acl': 'false' },
      },
    }),
    policy({ Condition: { StringEquals: { 's3:ExistingObjectTag/team': 'x' } }, Action: 's3:GetObject' }),
  ])('stores %s', async (Policy) => {
    expect(await s3.call('PutBucketPolicy', { Bucket, Policy })).toEqual({});
  });

  // spec: S3-POLICY-1
  it('refuses one of more than 20,480 bytes', async () => {
    const Policy = policy({ Sid: 'x'.repeat(20_480) });
    expect((await s3.refused('PutBucketPolicy', { Bucket, Policy })).code).toBe('PolicyTooLarge');
  });

  // spec: S3-POLICY-3
  it('the root user of the account can mend a policy that locks everybody out', async () => {
    const Policy = policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucketArn, objects] });
    await s3.call('PutBucketPolicy', { Bucket, Policy });
    await s3.call('GetBucketPolicy', { Bucket });
    expect(s3.lastAsked()[0]?.resourcePolicy).toBeNull();
    await s3.call('GetBucketAcl', { Bucket });
    expect(s3.lastAsked()[0]?.resourcePolicy?.text).toBe(Policy);
  });

  // spec: S3-PUBLIC-3
  it('a public policy is refused while BlockPublicPolicy is on', async () => {
    const Policy = policy({ Principal: '*' });
    expect(await s3.refused('PutBucketPolicy', { Bucket, Policy })).toMatchObject({
      status: 403,
      message:
        'User: arn:aws:iam::111122223333:root is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::config-logs" because public policies are blocked by the BlockPublicPolicy block public access setting.',
    });
    await s3.call('DeletePublicAccessBlock', { Bucket });
    await s3.call('PutBucketPolicy', { Bucket, Policy });
    expect(await s3.call('GetBucketPolicyStatus', { Bucket })).toEqual({ PolicyStatus: { IsPublic: true } });
  });

  // spec: S3-PUBLIC-2
  it('under RestrictPublicBuckets a public policy speaks to the own account and to AWS services only', async () => {
    const Policy = policy({ Principal: '*' });
    await s3.call('DeletePublicAccessBlock', { Bucket });
    await s3.call('PutBucketPolicy', { Bucket, Policy });
    await s3.call('PutPublicAccessBlock', {
      Bucket,
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
    });
    const policyFor = async (caller: Parameters<typeof rootOf>[0] | ReturnType<typeof callerOf>) => {
      await s3.call(
        'HeadBucket',
        { Bucket },
        { caller: typeof caller === 'string' ? rootOf(caller) : caller },
      );
      return s3.lastAsked()[0]?.resourcePolicy;
    };
    expect(await policyFor(otherAccount)).toBeNull();
    expect(await policyFor(callerOf({ kind: 'anonymous' }, account))).toBeNull();
    expect(await policyFor(account)).not.toBeNull();
    expect(
      await policyFor(callerOf({ kind: 'service', name: 'config.amazonaws.com' }, otherAccount)),
    ).not.toBeNull();
  });
});

describe('a public policy', () => {
  // spec: S3-PUBLIC-1
  it.each([
    [{ Principal: '*' }, true],
    [{ Principal: { AWS: '*' } }, true],
    [{ Effect: 'Deny', Principal: '*' }, false],
    [{ Principal: { Service: 'config.amazonaws.com' } }, false],
    [{ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
    [{ Principal: '*', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }, false],
    [{ Principal: '*', Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } } }, true],
    [{ Principal: '*', Condition: { StringNotEquals: { 'aws:SourceAccount': '111122223333' } } }, true],
    [{ Principal: '*', Condition: { StringLike: { 'aws:SourceAccount': '1111*' } } }, true],
    [{ Principal: '*', Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-example' } } }, false],
    [
      {
        Principal: '*',
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:config:us-east-1:111122223333:*' } },
      },
      false,
    ],
    [
      { Principal: '*', Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:config:*:111122223333:*' } } },
      true,
    ],
    [{ Principal: '*', Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } } }, true],
    [{ Principal: '*', Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::one-bucket' } } }, false],
    [{ Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, false],
    [{ Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }, true],
    [{ Principal: '*', Condition: { StringEquals: { 's3:x-amz-acl': 'private' } } }, true],
  ])('%j: %s', (statement, isPublic) => {
    expect(isPublicPolicy(policy(statement))).toBe(isPublic);
  });
});
