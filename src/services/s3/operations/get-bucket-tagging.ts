import type { GetBucketTaggingOutput, GetBucketTaggingRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { tagSetOf } from '../tags.ts';

/** spec: S3-TAG-1 */
export const getBucketTagging = readSetting<GetBucketTaggingRequest, GetBucketTaggingOutput>({
  name: 'GetBucketTagging',
  action: 's3:GetBucketTagging',
  read({ name, tags }) {
    if (Object.keys(tags).length === 0) throw s3Errors.noSuchTagSet({}, { BucketName: name });
    return { TagSet: tagSetOf(tags) };
  },
});
