/**
 * What a request on a bucket or an object needs: the action, the bucket policy, and the condition keys of S3.
 * spec: S3-AUTH-1, S3-AUTH-2, S3-CTX-1
 */
import { present, presentList, unknownValue } from '../../policy/context.ts';
import { isShutOutOfPublicBucket } from '../../policy/public-policy.ts';
import type { Caller, ContextEntries, Permission, StoredPolicy } from '../operation.ts';
import { hasGrantHeaders, type AclInput } from './access-control.ts';
import { bucketArn, objectArn } from './find-bucket.ts';
import { canonicalUserId } from './canonical-user.ts';
import type { BucketRecord, ObjectVersion } from './ports.ts';
import { isPublicPolicy } from './public-policy.ts';

interface Asking {
  readonly caller: Caller;
}

/** The permission for `action` on this bucket; `more` are the condition keys of this operation alone. */
export function bucketPermission(
  action: string,
  bucket: BucketRecord,
  asking: Asking,
  more: ContextEntries = [],
): Permission {
  return permissionOn(action, bucketArn(bucket), bucket, asking, more);
}

/** The permission for `action` on the object under this key, whether or not it exists. */
export function objectPermission(
  action: string,
  bucket: BucketRecord,
  key: string,
  asking: Asking,
  more: ContextEntries = [],
): Permission {
  return permissionOn(action, objectArn(bucket, key), bucket, asking, more);
}

/**
 * As `bucketPermission`, for the operations on the policy itself: the root user of the account can always mend a
 * policy that locks everybody out.
 * spec: S3-POLICY-3
 */
export function policyPermission(action: string, bucket: BucketRecord, asking: Asking): Permission {
  const permission = bucketPermission(action, bucket, asking);
  const { principal } = asking.caller;
  const isOwnRoot = principal.kind === 'account-root' && principal.account === bucket.account;
  return isOwnRoot ? { ...permission, resourcePolicy: null } : permission;
}

function permissionOn(
  action: string,
  resource: string,
  bucket: BucketRecord,
  asking: Asking,
  more: ContextEntries,
): Permission {
  return {
    action,
    resource,
    resourceAccount: bucket.account,
    resourceRegion: bucket.region,
    resourcePolicy: policyTowards(asking.caller, bucket),
    context: [['s3:ResourceAccount', present(bucket.account)], ...more],
  };
}

/**
 * The bucket policy as far as it speaks to this caller. Under RestrictPublicBuckets a public policy lets in nobody
 * but the owner's account and AWS services: towards all others it is as if there were none, and without a policy no
 * other account gets in.
 * spec: S3-PUBLIC-2
 */
function policyTowards(caller: Caller, bucket: BucketRecord): StoredPolicy | null {
  if (bucket.policy === null) return null;
  const isRestricted =
    bucket.publicAccessBlock?.restrictPublicBuckets === true &&
    isShutOutOfPublicBucket(caller.principal, bucket.account) === 'yes' &&
    isPublicPolicy(bucket.policy);
  return isRestricted ? null : { text: bucket.policy, arn: bucketArn(bucket), label: 'the bucket policy' };
}

/** Condition keys of the ACL headers. */
export function aclEntries(input: AclInput): ContextEntries {
  return textEntries([
    ['s3:x-amz-acl', input.ACL],
    ['s3:x-amz-grant-full-control', input.GrantFullControl],
    ['s3:x-amz-grant-read', input.GrantRead],
    ['s3:x-amz-grant-read-acp', input.GrantReadACP],
    ['s3:x-amz-grant-write', input.GrantWrite],
    ['s3:x-amz-grant-write-acp', input.GrantWriteACP],
  ]);
}

/**
 * Whether a write with these headers needs `s3:PutObjectAcl`, too. The two canned ACLs that give the object to
 * nobody but its owner and the bucket's need none.
 * spec: S3-AUTH-4
 */
export function needsPutObjectAcl(input: AclInput): boolean {
  if (hasGrantHeaders(input)) return true;
  return input.ACL !== undefined && input.ACL !== 'bucket-owner-full-control' && input.ACL !== 'private';
}

/** Condition keys of the encryption headers: only of headers that were sent, never of the bucket's default. spec: S3-CTX-2 */
export function encryptionEntries(
  input: {
    readonly ServerSideEncryption?: string | undefined;
    readonly SSEKMSKeyId?: string | undefined;
    readonly SSECustomerAlgorithm?: string | undefined;
  },
  bucket: BucketRecord,
  { caller }: Asking,
): ContextEntries {
  const keyId = input.SSEKMSKeyId;
  return [
    ...textEntries([
      ['s3:x-amz-server-side-encryption', input.ServerSideEncryption],
      ['s3:x-amz-server-side-encryption-customer-algorithm', input.SSECustomerAlgorithm],
    ]),
    ...(keyId === undefined ? [] : [keyIdEntry(keyId, bucket, caller)]),
  ];
}

function keyIdEntry(keyId: string, bucket: BucketRecord, caller: Caller): ContextEntries[number] {
  const name = 's3:x-amz-server-side-encryption-aws-kms-key-id';
  if (/^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(keyId)) return [name, present(keyId)];
  if (/alias\//.test(keyId))
    return [name, unknownValue('AWS does not document which value an alias gives this key')];
  return [name, present(`arn:${bucket.partition}:kms:${bucket.region}:${caller.account}:key/${keyId}`)];
}

/** Tags that a request brings for an object. */
export function requestTagEntries(tags: Readonly<Record<string, string>>): ContextEntries {
  const names = Object.keys(tags);
  if (names.length === 0) return [];
  return [
    ...Object.entries(tags).map(([tag, value]) => [`s3:RequestObjectTag/${tag}`, present(value)] as const),
    ['s3:RequestObjectTagKeys', presentList(names)],
  ];
}

/** Tags that the object has already. */
export function existingTagEntries(tags: Readonly<Record<string, string>>): ContextEntries {
  return Object.entries(tags).map(([tag, value]) => [`s3:ExistingObjectTag/${tag}`, present(value)] as const);
}

/** Entries of those members that were sent. */
export function textEntries(
  entries: readonly (readonly [name: string, value: string | number | boolean | undefined])[],
): ContextEntries {
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, present(value)] as const]));
}

/**
 * As `objectPermission`, to read an object that is there. One that another account owns answers to that account:
 * the bucket policy opens it to nobody, and the bucket's owner reads it only where its ACL says so.
 * spec: S3-OWNER-2
 */
export function readPermission(
  action: string,
  bucket: BucketRecord,
  version: ObjectVersion,
  asking: Asking,
  more: ContextEntries = [],
): Permission {
  const entries = [...existingTagEntries(version.tags), ...more];
  const permission = objectPermission(action, bucket, version.key, asking, entries);
  const { owner } = version;
  if (owner === bucket.account || bucket.objectOwnership === 'BucketOwnerEnforced') return permission;
  const { account } = asking.caller;
  if (account === owner) return { ...permission, resourceAccount: owner };
  const bucketOwner = canonicalUserId(bucket.account);
  const isSharedWithBucketOwner = version.acl.some(
    ({ grantee, permission: granted }) =>
      grantee.kind === 'canonical-user' &&
      grantee.id === bucketOwner &&
      (granted === 'READ' || granted === 'FULL_CONTROL'),
  );
  if (account === bucket.account && isSharedWithBucketOwner) return permission;
  return { ...permission, resourceAccount: owner, resourcePolicy: null };
}
