import type { CopyObjectOutput, CopyObjectRequest } from '@aws-sdk/client-s3';
import { present } from '../../../policy/context.ts';
import { operation } from '../../operation.ts';
import {
  copySourcePermissions,
  parseCopySource,
  requireCopySource,
  resolveCopySource,
  type CopySource,
} from '../copy-source.ts';
import { quotedEtag } from '../conditions.ts';
import { encryptionMembers, isKms, newDataKey, openDataKey } from '../encryption.ts';
import { s3Errors } from '../errors.ts';
import { findBucket, objectArn, type FoundBucket } from '../find-bucket.ts';
import { shownVersionId, versionMember } from '../find-version.ts';
import { headersOf } from '../object-headers.ts';
import { lockOf } from '../object-lock.ts';
import { objectPlace } from '../object-place.ts';
import { assertObjectWrite, objectWritePermissions } from '../object-write.ts';
import { openBody } from '../open-body.ts';
import { ownershipOf } from '../ownership.ts';
import type { ObjectVersion, S3Ports } from '../ports.ts';
import { dropBlobs, segmentOf, storeBody } from '../store-body.ts';
import { tagsOfHeader } from '../tags.ts';
import { checksumMember, digestingStream, objectMaxBytes, parseChecksumName } from '../upload-digests.ts';
import { writeVersion } from '../write-version.ts';

export interface Resources {
  readonly target: FoundBucket;
  readonly source: CopySource;
}

/** Encryption is never copied: the source is decrypted, and the copy encrypted as any other write. spec: S3-COPY-1, S3-COPY-2 */
export const copyObject = operation<CopyObjectRequest, CopyObjectOutput, S3Ports, Resources>({
  name: 'CopyObject',
  validate(input) {
    parseCopySource(input.CopySource);
    assertObjectWrite(input);
    assertDirective('metadata', input.MetadataDirective);
    assertDirective('tagging', input.TaggingDirective);
  },
  resolve: async (input, context) => ({
    target: await findBucket(input, context),
    source: await resolveCopySource(input, context),
  }),
  authorization: (input, { target, source }, context) => [
    ...copySourcePermissions(source, input.TaggingDirective !== 'REPLACE', context),
    ...objectWritePermissions(input, target, context, [
      ['s3:x-amz-copy-source', present((input.CopySource ?? '').replace(/^\//, ''))],
      ...(input.MetadataDirective === undefined
        ? []
        : [['s3:x-amz-metadata-directive', present(input.MetadataDirective)] as const]),
    ]),
  ],
  async operate(input, { target, source }, context) {
    const key = input.Key ?? '';
    const bucket = target.value;
    const original = await requireCopySource(input, source, context);
    const from = original.stored.value;
    if (from.sizeBytes > objectMaxBytes) throw s3Errors.copyTooLarge();
    assertChanges(input, target, source);
    const { owner, acl } = ownershipOf(input, bucket, context, {
      action: 's3:PutObject',
      resource: objectArn(bucket, key),
    });
    const sourceKey = await openDataKey(from.encryption, source.bucket.value, from.key, context);
    const { encryption, dataKey } = await newDataKey(input, bucket, key, context);
    const isMd5Etag = !isKms(encryption.sseAlgorithm);
    const algorithm =
      input.ChecksumAlgorithm === undefined
        ? from.checksum?.type === 'FULL_OBJECT'
          ? from.checksum.algorithm
          : 'CRC64NVME'
        : parseChecksumName(input.ChecksumAlgorithm);
    const whole = { start: 0, end: from.sizeBytes };
    const plaintext = await openBody(from, original.stored.body, sourceKey, whole, context);
    const payload = {
      stream: plaintext,
      contentBytes: from.sizeBytes,
      trailers: () => ({}),
      announcedTrailers: [],
    };
    const body = digestingStream({}, payload, { md5: isMd5Etag, checksum: algorithm });
    const stored = await storeBody(body.stream, dataKey, objectPlace(bucket.name, key), context);
    const { md5, checksum } = body.digested();
    const etag = Buffer.from(isMd5Etag && md5 !== null ? md5 : context.randomBytes(16)).toString('hex');
    try {
      const placed = await writeVersion<ObjectVersion>(
        target,
        key,
        (place, current) => ({
          kind: 'object',
          bucket: current.name,
          key,
          ...place,
          writer: context.caller.account,
          owner,
          sizeBytes: from.sizeBytes,
          etag,
          headers: input.MetadataDirective === 'REPLACE' ? headersOf(input) : { ...from.headers },
          storageClass: input.StorageClass ?? 'STANDARD',
          encryption,
          segments: [segmentOf(stored, from.sizeBytes)],
          checksum: { ...checksum, type: 'FULL_OBJECT' },
          tags: input.TaggingDirective === 'REPLACE' ? tagsOfHeader(input.Tagging) : from.tags,
          acl,
          ...lockOf(input, current, place.lastModifiedMillis, true),
          parts: null,
        }),
        context,
        { body: stored.body, conditions: input },
      );
      return {
        CopyObjectResult: {
          ETag: quotedEtag(etag),
          LastModified: new Date(placed.record.lastModifiedMillis),
          ...checksumMember(checksum),
          ChecksumType: 'FULL_OBJECT',
        },
        ...(source.bucket.value.versioning === null ? {} : { CopySourceVersionId: shownVersionId(from) }),
        ...encryptionMembers(encryption),
        ...versionMember({ ...target, value: placed.bucket }, placed.record),
      };
    } catch (error) {
      await dropBlobs([stored.blob], context);
      throw error;
    }
  },
});

function assertDirective(what: string, directive: string | undefined): void {
  if (directive !== undefined && directive !== 'COPY' && directive !== 'REPLACE')
    throw s3Errors.copyDirective({ what });
}

/** Copying an object onto itself must change something. spec: S3-COPY-3 */
function assertChanges(input: CopyObjectRequest, target: FoundBucket, source: CopySource): void {
  const isItself =
    target.key === source.bucket.key && input.Key === source.key && source.versionId === undefined;
  const changes =
    input.MetadataDirective === 'REPLACE' ||
    input.StorageClass !== undefined ||
    input.WebsiteRedirectLocation !== undefined ||
    input.ServerSideEncryption !== undefined ||
    target.value.encryption !== null;
  if (isItself && !changes) throw s3Errors.copyToItself();
}
