import { beforeEach, describe, expect, it } from 'vitest';
import { carriedServiceAuthorization } from '../../aws/service-authorization.ts';
import { account, callerOf, otherAccount } from '../../../test/services/operation-calls.ts';
import { s3Calls, type S3Calls } from '../../../test/services/s3-calls.ts';
import { bucketInventory } from './inventory.ts';
import { s3 as service } from './s3.ts';

const Bucket = 'config-logs';
const Key = 'a';

let s3: S3Calls;
beforeEach(async () => {
  s3 = s3Calls();
  await s3.call('CreateBucket', { Bucket });
});

describe('settings that are kept', () => {
  const midnight = new Date(Date.UTC(2027, 0, 1));
  const lifecycle = {
    Rules: [{ Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Date: midnight } }],
  };
  const cors = { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] };
  const website = { IndexDocument: { Suffix: 'index.html' } };
  const replication = { Role: 'arn:aws:iam::111122223333:role/r', Rules: [] };

  // spec: S3-KEPT-1
  it.each([
    [
      'BucketLifecycleConfiguration',
      { LifecycleConfiguration: lifecycle },
      lifecycle,
      'DeleteBucketLifecycle',
      'NoSuchLifecycleConfiguration',
    ],
    ['BucketCors', { CORSConfiguration: cors }, cors, 'DeleteBucketCors', 'NoSuchCORSConfiguration'],
    [
      'BucketWebsite',
      { WebsiteConfiguration: website },
      website,
      'DeleteBucketWebsite',
      'NoSuchWebsiteConfiguration',
    ],
    [
      'BucketReplication',
      { ReplicationConfiguration: replication },
      { ReplicationConfiguration: replication },
      'DeleteBucketReplication',
      'ReplicationConfigurationNotFoundError',
    ],
  ])(
    '%s comes back as it was put, and is gone when it is deleted',
    async (name, input, output, remove, code) => {
      expect(await s3.refused(`Get${name}`, { Bucket })).toMatchObject({ code, status: 404 });
      await s3.call(`Put${name}`, { Bucket, ...input });
      expect(await s3.call(`Get${name}`, { Bucket })).toEqual(output);
      await s3.call(remove, { Bucket });
      expect((await s3.refused(`Get${name}`, { Bucket })).code).toBe(code);
    },
  );

  // spec: S3-KEPT-1
  it.each([
    'BucketNotificationConfiguration',
    'BucketLogging',
    'BucketAccelerateConfiguration',
    'BucketRequestPayment',
  ])('%s is nothing until it is put', async (name) => {
    expect(await s3.call(`Get${name}`, { Bucket })).toEqual({});
    expect((await s3.refused(`Put${name}`, { Bucket })).code).toBe('MalformedXML');
  });
});

describe('ACLs of buckets', () => {
  // spec: S3-ACL-2, S3-ERROR-1
  it.each([
    [{}, 'MissingSecurityHeader'],
    [{ ACL: 'everybody' }, 'InvalidArgument'],
    [{ GrantRead: 'uri="http://example.com/"' }, 'InvalidArgument'],
    [{ GrantRead: 'id=abc' }, 'InvalidArgument'],
    [{ GrantRead: 'me' }, 'InvalidArgument'],
    [{ ACL: 'private', GrantRead: `id=${'a'.repeat(64)}` }, 'InvalidRequest'],
    [{ ACL: 'private', AccessControlPolicy: {} }, 'UnexpectedContent'],
    [{ AccessControlPolicy: { Grants: [] } }, 'MalformedACLError'],
    [{ ACL: 'public-read' }, 'AccessControlListNotSupported'],
  ])('%j is refused', async (input, code) => {
    expect((await s3.refused('PutBucketAcl', { Bucket, ...input })).code).toBe(code);
  });

  // spec: S3-ACL-3
  it('a public one is blocked while BlockPublicAcls is on', async () => {
    await s3.call('DeleteBucketOwnershipControls', { Bucket });
    expect((await s3.refused('PutBucketAcl', { Bucket, ACL: 'public-read' })).message).toContain(
      'BlockPublicAcls',
    );
  });
});

