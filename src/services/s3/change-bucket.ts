/** Changes of a bucket that lose nothing another request wrote meanwhile. */
import { put } from '../records.ts';
import { s3Errors } from './errors.ts';
import type { FoundBucket, S3Context } from './find-bucket.ts';
import { buckets, type BucketRecord } from './ports.ts';

/** Ten writers of one bucket's settings at once are already unheard of. */
const attemptsMax = 10;

/**
 * Stores what `change` makes of the bucket. It may be called again with a newer bucket; it throws where the newer
 * one does not permit the operation.
 *
 * @throws NoSuchBucket the bucket is gone; OperationAborted others were faster every time
 */
export async function changeBucket(
  found: FoundBucket,
  context: S3Context,
  change: (bucket: BucketRecord) => BucketRecord,
): Promise<BucketRecord> {
  const { records } = context.ports;
  let current: FoundBucket | null = found;
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    if (current === null || current.value.isBeingDeleted)
      throw s3Errors.noSuchBucket({}, { BucketName: found.key });
    const next = change(current.value);
    const outcome = await records.commit([put(buckets, found.key, next, { ifRevision: current.revision })]);
    if (outcome === 'committed') return next;
    current = await records.get(buckets, found.key);
  }
  throw s3Errors.operationAborted();
}
