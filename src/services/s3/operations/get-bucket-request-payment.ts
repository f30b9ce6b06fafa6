import type { GetBucketRequestPaymentOutput, GetBucketRequestPaymentRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { settingOf } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const getBucketRequestPayment = readSetting<
  GetBucketRequestPaymentRequest,
  GetBucketRequestPaymentOutput
>({
  name: 'GetBucketRequestPayment',
  action: 's3:GetBucketRequestPayment',
  read: (bucket) => settingOf<GetBucketRequestPaymentOutput>(bucket, 'requestPayment') ?? {},
});
