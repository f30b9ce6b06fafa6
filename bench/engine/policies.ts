/**
 * The policies of a log archive as organizations write them, in any number of statements: a key, a bucket and a role,
 * each used by many accounts; and requests that one statement of each is about.
 */
import { parseAccountId, type AccountId } from '../../src/aws/account-id.ts';
import type { Principal } from '../../src/policy/principal.ts';

export interface BenchRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | boolean>>;
}

export interface BenchCase {
  readonly name: string;
  readonly type: 'key' | 'bucket' | 'identity';
  readonly document: { readonly Version: string; readonly Statement: readonly unknown[] };
  /** All are allowed, each by another of the statements that can allow it. */
  readonly requests: readonly BenchRequest[];
}

export const owner = accountOf(0);
const region = 'us-east-1';
const keyArn = `arn:aws:kms:${region}:${owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** A key that is used for many things: one statement in seven is about the action that is asked. */
export function keyCase(count: number): BenchCase {
  const actions = [
    ['kms:Decrypt', 'kms:GenerateDataKey*'],
    ['kms:DescribeKey', 'kms:GetKey*', 'kms:List*'],
    ['kms:CreateGrant', 'kms:RevokeGrant'],
    ['kms:Encrypt', 'kms:ReEncrypt*'],
    ['kms:TagResource', 'kms:UntagResource'],
    ['kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion', 'kms:Disable*'],
    ['kms:PutKeyPolicy', 'kms:Update*'],
  ];
  const Statement = Array.from({ length: count }, (_, index) => {
    const account = accountOf(index);
    const Principal =
      index % 7 === 0
        ? { Service: 'config.amazonaws.com' }
        : { AWS: `arn:aws:iam::${account}:role/use-${index}` };
    return {
      Sid: `Use${index}`,
      Effect: index % 7 === 5 ? 'Deny' : 'Allow',
      Principal,
      Action: actions[index % actions.length],
      Resource: '*',
      Condition:
        index % 7 === 0
          ? {
              StringEquals: { 'aws:SourceAccount': account },
              ArnLike: { 'aws:SourceArn': `arn:aws:config:${region}:${account}:*` },
            }
          : { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    };
  });
  const requests = everySeventh(count).map((index): BenchRequest => {
    const account = accountOf(index);
    return {
      principal: { kind: 'service', name: 'config.amazonaws.com' },
      action: 'kms:GenerateDataKey',
      resource: keyArn,
      context: {
        'aws:SourceAccount': account,
        'aws:SourceArn': `arn:aws:config:${region}:${account}:*`,
        'aws:SecureTransport': true,
      },
    };
  });
  return { name: 'key policy', type: 'key', document: { Version: '2012-10-17', Statement }, requests };
}

/** A bucket into which many accounts deliver: every statement is about the action that is asked. */
export function bucketCase(count: number): BenchCase {
  const Statement = Array.from({ length: count }, (_, index) => {
    const account = accountOf(index);
    return {
      Sid: `Deliver${index}`,
      Effect: 'Allow',
      Principal: { Service: 'config.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::config-logs/AWSLogs/${account}/Config/*`,
      Condition: {
        StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': account },
      },
    };
  });
  const requests = everySeventh(count).map((index): BenchRequest => {
    const account = accountOf(index);
    return {
      principal: { kind: 'service', name: 'config.amazonaws.com' },
      action: 's3:PutObject',
      resource: `arn:aws:s3:::config-logs/AWSLogs/${account}/Config/${region}/2026/11/25/ConfigSnapshot/${index}.json.gz`,
      context: {
        'aws:SourceAccount': account,
        's3:x-amz-acl': 'bucket-owner-full-control',
        'aws:SecureTransport': true,
      },
    };
  });
  return { name: 'bucket policy', type: 'bucket', document: { Version: '2012-10-17', Statement }, requests };
}

/** A role that may do something in many buckets: half of the statements are about the action that is asked. */
export function roleCase(count: number): BenchCase {
  const Statement = Array.from({ length: count }, (_, index) => ({
    Sid: `Bucket${index}`,
    Effect: 'Allow',
    Action: index % 2 === 0 ? ['s3:GetObject', 's3:PutObject*'] : ['s3:ListBucket', 's3:GetBucket*'],
    Resource: index % 2 === 0 ? `arn:aws:s3:::logs-${index}/*` : `arn:aws:s3:::logs-${index}`,
    Condition: { Bool: { 'aws:SecureTransport': 'true' } },
  }));
  const requests = everySeventh(count)
    .map((index) => index - (index % 2))
    .map((index): BenchRequest => ({
      principal: role,
      action: 's3:PutObject',
      resource: `arn:aws:s3:::logs-${index}/AWSLogs/${owner}/Config/${index}.json.gz`,
      context: { 'aws:SecureTransport': true, 's3:x-amz-acl': 'bucket-owner-full-control' },
    }));
  return { name: 'role policy', type: 'identity', document: { Version: '2012-10-17', Statement }, requests };
}

const role: Principal = {
  kind: 'role-session',
  account: owner,
  partition: 'aws',
  roleArn: `arn:aws:iam::${owner}:role/config`,
  sessionArn: `arn:aws:sts::${owner}:assumed-role/config/session`,
  sessionName: 'session',
  isSessionNameUncertain: false,
  roleUniqueId: null,
  isServiceLinked: false,
};

/** At most 64 of them, so that requests differ and the memory that holds them does not count. */
function everySeventh(count: number): readonly number[] {
  return Array.from({ length: Math.ceil(count / 7) }, (_, index) => index * 7).slice(-64);
}

function accountOf(index: number): AccountId {
  const account = parseAccountId(String(111_122_223_333 + index * 7_919));
  if (account === null) throw new Error('twelve digits are an account ID');
  return account;
}
