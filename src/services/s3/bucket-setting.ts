/**
 * The operations that read or change one setting of a bucket: all alike but for the setting.
 */
import { operation, type Operation } from '../operation.ts';
import { changeBucket } from './change-bucket.ts';
import { findBucket, type BucketInput, type FoundBucket, type S3Context } from './find-bucket.ts';
import { bucketPermission } from './permission.ts';
import type { BucketRecord, S3Ports } from './ports.ts';

/** An operation that answers with something of the bucket. */
export function readSetting<Input extends BucketInput, Output>(declared: {
  readonly name: string;
  readonly action: string;
  /** Throws where the bucket has no such setting. */
  readonly read: (bucket: BucketRecord) => Output;
}): Operation<Input, Output, S3Ports, FoundBucket> {
  return operation<Input, Output, S3Ports, FoundBucket>({
    name: declared.name,
    resolve: findBucket,
    authorization: (_input, { value: bucket }, context) => [
      bucketPermission(declared.action, bucket, context),
    ],
    operate: async (_input, { value: bucket }) => declared.read(bucket),
  });
}

/** An operation that changes something of the bucket and answers with nothing. */
export function writeSetting<Input extends BucketInput>(declared: {
  readonly name: string;
  readonly action: string;
  readonly validate?: (input: Input) => void;
  /** Throws where the bucket as it is does not permit it. May be called again with a newer bucket. */
  readonly write: (bucket: BucketRecord, input: Input, context: S3Context) => BucketRecord;
}): Operation<Input, object, S3Ports, FoundBucket> {
  return operation<Input, object, S3Ports, FoundBucket>({
    name: declared.name,
    ...(declared.validate === undefined ? {} : { validate: declared.validate }),
    resolve: findBucket,
    authorization: (_input, { value: bucket }, context) => [
      bucketPermission(declared.action, bucket, context),
    ],
    async operate(input, found, context) {
      await changeBucket(found, context, (bucket) => declared.write(bucket, input, context));
      return {};
    },
  });
}
