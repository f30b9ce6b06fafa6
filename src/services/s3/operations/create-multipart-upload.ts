import type { CreateMultipartUploadOutput, CreateMultipartUploadRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { expectRevision, put } from '../../records.ts';
import { callerName } from '../../../policy/caller-name.ts';
import { isCombinable } from '../checksums/combine.ts';
import { encryptionMembers, newDataKey } from '../encryption.ts';
import { s3Errors } from '../errors.ts';
import { findBucket, objectArn, type FoundBucket } from '../find-bucket.ts';
import { headersOf } from '../object-headers.ts';
import { lockOf } from '../object-lock.ts';
import { uploadPlace } from '../object-place.ts';
import { assertObjectWrite, objectWritePermissions } from '../object-write.ts';
import { ownershipOf } from '../ownership.ts';
import { buckets, uploads, type S3Ports, type UploadRecord } from '../ports.ts';
import { tagsOfHeader } from '../tags.ts';
import { parseChecksumName } from '../upload-digests.ts';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';
const idLength = 128;

/** One data key serves all parts; each part is encrypted under a key derived from it. spec: S3-PARTS-1, S3-KMS-1 */
export const createMultipartUpload = operation<
  CreateMultipartUploadRequest,
  CreateMultipartUploadOutput,
  S3Ports,
  FoundBucket
>({
  name: 'CreateMultipartUpload',
  validate(input) {
    assertObjectWrite(input);
    checksumOf(input);
  },
  resolve: findBucket,
  authorization: objectWritePermissions,
  async operate(input, found, context) {
    const key = input.Key ?? '';
    const bucket = found.value;
    const { owner, acl } = ownershipOf(input, bucket, context, {
      action: 's3:PutObject',
      resource: objectArn(bucket, key),
    });
    const { encryption } = await newDataKey(input, bucket, key, context);
    const checksum = checksumOf(input);
    const upload: UploadRecord = {
      uploadId: context.newToken(idLength, idAlphabet),
      bucket: bucket.name,
      key,
      initiatedAtMillis: context.nowMillis(),
      initiator: context.caller.account,
      initiatorArn: callerName(context.caller.principal),
      owner,
      headers: headersOf(input),
      storageClass: input.StorageClass ?? 'STANDARD',
      encryption,
      tags: tagsOfHeader(input.Tagging),
      acl,
      // Each part brings a digest of its own.
      ...lockOf(input, bucket, context.nowMillis(), true),
      checksum,
    };
    const outcome = await context.ports.records.commit([
      expectRevision(buckets, found.key, found.revision),
      put(uploads, uploadPlace(bucket.name, key, upload.uploadId), upload, { ifRevision: 0 }),
    ]);
    if (outcome === 'conflict') throw s3Errors.operationAborted();
    return {
      Bucket: bucket.name,
      Key: key,
      UploadId: upload.uploadId,
      ...encryptionMembers(encryption),
      ...(checksum === null ? {} : { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
    };
  },
});

/** @throws InvalidRequest the algorithm has no checksum of this type */
function checksumOf(input: CreateMultipartUploadRequest): UploadRecord['checksum'] {
  if (input.ChecksumAlgorithm === undefined) {
    if (input.ChecksumType !== undefined) throw s3Errors.checksumMissing();
    return null;
  }
  const algorithm = parseChecksumName(input.ChecksumAlgorithm);
  const type = input.ChecksumType ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  const isPossible = type === 'FULL_OBJECT' ? isCombinable(algorithm) : algorithm !== 'CRC64NVME';
  if (!isPossible) throw s3Errors.checksumTypeNotForAlgorithm({ type, algorithm: algorithm.toLowerCase() });
  return { algorithm, type };
}
