import type { ListObjectsV2Output, ListObjectsV2Request } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { canonicalUserId } from '../canonical-user.ts';
import { s3Errors } from '../errors.ts';
import { findBucket, type FoundBucket } from '../find-bucket.ts';
import { listedObject } from '../listed-object.ts';
import { assertEncodingType, encodedKey, listPage, maxKeysOf } from '../list-page.ts';
import { bucketPermission, textEntries } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

/** spec: S3-LIST-1, S3-LIST-2, S3-LIST-3 */
export const listObjectsV2 = operation<ListObjectsV2Request, ListObjectsV2Output, S3Ports, FoundBucket>({
  name: 'ListObjectsV2',
  validate(input) {
    assertEncodingType(input.EncodingType);
    maxKeysOf(input.MaxKeys);
    if (input.ContinuationToken !== undefined) keyOfToken(input.ContinuationToken);
  },
  resolve: findBucket,
  authorization: (input, { value: bucket }, context) => [
    bucketPermission(
      's3:ListBucket',
      bucket,
      context,
      textEntries([
        ['s3:prefix', input.Prefix],
        ['s3:delimiter', input.Delimiter],
        ['s3:max-keys', input.MaxKeys],
      ]),
    ),
  ],
  async operate(input, { value: bucket }, context) {
    const { ContinuationToken: token, StartAfter: startAfter, EncodingType: encoding } = input;
    const maxKeys = maxKeysOf(input.MaxKeys);
    const page = await listPage(
      {
        bucket: bucket.name,
        prefix: input.Prefix ?? '',
        delimiter: input.Delimiter ?? '',
        after: token === undefined ? (startAfter ?? null) : keyOfToken(token),
        maxKeys,
      },
      context,
    );
    const ownerOf = (owner: string) =>
      input.FetchOwner === true ? { Owner: { ID: canonicalUserId(owner) } } : {};
    return {
      Name: bucket.name,
      Prefix: encodedKey(input.Prefix ?? '', encoding),
      ...(input.Delimiter === undefined ? {} : { Delimiter: encodedKey(input.Delimiter, encoding) }),
      MaxKeys: maxKeys,
      KeyCount: page.versions.length + page.commonPrefixes.length,
      IsTruncated: page.next !== null,
      ...(token === undefined ? {} : { ContinuationToken: token }),
      ...(page.next === null ? {} : { NextContinuationToken: tokenOf(page.next) }),
      ...(startAfter === undefined ? {} : { StartAfter: encodedKey(startAfter, encoding) }),
      ...(encoding === undefined ? {} : { EncodingType: encoding }),
      Contents: page.versions.map((version) => ({
        ...listedObject(version, encoding),
        ...ownerOf(version.owner),
      })),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encodedKey(prefix, encoding) })),
    };
  },
});

/** Opaque to clients: the key after which the next page goes on. */
function tokenOf(key: string): string {
  return `1${Buffer.from(key).toString('base64url')}`;
}

function keyOfToken(token: string): string {
  const key = Buffer.from(token.slice(1), 'base64url').toString('utf8');
  if (tokenOf(key) !== token)
    throw s3Errors.invalidToken({}, { ArgumentName: 'continuation-token', ArgumentValue: token });
  return key;
}
