import type { PutBucketCorsRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const putBucketCors = writeSetting<PutBucketCorsRequest>({
  name: 'PutBucketCors',
  action: 's3:PutBucketCORS',
  write(bucket, input) {
    if (input.CORSConfiguration === undefined) throw s3Errors.malformedXml();
    return withSetting(bucket, 'cors', input.CORSConfiguration);
  },
});
