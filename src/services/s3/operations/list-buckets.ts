import type { ListBucketsOutput, ListBucketsRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { canonicalUserId } from '../canonical-user.ts';
import { s3Errors } from '../errors.ts';
import { buckets, type S3Ports } from '../ports.ts';

const bucketsMax = 10_000;

/** spec: S3-BUCKET-6 */
export const listBuckets = operation<ListBucketsRequest, ListBucketsOutput, S3Ports, null>({
  name: 'ListBuckets',
  validate({ BucketRegion: region, MaxBuckets: count }) {
    if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
      throw s3Errors.invalidRegion({ region });
    if (count !== undefined && (count < 1 || count > bucketsMax))
      throw s3Errors.invalidArgument({
        message: `Argument max-buckets must be an integer between 1 and ${bucketsMax}`,
      });
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _resources, { caller }) => [
    { action: 's3:ListAllMyBuckets', resource: '*', resourceAccount: caller.account },
  ],
  async operate(input, _resources, { caller, ports: { records } }) {
    const all = await records.find(buckets, 'account', caller.account, {
      ...(input.Prefix === undefined ? {} : { prefix: input.Prefix }),
      ...(input.ContinuationToken === undefined ? {} : { after: bucketOfToken(input.ContinuationToken) }),
      limit: Infinity,
    });
    const matching = all.filter(
      ({ value }) =>
        !value.isBeingDeleted && (input.BucketRegion === undefined || value.region === input.BucketRegion),
    );
    const limit = input.MaxBuckets ?? bucketsMax;
    const page = matching.slice(0, limit);
    const last = page.at(-1);
    const isPaged =
      input.MaxBuckets !== undefined || input.BucketRegion !== undefined || input.Prefix !== undefined;
    return {
      Owner: { ID: canonicalUserId(caller.account) },
      Buckets: page.map(({ value: { name, region, createdAtMillis } }) => ({
        Name: name,
        CreationDate: new Date(createdAtMillis),
        ...(isPaged ? { BucketRegion: region } : {}),
      })),
      ...(input.Prefix === undefined ? {} : { Prefix: input.Prefix }),
      ...(matching.length > limit && last !== undefined
        ? { ContinuationToken: Buffer.from(last.key).toString('base64url') }
        : {}),
    };
  },
});

function bucketOfToken(token: string): string {
  return Buffer.from(token, 'base64url').toString('utf8');
}
