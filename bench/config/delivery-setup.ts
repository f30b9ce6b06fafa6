/** A setup whose recorder's role delivers to an encrypted bucket of its own account. */
export function deliverySetup({ account, region }: { readonly account: string; readonly region: string }) {
  const roleARN = `arn:aws:iam::${account}:role/config`;
  const s3KmsKeyArn = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const s3BucketName = `config-logs-${account}`;
  const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
  const trusted = {
    Effect: 'Allow',
    Principal: { Service: 'config.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const delivers = { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' };
  const administered = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return {
    complete: true,
    organization: null,
    recorder: { account, region, roleARN },
    deliveryChannel: { s3BucketName, s3KmsKeyArn },
    roles: [
      {
        arn: roleARN,
        trustPolicy: document(trusted),
        policies: [{ name: 'delivery', document: document(delivers) }],
      },
    ],
    buckets: [{ name: s3BucketName, account, region, policy: null, encryption: null }],
    keys: [{ arn: s3KmsKeyArn, policy: document(administered) }],
    topics: [],
  };
}
