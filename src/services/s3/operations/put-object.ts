import type { PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { encryptionMembers, isKms, newDataKey } from '../encryption.ts';
import { s3Errors } from '../errors.ts';
import { findBucket, objectArn, type FoundBucket } from '../find-bucket.ts';
import { versionMember } from '../find-version.ts';
import { headersOf } from '../object-headers.ts';
import { lockOf } from '../object-lock.ts';
import { objectPlace } from '../object-place.ts';
import { assertObjectWrite, objectWritePermissions } from '../object-write.ts';
import { ownershipOf } from '../ownership.ts';
import type { ObjectVersion, S3Ports } from '../ports.ts';
import { dropBlobs, segmentOf, storeBody } from '../store-body.ts';
import { tagsOfHeader } from '../tags.ts';
import { checksumMember, digestingStream, hasDigest } from '../upload-digests.ts';
import { quotedEtag } from '../conditions.ts';
import { writeVersion } from '../write-version.ts';

/**
 * The caller's permission on the KMS key is asked before the first byte of the body is read, and nothing of a body
 * that does not arrive as announced stays.
 * spec: S3-OBJECT-1, S3-KMS-1
 */
export const putObject = operation<PutObjectRequest, PutObjectOutput, S3Ports, FoundBucket>({
  name: 'PutObject',
  validate(input) {
    assertObjectWrite(input);
    if (input.WriteOffsetBytes !== undefined)
      throw s3Errors.headerNotImplemented({}, { Header: 'x-amz-write-offset-bytes' });
  },
  resolve: findBucket,
  authorization: objectWritePermissions,
  async operate(input, found, context) {
    const key = input.Key ?? '';
    const bucket = found.value;
    const { payload } = context;
    if (payload === null) throw new Error('PutObject needs a payload');
    const { owner, acl } = ownershipOf(input, bucket, context, {
      action: 's3:PutObject',
      resource: objectArn(bucket, key),
    });
    lockOf(input, bucket, context.nowMillis(), hasDigest(input, payload));
    const { encryption, dataKey } = await newDataKey(input, bucket, key, context);
    const isMd5Etag = !isKms(encryption.sseAlgorithm);
    const body = digestingStream(input, payload, { md5: isMd5Etag, checksum: 'CRC64NVME' });
    const stored = await storeBody(body.stream, dataKey, objectPlace(bucket.name, key), context);
    const { sizeBytes, md5, checksum } = body.digested();
    const etag = Buffer.from(isMd5Etag && md5 !== null ? md5 : context.randomBytes(16)).toString('hex');
    try {
      const placed = await writeVersion<ObjectVersion>(
        found,
        key,
        (place, current) => ({
          kind: 'object',
          bucket: current.name,
          key,
          ...place,
          writer: context.caller.account,
          owner,
          sizeBytes,
          etag,
          headers: headersOf(input),
          storageClass: input.StorageClass ?? 'STANDARD',
          encryption,
          segments: [segmentOf(stored, sizeBytes)],
          checksum: { ...checksum, type: 'FULL_OBJECT' },
          tags: tagsOfHeader(input.Tagging),
          acl,
          ...lockOf(input, current, place.lastModifiedMillis, hasDigest(input, payload)),
          parts: null,
        }),
        context,
        { body: stored.body, conditions: input },
      );
      return {
        ETag: quotedEtag(etag),
        ...checksumMember(checksum),
        ChecksumType: 'FULL_OBJECT',
        ...encryptionMembers(encryption),
        ...versionMember({ ...found, value: placed.bucket }, placed.record),
      };
    } catch (error) {
      await dropBlobs([stored.blob], context);
      throw error;
    }
  },
});
