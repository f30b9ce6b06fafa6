/** What all requests that make an object have in common: PutObject, CopyObject, CreateMultipartUpload. */
import { present } from '../../policy/context.ts';
import type { ContextEntries, Permission } from '../operation.ts';
import { assertObjectAcl, type AclInput } from './access-control.ts';
import { assertWriteConditionForm, type WriteConditions } from './conditions.ts';
import { assertEncryptionInput, type EncryptionInput } from './encryption.ts';
import { s3Errors } from './errors.ts';
import type { FoundBucket, S3Context } from './find-bucket.ts';
import { assertObjectKey } from './find-version.ts';
import { headersOf, type HeaderMembers } from './object-headers.ts';
import type { LockInput } from './object-lock.ts';
import {
  aclEntries,
  encryptionEntries,
  needsPutObjectAcl,
  objectPermission,
  requestTagEntries,
  textEntries,
} from './permission.ts';
import { tagsOfHeader } from './tags.ts';

export type ObjectWriteInput = AclInput &
  EncryptionInput &
  WriteConditions &
  LockInput &
  HeaderMembers & {
    readonly Key?: string | undefined;
    readonly StorageClass?: string | undefined;
    readonly Tagging?: string | undefined;
  };

const storageClasses: readonly string[] = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
];

/** @throws the first fault of the headers */
export function assertObjectWrite(input: ObjectWriteInput): void {
  assertObjectKey(input.Key ?? '');
  assertObjectAcl(input.ACL);
  assertEncryptionInput(input);
  assertWriteConditionForm(input);
  if (input.StorageClass !== undefined && !storageClasses.includes(input.StorageClass))
    throw s3Errors.invalidStorageClass({}, { StorageClassRequested: input.StorageClass });
  headersOf(input);
  tagsOfHeader(input.Tagging);
}

/** `more`: condition keys of this operation alone. spec: S3-AUTH-2, S3-AUTH-4, S3-CTX-1 */
export function objectWritePermissions(
  input: ObjectWriteInput,
  { value: bucket }: FoundBucket,
  context: S3Context,
  more: ContextEntries = [],
): readonly Permission[] {
  const key = input.Key ?? '';
  const acl = aclEntries(input);
  const tags = requestTagEntries(tagsOfHeader(input.Tagging));
  const lock = lockEntries(input);
  const needing = (action: string, isNeeded: boolean, entries: ContextEntries) =>
    isNeeded ? [objectPermission(action, bucket, key, context, entries)] : [];
  return [
    objectPermission('s3:PutObject', bucket, key, context, [
      ...acl,
      ...encryptionEntries(input, bucket, context),
      ...tags,
      ...lock,
      ...textEntries([
        ['s3:x-amz-storage-class', input.StorageClass],
        ['s3:x-amz-website-redirect-location', input.WebsiteRedirectLocation],
        ['s3:if-match', input.IfMatch],
        ['s3:if-none-match', input.IfNoneMatch],
      ]),
      ...more,
    ]),
    ...needing('s3:PutObjectAcl', needsPutObjectAcl(input), acl),
    ...needing('s3:PutObjectTagging', input.Tagging !== undefined && input.Tagging !== '', tags),
    ...needing('s3:PutObjectRetention', input.ObjectLockMode !== undefined, lock),
    ...needing('s3:PutObjectLegalHold', input.ObjectLockLegalHoldStatus !== undefined, lock),
  ];
}

function lockEntries(input: LockInput): ContextEntries {
  const until = input.ObjectLockRetainUntilDate;
  return [
    ...textEntries([
      ['s3:object-lock-mode', input.ObjectLockMode],
      ['s3:object-lock-legal-hold', input.ObjectLockLegalHoldStatus],
    ]),
    ...(until === undefined
      ? []
      : [['s3:object-lock-retain-until-date', present(until.toISOString())] as const]),
  ];
}
