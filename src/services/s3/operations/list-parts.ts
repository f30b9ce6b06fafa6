import type { ListPartsOutput, ListPartsRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { canonicalUserId } from '../canonical-user.ts';
import { quotedEtag } from '../conditions.ts';
import { openDataKey } from '../encryption.ts';
import { findUpload, requireUpload, type FoundUpload } from '../find-upload.ts';
import { assertObjectKey } from '../find-version.ts';
import { partPlace } from '../object-place.ts';
import { objectPermission } from '../permission.ts';
import { parts, type S3Ports } from '../ports.ts';
import { checksumMember } from '../upload-digests.ts';

const partsMax = 1000;

/** spec: S3-PARTS-6, S3-KMS-1 */
export const listParts = operation<ListPartsRequest, ListPartsOutput, S3Ports, FoundUpload>({
  name: 'ListParts',
  validate: (input) => {
    assertObjectKey(input.Key ?? '');
  },
  resolve: findUpload,
  authorization: (input, { bucket: { value: bucket } }, context) => [
    objectPermission('s3:ListMultipartUploadParts', bucket, input.Key ?? '', context),
  ],
  async operate(input, { bucket, upload: found }, context) {
    const { value: upload } = requireUpload(found, input);
    await openDataKey(upload.encryption, bucket.value, upload.key, context);
    const maxParts = Math.min(Math.max(input.MaxParts ?? partsMax, 0), partsMax);
    const marker = Number(input.PartNumberMarker ?? 0);
    const stored = await context.ports.records.list(parts, {
      prefix: `${upload.uploadId}/`,
      after: partPlace(upload.uploadId, marker),
      limit: maxParts + 1,
    });
    const page = stored.slice(0, maxParts).map(({ value }) => value);
    return {
      Bucket: upload.bucket,
      Key: upload.key,
      UploadId: upload.uploadId,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
      MaxParts: maxParts,
      IsTruncated: stored.length > maxParts,
      Parts: page.map((part) => ({
        PartNumber: part.partNumber,
        LastModified: new Date(part.lastModifiedMillis),
        ETag: quotedEtag(part.etag),
        Size: part.segment.sizeBytes,
        ...(upload.checksum === null ? {} : checksumMember(part.checksum)),
      })),
      Initiator: { ID: upload.initiatorArn, DisplayName: upload.initiatorArn.split('/').at(-1) },
      Owner: { ID: canonicalUserId(upload.owner) },
      StorageClass: upload.storageClass as 'STANDARD',
      ...(upload.checksum === null
        ? {}
        : { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type }),
    };
  },
});
