/** Stores one part of an upload, in place of an earlier one of its number. spec: S3-PARTS-2 */
import type { Payload } from '../operation.ts';
import { expectRevision, put, type Stored } from '../records.ts';
import { isKms, openDataKey } from './encryption.ts';
import { s3Errors } from './errors.ts';
import type { FoundBucket, S3Context } from './find-bucket.ts';
import { storedUpload } from './find-upload.ts';
import { objectPlace, partPlace } from './object-place.ts';
import { parts, uploads, type PartRecord, type UploadRecord } from './ports.ts';
import { dropBlobs, segmentOf, storeBody } from './store-body.ts';
import { digestingStream, type DigestInput } from './upload-digests.ts';

const attemptsMax = 10;

/** @throws NoSuchUpload the upload ended meanwhile; what KMS and the checks of the body throw */
export async function writePart(
  upload: Stored<UploadRecord>,
  bucket: FoundBucket,
  part: { readonly partNumber: number; readonly digests: DigestInput; readonly payload: Payload },
  context: S3Context,
): Promise<PartRecord> {
  const { key, uploadId, encryption, checksum: expected } = upload.value;
  const dataKey = await openDataKey(encryption, bucket.value, key, context);
  const isMd5Etag = !isKms(encryption.sseAlgorithm);
  const wants = { md5: isMd5Etag, checksum: expected?.algorithm ?? 'CRC64NVME' };
  const body = digestingStream(part.digests, part.payload, wants);
  const place = objectPlace(bucket.value.name, key);
  const stored = await storeBody(body.stream, dataKey, place, context, { alwaysAsBlob: true });
  try {
    const { sizeBytes, md5, checksum } = body.digested();
    if (expected !== null && expected.algorithm !== checksum.algorithm)
      throw s3Errors.checksumTypeMismatch({
        expected: expected.algorithm.toLowerCase(),
        actual: checksum.algorithm.toLowerCase(),
      });
    const record: PartRecord = {
      uploadId,
      partNumber: part.partNumber,
      etag: Buffer.from(isMd5Etag && md5 !== null ? md5 : context.randomBytes(16)).toString('hex'),
      lastModifiedMillis: context.nowMillis(),
      segment: segmentOf(stored, sizeBytes),
      checksum,
    };
    await commitPart(record, upload, context);
    return record;
  } catch (error) {
    await dropBlobs([stored.blob], context);
    throw error;
  }
}

async function commitPart(
  record: PartRecord,
  upload: Stored<UploadRecord>,
  context: S3Context,
): Promise<void> {
  const { records } = context.ports;
  const place = partPlace(record.uploadId, record.partNumber);
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const earlier = await records.get(parts, place);
    const outcome = await records.commit([
      expectRevision(uploads, upload.key, upload.revision),
      put(parts, place, record, { ifRevision: earlier?.revision ?? 0 }),
    ]);
    if (outcome === 'committed') return dropBlobs([earlier?.value.segment.blob ?? null], context);
    const { bucket, key, uploadId } = upload.value;
    const isThere = (await storedUpload({ Bucket: bucket, Key: key, UploadId: uploadId }, context)) !== null;
    if (!isThere) throw s3Errors.noSuchUpload({}, { UploadId: uploadId });
  }
  throw s3Errors.operationAborted();
}
