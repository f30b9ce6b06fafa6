/** What GetObject and HeadObject tell of an object. spec: S3-OBJECT-2 */
import type { HeadObjectOutput } from '@aws-sdk/client-s3';
import { encryptionMembers } from './encryption.ts';
import type { FoundBucket } from './find-bucket.ts';
import { versionMember } from './find-version.ts';
import { headerMembers } from './object-headers.ts';
import type { ObjectVersion } from './ports.ts';
import { checksumMember } from './upload-digests.ts';
import { contentRange, type ByteRange } from './byte-range.ts';
import { quotedEtag } from './conditions.ts';

export interface AnswerInput {
  readonly ChecksumMode?: string | undefined;
  readonly PartNumber?: number | undefined;
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseExpires?: Date | undefined;
}

export function objectAnswer(
  input: AnswerInput,
  bucket: FoundBucket,
  version: ObjectVersion,
  range: ByteRange | null,
): HeadObjectOutput {
  const { checksum, retention, parts } = version;
  const tagCount = Object.keys(version.tags).length;
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(version.lastModifiedMillis),
    ContentLength: range === null ? version.sizeBytes : range.end - range.start,
    ETag: quotedEtag(version.etag),
    ...(range === null ? {} : { ContentRange: contentRange(range, version.sizeBytes) }),
    ...headerMembers(version.headers),
    ...overrides(input),
    ...encryptionMembers(version.encryption),
    ...versionMember(bucket, version),
    // A checksum of the whole says nothing about a part of it.
    ...(input.ChecksumMode === 'ENABLED' && range === null && checksum !== null
      ? { ...checksumMember(checksum), ChecksumType: checksum.type }
      : {}),
    ...(version.storageClass === 'STANDARD' ? {} : { StorageClass: version.storageClass as 'GLACIER' }),
    ...(input.PartNumber === undefined || parts === null ? {} : { PartsCount: parts.length }),
    ...(tagCount === 0 ? {} : { TagCount: tagCount }),
    ...(retention === null
      ? {}
      : { ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: new Date(retention.untilMillis) }),
    ...(version.isLegalHold ? { ObjectLockLegalHoldStatus: 'ON' as const } : {}),
  };
}

function overrides(input: AnswerInput): HeadObjectOutput {
  const entries = Object.entries({
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
    Expires: input.ResponseExpires,
    ExpiresString: input.ResponseExpires?.toUTCString(),
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}
