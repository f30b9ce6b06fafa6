import type { CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { assertCompleted, chosenParts, completedChecksum, completedEtag } from '../complete-parts.ts';
import { assertWriteConditionForm, quotedEtag } from '../conditions.ts';
import { encryptionMembers, openDataKey } from '../encryption.ts';
import { s3Errors } from '../errors.ts';
import { findUpload, requireUpload, storedUpload, type FoundUpload } from '../find-upload.ts';
import { assertObjectKey, versionMember } from '../find-version.ts';
import { objectPermission, textEntries } from '../permission.ts';
import { parts as partRecords, uploads, type ObjectVersion, type S3Ports } from '../ports.ts';
import { dropBlobs } from '../store-body.ts';
import { checksumMember } from '../upload-digests.ts';
import { writeVersion } from '../write-version.ts';

/** The object appears and the upload ends in one commit. spec: S3-PARTS-4, S3-KMS-1 */
export const completeMultipartUpload = operation<
  CompleteMultipartUploadRequest,
  CompleteMultipartUploadOutput,
  S3Ports,
  FoundUpload
>({
  name: 'CompleteMultipartUpload',
  validate(input) {
    assertObjectKey(input.Key ?? '');
    assertWriteConditionForm(input);
  },
  resolve: findUpload,
  authorization: (input, { bucket: { value: bucket } }, context) => [
    objectPermission(
      's3:PutObject',
      bucket,
      input.Key ?? '',
      context,
      textEntries([
        ['s3:if-match', input.IfMatch],
        ['s3:if-none-match', input.IfNoneMatch],
      ]),
    ),
  ],
  async operate(input, { bucket, upload: found }, context) {
    const { key: place, value: upload, revision } = requireUpload(found, input);
    const { records } = context.ports;
    const stored = await records.list(partRecords, { prefix: `${upload.uploadId}/`, limit: Infinity });
    const parts = chosenParts(
      input.MultipartUpload?.Parts ?? [],
      stored.map(({ value }) => value),
      upload,
    );
    const sizeBytes = parts.reduce((sum, { segment }) => sum + segment.sizeBytes, 0);
    const checksum = completedChecksum(parts, upload);
    assertCompleted(input, checksum, sizeBytes, upload);
    await openDataKey(upload.encryption, bucket.value, upload.key, context);
    const etag = completedEtag(parts);
    const placed = await writeVersion<ObjectVersion>(
      bucket,
      upload.key,
      (at) => ({
        kind: 'object',
        bucket: upload.bucket,
        key: upload.key,
        ...at,
        writer: upload.initiator,
        owner: upload.owner,
        sizeBytes,
        etag,
        headers: upload.headers,
        storageClass: upload.storageClass,
        encryption: upload.encryption,
        segments: parts.map(({ segment }) => segment),
        checksum,
        tags: upload.tags,
        acl: upload.acl,
        retention: upload.retention,
        isLegalHold: upload.isLegalHold,
        parts: parts.map(({ partNumber, segment, checksum: own }) => ({
          partNumber,
          sizeBytes: segment.sizeBytes,
          checksum: own?.algorithm === checksum?.algorithm ? (own?.value ?? null) : null,
        })),
      }),
      context,
      {
        conditions: input,
        async along() {
          if ((await storedUpload(input, context)) === null)
            throw s3Errors.noSuchUpload({}, { UploadId: upload.uploadId });
          return [
            remove(uploads, place, { ifRevision: revision }),
            ...stored.map((part) => remove(partRecords, part.key, { ifRevision: part.revision })),
          ];
        },
      },
    );
    const used = new Set(parts.map(({ segment }) => segment.blob));
    await dropBlobs(
      stored.map(({ value }) => value.segment.blob).filter((blob) => !used.has(blob)),
      context,
    );
    return {
      Location: `https://${upload.bucket}.s3.${bucket.value.region}.amazonaws.com/${encodeURIComponent(upload.key)}`,
      Bucket: upload.bucket,
      Key: upload.key,
      ETag: quotedEtag(etag),
      ...(checksum === null ? {} : { ...checksumMember(checksum), ChecksumType: checksum.type }),
      ...encryptionMembers(upload.encryption),
      ...versionMember({ ...bucket, value: placed.bucket }, placed.record),
    };
  },
});
