import { describe, expect, it } from 'vitest';
import { deliveryPlan, sessionArn, sourceArn, type Delivery } from './plan.ts';

const account = '111122223333';
const organization = { kind: 'none' } as const;
const delivery: Delivery = {
  partition: 'aws',
  account,
  region: 'us-east-1',
  organization,
  roleArn: `arn:aws:iam::${account}:role/path/config`,
  bucket: {
    name: 'config-logs',
    region: 'us-east-1',
    account,
    organization,
    areAclsEnabled: false,
    isBucketKeyEnabled: false,
  },
  prefix: 'audit',
  channelKey: null,
  key: null,
  topic: null,
  atMillis: 0,
  configSnapshotId: 'id',
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'config-logs',
};

function actionsOf(changed: Partial<Delivery>, identity: 'role' | 'service-principal'): string[] {
  const whole = { ...delivery, ...changed };
  return deliveryPlan
    .filter((step) => step.as.includes(identity) && step.applies(whole, identity))
    .map(({ phase, action }) => `${phase} ${action}`);
}

describe('the delivery plan', () => {
  it('gives each step a name of its own', () => {
    expect(new Set(deliveryPlan.map(({ id }) => id)).size).toBe(deliveryPlan.length);
  });

  it('asks nothing of KMS, ACLs or a topic where there are none', () => {
    expect(actionsOf({}, 'service-principal')).toEqual([
      'channel-setup s3:ListBucket',
      'channel-setup s3:GetBucketAcl',
      'channel-setup s3:PutObject',
      'delivery s3:PutObject',
      'delivery s3:PutObject',
    ]);
  });

  // spec: DLV-PLAN-8
  it('asks s3:PutObjectAcl of the role only, and only where ACLs count', () => {
    const bucket = { ...delivery.bucket, areAclsEnabled: true };
    expect(actionsOf({ bucket }, 'role')).toContain('delivery s3:PutObjectAcl');
    expect(actionsOf({ bucket }, 'service-principal')).not.toContain('delivery s3:PutObjectAcl');
    expect(actionsOf({}, 'role')).not.toContain('delivery s3:PutObjectAcl');
  });

  it('names every file below the prefix', () => {
    const files = deliveryPlan.filter(({ action }) => action === 's3:PutObject');
    expect(files).toHaveLength(4);
    for (const step of files) {
      expect(step.resource(delivery)).toMatch(
        /^arn:aws:s3:::config-logs\/audit\/AWSLogs\/111122223333\/Config\//,
      );
    }
  });

  // spec: DLV-CTX-1, DLV-CTX-3
  it('tells the source as service principal, and none as role', () => {
    for (const step of deliveryPlan) {
      for (const identity of step.as) {
        const isService = identity === 'service-principal' || step.caller === 'service-principal';
        expect(step.context(delivery, identity)['aws:SourceArn']).toBe(
          isService ? 'arn:aws:config:us-east-1:111122223333:*' : null,
        );
      }
    }
  });

  it('spells the source ARN in the partition of the recorder', () => {
    expect(sourceArn({ partition: 'aws-cn', region: 'cn-north-1', account })).toBe(
      'arn:aws-cn:config:cn-north-1:111122223333:*',
    );
  });

  // spec: DLV-SESSION-1
  it('names the session without the path of the role', () => {
    expect(sessionArn(delivery.roleArn, 'channel-setup')).toBe(
      'arn:aws:sts::111122223333:assumed-role/config/AWSConfig-BucketConfigCheck',
    );
  });
});
