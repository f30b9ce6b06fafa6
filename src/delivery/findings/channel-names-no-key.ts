import { awsPages } from '../../lint/aws-page.ts';
import type { DeliveryRule } from '../delivery-rule.ts';

/** spec: DLV-CTX-5 */
export const channelNamesNoKey: DeliveryRule = {
  code: 'channel-names-no-key',
  severity: 'warning',
  title: "the key is only the bucket's default: the channel does not name it",
  why: 'AWS documents that without s3KmsKeyArn files arrive with SSE-S3; what people see is that AWS Config sends no encryption header and the bucket default decides. With s3KmsKeyArn there is no doubt, and bucket policies that ask for the header are met.',
  url: awsPages.configKeyPolicy,
  *find({ situation }) {
    const { delivery, bucket } = situation;
    if (delivery.key === null || delivery.channelKey !== null || bucket.state !== 'found') return;
    yield {
      message: `the delivery channel names no s3KmsKeyArn, so the bucket's default key \`${delivery.key.arn}\` is taken to encrypt, which AWS does not document for AWS Config`,
      next: `write \`${delivery.key.arn}\` as the channel's s3KmsKeyArn`,
      source: 'deliveryChannel',
      pointer: '',
    };
  },
};
