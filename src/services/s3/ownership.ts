/** Who owns a new object, and with which ACL. spec: S3-OWNER-3, S3-ACL-3 */
import type { AccountId } from '../../aws/account-id.ts';
import { isOwnerFullControl, isPublicAcl, ownerOnly, requestedAcl, type AclInput } from './access-control.ts';
import { callerName } from '../../policy/caller-name.ts';
import { s3Errors } from './errors.ts';
import type { S3Context } from './find-bucket.ts';
import type { AclGrant, BucketRecord } from './ports.ts';

export interface Ownership {
  readonly owner: AccountId;
  readonly acl: readonly AclGrant[];
}

/**
 * @param resource ARN of what the ACL is for, as a refusal prints it
 * @throws AccessControlListNotSupported, AccessDenied
 */
export function ownershipOf(
  input: AclInput,
  bucket: BucketRecord,
  context: S3Context,
  { action, resource }: { readonly action: string; readonly resource: string },
): Ownership {
  const writer = context.caller.principal.kind === 'anonymous' ? bucket.account : context.caller.account;
  if (bucket.objectOwnership === 'BucketOwnerEnforced') {
    assertEnforcedAcl(input, bucket, writer);
    return { owner: bucket.account, acl: ownerOnly(bucket.account) };
  }
  const owner =
    bucket.objectOwnership === 'BucketOwnerPreferred' && input.ACL === 'bucket-owner-full-control'
      ? bucket.account
      : writer;
  const acl = requestedAcl(input, { owner, bucketOwner: bucket.account }) ?? ownerOnly(owner);
  assertNotPublic(acl, bucket, context, { action, resource });
  return { owner, acl };
}

/** @throws AccessDenied the ACL is public and BlockPublicAcls is on */
export function assertNotPublic(
  acl: readonly AclGrant[],
  { publicAccessBlock }: BucketRecord,
  { caller }: S3Context,
  { action, resource }: { readonly action: string; readonly resource: string },
): void {
  if (publicAccessBlock?.blockPublicAcls !== true || !isPublicAcl(acl)) return;
  throw s3Errors.publicAclBlocked({ user: callerName(caller.principal), action, resource });
}

/** ACLs are off: one may be sent that changes nothing. */
function assertEnforcedAcl(input: AclInput, bucket: BucketRecord, writer: string): void {
  if (input.ACL === 'bucket-owner-full-control') return;
  // The writer's private ACL is the owner's where both are one account.
  if (input.ACL === 'private' && writer === bucket.account) return;
  const acl = requestedAcl(input, { owner: writer, bucketOwner: bucket.account });
  if (acl === null || (input.ACL === undefined && isOwnerFullControl(acl, bucket.account))) return;
  throw s3Errors.aclNotSupported();
}
