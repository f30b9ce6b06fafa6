import { describe, expect, test } from 'vitest';
import { accountForTest, compiledForTest, roleForTest, userForTest } from '../../test/policy/policy-case.ts';
import { isPublicDocument, isShutOutOfPublicBucket } from './public-policy.ts';

function isPublic(...statements: readonly object[]): boolean {
  const defaults = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' };
  const Statement = statements.map((statement) => ({ ...defaults, ...statement }));
  const input = compiledForTest('bucket', { Version: '2012-10-17', Statement });
  if (input.kind !== 'policy') throw new Error('it was given');
  return isPublicDocument(input.policy.document);
}

const limited = { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } };

// spec: S3-PUBLIC-1
describe('a policy of a bucket', () => {
  test('is public by one statement that is, and not by a Deny', () => {
    expect(isPublic({})).toBe(true);
    expect(isPublic({ Effect: 'Deny' })).toBe(false);
    expect(isPublic(limited)).toBe(false);
    expect(isPublic(limited, {})).toBe(true);
    expect(isPublic(limited, limited)).toBe(false);
  });

  test.each([
    [{ AWS: '*' }, true],
    [{ AWS: '111122223333' }, false],
    [{ AWS: 'arn:aws:iam::111122223333:role/config' }, false],
    [{ AWS: ['111122223333', 'arn:aws:iam::*:root'] }, true],
    [{ AWS: 'arn:aws:iam::${aws:PrincipalAccount}:root' }, true],
    [{ Service: 'config.amazonaws.com' }, false],
  ])('with the principal %j: %s', (principal, expected) => {
    expect(isPublic({ Principal: principal })).toBe(expected);
  });

  test('without a Principal, or with NotPrincipal, is', () => {
    expect(isPublic({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } })).toBe(true);
    const input = compiledForTest('bucket', {
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    });
    expect(input.kind === 'policy' && isPublicDocument(input.policy.document)).toBe(true);
  });

  test.each([
    'aws:SourceArn',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:SourceOwner',
    'aws:SourceAccount',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:SourceOrgID',
    'aws:SourceOrgPaths',
    'aws:userid',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
    's3:DataAccessPointArn',
    's3:DataAccessPointAccount',
  ])('is limited by a fixed value of %s', (key) => {
    expect(isPublic({ Condition: { StringEquals: { [key]: 'a' } } })).toBe(false);
    expect(isPublic({ Condition: { StringEquals: { [key]: ['a', 'b*'] } } })).toBe(true);
    expect(isPublic({ Condition: { StringEquals: { [key]: '${aws:PrincipalTag/a}' } } })).toBe(true);
  });

  test.each([
    ['StringEquals', false],
    ['stringequals', false],
    ['StringEqualsIgnoreCase', false],
    ['StringLike', false],
    ['ArnEquals', false],
    ['ArnLike', false],
    ['ForAnyValue:StringEquals', false],
    ['ForAllValues:StringEquals', true],
    ['StringNotEquals', true],
    ['StringEqualsIfExists', true],
    ['ArnNotLike', true],
    ['NumericEquals', true],
    ['XStringEquals', true],
  ])('with the operator %s: %s', (operator, expected) => {
    expect(isPublic({ Condition: { [operator]: { 'aws:SourceAccount': '111122223333' } } })).toBe(expected);
  });

  test.each([
    ['aws:PrincipalTag/a', 'a', true],
    ['aws:SourceAccount', [], true],
    ['aws:SourceAccount', '11112222333?', true],
    ['aws:SourceArn', 'arn:aws:config:us-east-1:111122223333:*', false],
    ['aws:SourceArn', 'arn:aws:s3::111122223333:*', false],
    ['aws:SourceArn', 'arn:aws:s3:::*', true],
    ['aws:SourceArn', 'arn:*:config:us-east-1:111122223333:x', true],
    ['aws:SourceArn', 'arn:aws:*:us-east-1:111122223333:x', true],
    ['aws:SourceArn', 'arn:aws:config:*:111122223333:x', true],
    ['aws:SourceArn', 'xarn:aws:config:us-east-1:111122223333:*', true],
    ['aws:SourceArn', 'arn::config:us-east-1:111122223333:*', true],
    ['aws:SourceArn', 'arn:aws::us-east-1:111122223333:*', true],
    ['aws:SourceArn', 'arn:aws:config:us-east-1:11112222333:*', true],
    ['aws:PrincipalArn', 'arn:aws:config:us-east-1:111122223333:*', true],
  ])('with %s of %j: %s', (key, value, expected) => {
    expect(isPublic({ Condition: { StringLike: { [key]: value } } })).toBe(expected);
  });

  test.each([
    ['aws:SourceIp', '203.0.113.5', false],
    ['AWS:SourceIP', '203.0.0.0/8', false],
    ['aws:SourceIp', '200.0.0.0/7', true],
    ['aws:SourceIp', ['203.0.113.5', '0.0.0.0/0'], true],
    ['aws:SourceIp', '2001:db8::/32', false],
    ['aws:SourceIp', '2001:db8::/31', true],
    ['aws:VpcSourceIp', '10.0.0.1', true],
  ])('with the range of %s %j: %s', (key, value, expected) => {
    expect(isPublic({ Condition: { IpAddress: { [key]: value } } })).toBe(expected);
    expect(isPublic({ Condition: { NotIpAddress: { [key]: value } } })).toBe(true);
  });
});

// spec: S3-PUBLIC-2
test('a public bucket under RestrictPublicBuckets shuts out all but services and its own account', () => {
  const shutOut = (principal: Parameters<typeof isShutOutOfPublicBucket>[0], owner: string | null) =>
    isShutOutOfPublicBucket(principal, owner);
  const own = accountForTest('111122223333');
  expect(shutOut({ kind: 'service', name: 'config.amazonaws.com' }, null)).toBe('no');
  expect(shutOut({ kind: 'anonymous' }, null)).toBe('yes');
  expect(shutOut({ kind: 'federated', provider: 'accounts.google.com' }, own)).toBe('yes');
  expect(shutOut(userForTest, null)).toBe('unknown');
  expect(shutOut(userForTest, own)).toBe('no');
  expect(shutOut(roleForTest('arn:aws:iam::444455556666:role/config'), own)).toBe('yes');
});
