import type { CreateBucketOutput, CreateBucketRequest } from '@aws-sdk/client-s3';
import { present } from '../../../policy/context.ts';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { hasGrantHeaders, isOwnerFullControl, ownerOnly, requestedAcl } from '../access-control.ts';
import { isBucketName } from '../bucket-name.ts';
import { s3Errors } from '../errors.ts';
import type { S3Context } from '../find-bucket.ts';
import { assertNotPublic } from '../ownership.ts';
import { aclEntries, bucketPermission, textEntries } from '../permission.ts';
import { buckets, type BucketRecord, type OwnershipSetting, type S3Ports } from '../ports.ts';
import { tagsOfBucket } from '../tags.ts';

const blockedByDefault = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** The bucket as the request wants it. spec: S3-BUCKET-4, S3-BUCKET-5 */
export const createBucket = operation<CreateBucketRequest, CreateBucketOutput, S3Ports, BucketRecord>({
  name: 'CreateBucket',
  validate(input) {
    const name = input.Bucket ?? '';
    if (!isBucketName(name)) throw s3Errors.invalidBucketName({}, { BucketName: name });
  },
  resolve(input, context) {
    const region = locationOf(input, context);
    const { account } = context.caller;
    const objectOwnership = ownershipSetting(input.ObjectOwnership);
    return Promise.resolve({
      name: input.Bucket ?? '',
      account,
      region,
      partition: context.partition,
      createdAtMillis: context.nowMillis(),
      policy: null,
      encryption: null,
      objectOwnership,
      publicAccessBlock: blockedByDefault,
      acl: requestedAcl(input, { owner: account, bucketOwner: account }) ?? ownerOnly(account),
      versioning: input.ObjectLockEnabledForBucket === true ? 'Enabled' : null,
      objectLock: input.ObjectLockEnabledForBucket === true ? { defaultRetention: null } : null,
      tags:
        input.CreateBucketConfiguration?.Tags === undefined
          ? {}
          : tagsOfBucket(input.CreateBucketConfiguration.Tags),
      settings: {},
      isBeingDeleted: false,
    });
  },
  authorization(input, bucket, context) {
    const needing = (action: string, isNeeded: boolean) =>
      isNeeded ? [bucketPermission(action, bucket, context, aclEntries(input))] : [];
    const location = input.CreateBucketConfiguration?.LocationConstraint;
    return [
      bucketPermission('s3:CreateBucket', bucket, context, [
        ...aclEntries(input),
        ...textEntries([['s3:x-amz-object-ownership', input.ObjectOwnership]]),
        ...(location === undefined ? [] : [['s3:LocationConstraint', present(location)] as const]),
      ]),
      ...needing('s3:PutBucketAcl', input.ACL !== undefined || hasGrantHeaders(input)),
      ...needing('s3:PutBucketOwnershipControls', input.ObjectOwnership !== undefined),
      ...needing('s3:PutBucketVersioning', input.ObjectLockEnabledForBucket === true),
      ...needing('s3:PutBucketObjectLockConfiguration', input.ObjectLockEnabledForBucket === true),
      ...needing('s3:TagResource', Object.keys(bucket.tags).length > 0),
    ];
  },
  async operate(_input, bucket, context) {
    if (bucket.objectOwnership === 'BucketOwnerEnforced' && !isOwnerFullControl(bucket.acl, bucket.account))
      throw s3Errors.aclWithEnforced();
    const named = { action: 's3:CreateBucket', resource: `arn:${bucket.partition}:s3:::${bucket.name}` };
    assertNotPublic(bucket.acl, bucket, context, named);
    const outcome = await context.ports.records.commit([
      put(buckets, bucket.name, bucket, { ifRevision: 0 }),
    ]);
    if (outcome === 'conflict') await answerExisting(bucket, context);
    return { Location: `/${bucket.name}` };
  },
});

/** In us-east-1 the owner may create what is there already; nowhere else. spec: S3-BUCKET-5 */
async function answerExisting({ name, account, region }: BucketRecord, context: S3Context): Promise<void> {
  const existing = await context.ports.records.get(buckets, name);
  if (existing === null) throw s3Errors.operationAborted();
  if (existing.value.account !== account) throw s3Errors.bucketExists({}, { BucketName: name });
  if (region === 'us-east-1' && existing.value.region === region) return;
  throw s3Errors.bucketOwnedByYou({}, { BucketName: name });
}

/** spec: S3-BUCKET-4 */
function locationOf(input: CreateBucketRequest, { region }: S3Context): string {
  const constraint: string | undefined = input.CreateBucketConfiguration?.LocationConstraint;
  if (region !== 'us-east-1') {
    if (constraint === region || (constraint === 'EU' && region === 'eu-west-1')) return region;
    throw s3Errors.illegalLocation({ location: constraint ?? 'unspecified' });
  }
  if (constraint === undefined) return region;
  if (constraint === 'EU') return 'eu-west-1';
  if (constraint === 'us-east-1' || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(constraint))
    throw s3Errors.invalidLocation({}, { LocationConstraint: constraint });
  return constraint;
}

function ownershipSetting(text: string | undefined): OwnershipSetting {
  if (text === undefined) return 'BucketOwnerEnforced';
  if (text === 'BucketOwnerEnforced' || text === 'BucketOwnerPreferred' || text === 'ObjectWriter')
    return text;
  throw s3Errors.invalidArgument({ message: `Invalid x-amz-object-ownership header: ${text}` });
}
