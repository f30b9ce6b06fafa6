import type { ListObjectsOutput, ListObjectsRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { canonicalUserId } from '../canonical-user.ts';
import { findBucket, type FoundBucket } from '../find-bucket.ts';
import { listedObject } from '../listed-object.ts';
import { assertEncodingType, encodedKey, listPage, maxKeysOf } from '../list-page.ts';
import { bucketPermission, textEntries } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

/** Where the next page begins is said only where a delimiter hides the last key. spec: S3-LIST-4 */
export const listObjects = operation<ListObjectsRequest, ListObjectsOutput, S3Ports, FoundBucket>({
  name: 'ListObjects',
  validate(input) {
    assertEncodingType(input.EncodingType);
    maxKeysOf(input.MaxKeys);
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
    const { EncodingType: encoding, Marker: marker } = input;
    const maxKeys = maxKeysOf(input.MaxKeys);
    const delimiter = input.Delimiter ?? '';
    const page = await listPage(
      { bucket: bucket.name, prefix: input.Prefix ?? '', delimiter, after: marker ?? null, maxKeys },
      context,
    );
    return {
      Name: bucket.name,
      Prefix: encodedKey(input.Prefix ?? '', encoding),
      Marker: encodedKey(marker ?? '', encoding),
      ...(input.Delimiter === undefined ? {} : { Delimiter: encodedKey(delimiter, encoding) }),
      MaxKeys: maxKeys,
      IsTruncated: page.next !== null,
      ...(page.next === null || delimiter === '' ? {} : { NextMarker: encodedKey(page.next, encoding) }),
      ...(encoding === undefined ? {} : { EncodingType: encoding }),
      Contents: page.versions.map((version) => ({
        ...listedObject(version, encoding),
        Owner: { ID: canonicalUserId(version.owner) },
      })),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encodedKey(prefix, encoding) })),
    };
  },
});
