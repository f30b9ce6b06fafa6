import type { ListMultipartUploadsOutput, ListMultipartUploadsRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { canonicalUserId } from '../canonical-user.ts';
import { s3Errors } from '../errors.ts';
import { findBucket, type FoundBucket } from '../find-bucket.ts';
import { assertEncodingType, commonPrefixOf, encodedKey } from '../list-page.ts';
import { objectPlace, uploadPlace } from '../object-place.ts';
import { bucketPermission, textEntries } from '../permission.ts';
import { uploads, type S3Ports, type UploadRecord } from '../ports.ts';

const uploadsMax = 1000;

/** spec: S3-PARTS-6 */
export const listMultipartUploads = operation<
  ListMultipartUploadsRequest,
  ListMultipartUploadsOutput,
  S3Ports,
  FoundBucket
>({
  name: 'ListMultipartUploads',
  validate: (input) => {
    assertEncodingType(input.EncodingType);
  },
  resolve: findBucket,
  authorization: (input, { value: bucket }, context) => [
    bucketPermission(
      's3:ListBucketMultipartUploads',
      bucket,
      context,
      textEntries([
        ['s3:prefix', input.Prefix],
        ['s3:delimiter', input.Delimiter],
      ]),
    ),
  ],
  async operate(input, { value: bucket }, { ports: { records } }) {
    const {
      EncodingType: encoding,
      Prefix: prefix = '',
      Delimiter: delimiter = '',
      KeyMarker,
      UploadIdMarker,
    } = input;
    const limit = Math.min(Math.max(input.MaxUploads ?? uploadsMax, 0), uploadsMax);
    if (KeyMarker !== undefined && UploadIdMarker !== undefined) {
      const marked = await records.get(uploads, uploadPlace(bucket.name, KeyMarker, UploadIdMarker));
      if (marked === null)
        throw s3Errors.uploadIdMarker(
          {},
          { ArgumentName: 'upload-id-marker', ArgumentValue: UploadIdMarker },
        );
    }
    const stored = await records.list(uploads, {
      prefix: objectPlace(bucket.name, prefix),
      ...(KeyMarker === undefined ? {} : { after: behind(bucket.name, KeyMarker, UploadIdMarker) }),
      limit: Infinity,
    });
    const shown: UploadRecord[] = [];
    const commonPrefixes = new Set<string>();
    let last: UploadRecord | null = null;
    let isTruncated = false;
    for (const { value } of stored) {
      const common = commonPrefixOf(value.key, prefix, delimiter);
      if (common !== null && commonPrefixes.has(common)) continue;
      if (shown.length + commonPrefixes.size === limit) {
        isTruncated = true;
        break;
      }
      if (common === null) shown.push(value);
      else commonPrefixes.add(common);
      last = value;
    }
    return {
      Bucket: bucket.name,
      KeyMarker: encodedKey(KeyMarker ?? '', encoding),
      UploadIdMarker: UploadIdMarker ?? '',
      ...(isTruncated && last !== null
        ? { NextKeyMarker: encodedKey(last.key, encoding), NextUploadIdMarker: last.uploadId }
        : {}),
      ...(input.Delimiter === undefined ? {} : { Delimiter: encodedKey(delimiter, encoding) }),
      Prefix: encodedKey(prefix, encoding),
      ...(encoding === undefined ? {} : { EncodingType: encoding }),
      MaxUploads: limit,
      IsTruncated: isTruncated,
      Uploads: shown.map((upload) => ({
        UploadId: upload.uploadId,
        Key: encodedKey(upload.key, encoding),
        Initiated: new Date(upload.initiatedAtMillis),
        StorageClass: upload.storageClass as 'STANDARD',
        Owner: { ID: canonicalUserId(upload.owner) },
        Initiator: { ID: upload.initiatorArn },
        ...(upload.checksum === null
          ? {}
          : { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type }),
      })),
      CommonPrefixes: [...commonPrefixes].map((common) => ({ Prefix: encodedKey(common, encoding) })),
    };
  },
});

/** Behind this upload, or without an upload behind all of this key. */
function behind(bucket: string, keyMarker: string, uploadIdMarker: string | undefined): string {
  return uploadPlace(bucket, keyMarker, uploadIdMarker ?? '\u{10ffff}');
}