describe('object lock of a version', () => {
  // spec: S3-LOCK-4
  it('may be tightened, and loosened only by who may bypass it', async () => {
    await s3.call('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    await s3.call('PutObject', { Bucket, Key });
    const set = {
      Bucket,
      Key,
      Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(Date.UTC(2027, 0, 1)) },
    };
    expect((await s3.refused('PutObjectRetention', set)).message).toBe(
      'Bucket is missing Object Lock Configuration',
    );
    await s3.call('PutObjectLockConfiguration', {
      Bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    });
    expect((await s3.refused('GetObjectRetention', { Bucket, Key })).code).toBe(
      'NoSuchObjectLockConfiguration',
    );
    await s3.call('PutObjectRetention', set);
    expect(await s3.call('GetObjectRetention', { Bucket, Key })).toEqual({ Retention: set.Retention });
    const looser = {
      ...set,
      Retention: { ...set.Retention, RetainUntilDate: new Date(Date.UTC(2026, 11, 1)) },
    };
    expect((await s3.refused('PutObjectRetention', looser)).code).toBe('AccessDenied');
    await s3.call('PutObjectRetention', { ...looser, BypassGovernanceRetention: true });
    await s3.call('PutObjectLegalHold', { Bucket, Key, LegalHold: { Status: 'ON' } });
    expect(await s3.call('GetObjectLegalHold', { Bucket, Key })).toEqual({ LegalHold: { Status: 'ON' } });
  });
});

describe('refusals', () => {
  const denial = (isSameAccount: boolean, isSameOrganization: boolean) => ({
    permission: { action: 's3:PutObject', resource: 'arn:aws:s3:::config-logs/a', resourceAccount: account },
    caller: callerOf({ kind: 'account-root', account: otherAccount, partition: 'aws' }, otherAccount),
    callerName: 'arn:aws:iam::444455556666:root',
    decision: {
      outcome: 'denied' as const,
      reason: 'no-identity-allow' as const,
      layers: [],
      statements: [],
      unknown: [],
    },
    because: 'because no identity-based policy allows the s3:PutObject action',
    isSameAccount,
    isSameOrganization,
  });

  // spec: S3-DENIED-1, S3-DENIED-2
  it('tell what refused inside of the account and the organization only', () => {
    const told =
      'User: arn:aws:iam::444455556666:root is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::config-logs/a" because no identity-based policy allows the s3:PutObject action';
    expect(service.denied(denial(true, false)).message).toBe(told);
    expect(service.denied(denial(false, true)).message).toBe(told);
    expect(service.denied(denial(false, false)).message).toBe('Access Denied');
  });
});

describe('buckets as AWS Config records them', () => {
  // spec: CFG-ITEM-4
  it('are those of the account and Region, with what is set and nulls for what is not', async () => {
    await s3.call('PutBucketTagging', { Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'x' }] } });
    expect(await bucketInventory(s3.ports.records, { account, region: 'eu-west-1' })).toEqual([]);
    const [item] = await bucketInventory(s3.ports.records, { account, region: 'us-east-1' });
    expect(item).toMatchObject({
      resourceType: 'AWS::S3::Bucket',
      resourceId: Bucket,
      arn: 'arn:aws:s3:::config-logs',
      availabilityZone: 'Regional',
      tags: { team: 'x' },
      supplementaryConfiguration: {
        BucketPolicy: { policyText: null },
        BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
        PublicAccessBlockConfiguration: { restrictPublicBuckets: true },
      },
    });
  });
});

describe('declared permissions', () => {
  // spec: S3-AUTH-1, S3-AUTH-2
  it('name actions that AWS has, on the kind of resource that it has them for', async () => {
    await s3.call('PutObject', { Bucket, Key });
    const types = carriedServiceAuthorization.service('s3')?.actions ?? {};
    const names = Object.keys(service.operations).filter(
      (name) => !['CreateBucket', 'DeleteBucket'].includes(name),
    );
    const CopySource = `${Bucket}/${Key}`;
    const input = {
      Bucket,
      Key,
      CopySource,
      UploadId: 'x',
      PartNumber: 1,
      Tagging: { TagSet: [] },
      Delete: { Objects: [{ Key }] },
    };
    let count = 0;
    for (const name of names) {
      const isWrite = ['PutObject', 'CopyObject', 'CreateMultipartUpload'].includes(name);
      await s3.call(name, isWrite ? { ...input, Tagging: 'a=b' } : input).catch(() => null);
      for (const { action, resource } of s3.lastAsked()) {
        const found = types[action.slice('s3:'.length)];
        const kind = resource === '*' ? null : resource.includes('/') ? 'object' : 'bucket';
        expect([name, action, found !== undefined]).toEqual([name, action, true]);
        if (kind !== null)
          expect([name, action, found?.resourceTypes.includes(kind)]).toEqual([name, action, true]);
        count++;
      }
    }
    expect(count).toBeGreaterThan(60);
  });
});
