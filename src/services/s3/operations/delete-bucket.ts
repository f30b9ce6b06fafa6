import type { DeleteBucketRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { changeBucket } from '../change-bucket.ts';
import { s3Errors } from '../errors.ts';
import { findBucket, type FoundBucket, type S3Context } from '../find-bucket.ts';
import { bucketPrefix } from '../object-place.ts';
import { bucketPermission } from '../permission.ts';
import { buckets, objects, parts, uploads, versions, type S3Ports } from '../ports.ts';
import { dropBlobs } from '../store-body.ts';

/**
 * The bucket is marked first, which every write notices; only then is it asked whether it is empty. So no object
 * can come into it between the question and its end.
 * spec: S3-BUCKET-7
 */
export const deleteBucket = operation<DeleteBucketRequest, object, S3Ports, FoundBucket>({
  name: 'DeleteBucket',
  resolve: findBucket,
  authorization: (_input, { value: bucket }, context) => [
    bucketPermission('s3:DeleteBucket', bucket, context),
  ],
  async operate(_input, found, context) {
    await changeBucket(found, context, (bucket) => ({ ...bucket, isBeingDeleted: true }));
    const refusal = await refusalOf(found.key, context);
    if (refusal === null) {
      await dropUploads(found.key, context);
      await context.ports.records.commit([remove(buckets, found.key)]);
    } else await unmark(found.key, context);
    if (refusal !== null) throw refusal;
    return {};
  },
});

async function refusalOf(name: string, { ports: { records } }: S3Context): Promise<Error | null> {
  const one = { prefix: bucketPrefix(name), limit: 1 };
  const covered = await records.list(versions, one);
  const [newest] = await records.list(objects, one);
  if (covered.length > 0 || newest?.value.kind === 'delete-marker')
    return s3Errors.bucketHasVersions({}, { BucketName: name });
  return newest === undefined ? null : s3Errors.bucketNotEmpty({}, { BucketName: name });
}

/** Uploads that never ended keep no bucket. */
async function dropUploads(name: string, context: S3Context): Promise<void> {
  const { records } = context.ports;
  for (const { key, value } of await records.list(uploads, { prefix: bucketPrefix(name), limit: Infinity })) {
    const stored = await records.list(parts, { prefix: `${value.uploadId}/`, limit: Infinity });
    await records.commit([remove(uploads, key), ...stored.map((part) => remove(parts, part.key))]);
    await dropBlobs(
      stored.map((part) => part.value.segment.blob),
      context,
    );
  }
}

async function unmark(name: string, context: S3Context): Promise<void> {
  const marked = await context.ports.records.get(buckets, name);
  if (marked === null) return;
  const unmarked = { ...marked, value: { ...marked.value, isBeingDeleted: false } };
  await changeBucket({ ...unmarked, revision: marked.revision }, context, (bucket) => ({
    ...bucket,
    isBeingDeleted: false,
  }));
}
