/** The bucket that a request names. */
import { parseAccountId } from '../../aws/account-id.ts';
import type { OperationContext } from '../operation.ts';
import type { Stored } from '../records.ts';
import { s3Errors } from './errors.ts';
import { buckets, type BucketRecord, type S3Ports } from './ports.ts';

export type S3Context = OperationContext<S3Ports>;
export type FoundBucket = Stored<BucketRecord>;

/** The members by which every request on a bucket names it. */
export interface BucketInput {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/**
 * The bucket, in this Region.
 *
 * @throws NoSuchBucket there is none; PermanentRedirect it is in another Region; AccessDenied it is not the expected owner's
 * spec: S3-BUCKET-1, S3-BUCKET-2, S3-BUCKET-3
 */
export async function findBucket(input: BucketInput, context: S3Context): Promise<FoundBucket> {
  const bucket = await findBucketAnywhere(input, context);
  const { name, region } = bucket.value;
  if (region === context.region) return bucket;
  const endpoint = `${name}.s3.${region}.amazonaws.com`;
  throw s3Errors.permanentRedirect(
    {},
    { Endpoint: endpoint, Bucket: name },
    { 'x-amz-bucket-region': region },
  );
}

/** The bucket, wherever it is. @throws NoSuchBucket there is none; AccessDenied it is not the expected owner's */
export async function findBucketAnywhere(input: BucketInput, context: S3Context): Promise<FoundBucket> {
  const name = input.Bucket ?? '';
  const bucket = await context.ports.records.get(buckets, name);
  if (bucket === null || bucket.value.isBeingDeleted) throw s3Errors.noSuchBucket({}, { BucketName: name });
  assertOwner(bucket.value, input.ExpectedBucketOwner);
  return bucket;
}

export function bucketArn({ partition, name }: BucketRecord): string {
  return `arn:${partition}:s3:::${name}`;
}

export function objectArn(bucket: BucketRecord, key: string): string {
  return `${bucketArn(bucket)}/${key}`;
}

// spec: S3-BUCKET-3
function assertOwner(bucket: BucketRecord, expected: string | undefined): void {
  if (expected === undefined) return;
  if (parseAccountId(expected) === null) throw s3Errors.invalidExpectedOwner({ value: expected });
  if (expected !== bucket.account) throw s3Errors.accessDenied();
}
