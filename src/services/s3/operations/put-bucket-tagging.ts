import type { PutBucketTaggingRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { tagsOfBucket } from '../tags.ts';

/** spec: S3-TAG-1 */
export const putBucketTagging = writeSetting<PutBucketTaggingRequest>({
  name: 'PutBucketTagging',
  action: 's3:PutBucketTagging',
  write: (bucket, input) => ({ ...bucket, tags: tagsOfBucket(input.Tagging?.TagSet) }),
});
