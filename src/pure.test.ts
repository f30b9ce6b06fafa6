import { describe, expect, it } from 'vitest';
import {
  check,
  compile,
  evaluate,
  generatePolicies,
  InputFaultsError,
  lint,
  smallestFix,
  type Setup,
} from './pure.ts';

const setup: Setup = {
  recorder: {
    account: '111122223333',
    region: 'us-east-1',
    roleARN: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
  },
  deliveryChannel: { s3BucketName: 'config-logs' },
  complete: true,
  organization: null,
  buckets: [
    {
      name: 'config-logs',
      account: '111122223333',
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['s3:GetBucketAcl', 's3:ListBucket', 's3:PutObject'],
            Resource: ['arn:aws:s3:::config-logs', 'arn:aws:s3:::config-logs/*'],
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
    },
  ],
};

describe('the library', () => {
  it('judges a setup given as a value', () => {
    expect(check(setup)).toMatchObject({ verdict: 'delivers', deliveredAs: 'service-principal' });
  });

  it('gives the same report for the same setup, whenever it is asked', () => {
    expect(check(setup)).toEqual(compile(setup).check());
  });

  it('decides one request against a setup', () => {
    const request = {
      principal: { service: 'config.amazonaws.com' },
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::config-logs/AWSLogs/x',
    };
    expect(evaluate(setup, request)).toMatchObject({ outcome: 'denied', reason: 'no-resource-policy-allow' });
    const context = { 'aws:SourceAccount': '111122223333' };
    expect(evaluate(setup, { ...request, context })).toMatchObject({ outcome: 'allowed', unknown: [] });
  });

  it('throws every fault of a value that is no setup', () => {
    const wrong: unknown = { bukets: [], roles: 3 };
    const attempt = () => check(wrong as Setup);
    expect(attempt).toThrow(InputFaultsError);
    expect(attempt).toThrow(/did you mean `buckets`/);
    expect(attempt).toThrow(/`roles` is the number `3`/);
  });

  it('throws where the setup has nothing to check', () => {
    expect(() => check({})).toThrow(/recorder/);
  });

  it('throws the faults of what is no request', () => {
    const request = { principal: 'config', action: 'PutObject', resource: '*' };
    expect(() => evaluate({}, request)).toThrow(/`action` is `PutObject`/);
    expect(() => evaluate({}, { ...request, action: 's3:PutObject' })).toThrow(/names nobody/);
  });

  it('tells what is odd in a policy', () => {
    const policy = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
    expect(lint(policy).map(({ code }) => code)).toContain('missing-version');
    expect(() => lint({ Statement: [{ Effect: 'allow' }] })).toThrow(InputFaultsError);
  });

  it('finds the smallest fix of a setup that fails, in the report as by itself', () => {
    const failing: Setup = {
      ...setup,
      buckets: [{ name: 'config-logs', account: '111122223333', policy: null }],
    };
    const fix = smallestFix(failing);
    expect(fix?.changes.map(({ target }) => target)).toEqual(['buckets[0].policy']);
    expect(check(failing).fix).toEqual(fix);
    expect(check(failing, { fix: false }).fix).toBeNull();
    expect(smallestFix(setup)).toBeNull();
  });

  it('generates the policies that a delivery needs', () => {
    const { bucket, key, role } = generatePolicies({
      account: '111122223333',
      region: 'us-east-1',
      bucket: 'config-logs',
    });
    expect(key).toBeNull();
    expect(role).toBeNull();
    expect(
      check({ ...setup, buckets: [{ name: 'config-logs', account: '111122223333', policy: { ...bucket } }] })
        .verdict,
    ).toBe('delivers');
  });

  it.each([
    [{ bucket: 'config-logs' }, /needs an account or an organization/],
    [{ account: '1234' }, /`account` is `1234`; write twelve digits/],
    [{ account: '111122223333', for: 'role' as const }, /needs the recorder's role/],
    [{ account: '111122223333', key: 'alias/config' }, /`key` is `alias\/config`; write the ARN of a key/],
  ])('generates no policies for %j', (request, message) => {
    expect(() => generatePolicies(request)).toThrow(message);
  });

  it.each([
    ['account', '*'],
    ['region', '*'],
    ['key', 'arn:aws:kms:us-east-1:111122223333:key/*'],
    ['topic', 'arn:aws:sns:us-east-1:111122223333:*'],
    ['bucket', 'config-*'],
    ['prefix', '${aws:PrincipalTag/a}'],
    ['organization', 'o-*'],
    ['role', 'config*'],
    ['bucketAccount', '*'],
  ])('generates no policies whose %s would let in more than it names', (name, value) => {
    const request = { account: '111122223333', [name]: value };
    expect(() => generatePolicies(request)).toThrow(`\`${name}\` is \`${value}\`; write `);
  });
});
