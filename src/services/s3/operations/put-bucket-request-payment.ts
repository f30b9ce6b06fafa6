import type { PutBucketRequestPaymentRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const putBucketRequestPayment = writeSetting<PutBucketRequestPaymentRequest>({
  name: 'PutBucketRequestPayment',
  action: 's3:PutBucketRequestPayment',
  write(bucket, input) {
    if (input.RequestPaymentConfiguration === undefined) throw s3Errors.malformedXml();
    return withSetting(bucket, 'requestPayment', input.RequestPaymentConfiguration);
  },
});
