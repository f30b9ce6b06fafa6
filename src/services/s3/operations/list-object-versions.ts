import type {
  DeleteMarkerEntry,
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
  ObjectVersion as ListedVersion,
} from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { canonicalUserId } from '../canonical-user.ts';
import { s3Errors } from '../errors.ts';
import { findBucket, type FoundBucket } from '../find-bucket.ts';
import { shownVersionId } from '../find-version.ts';
import { listedObject } from '../listed-object.ts';
import { assertEncodingType, encodedKey, maxKeysOf } from '../list-page.ts';
import { versionPage } from '../version-page.ts';
import { bucketPermission, textEntries } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

/** spec: S3-LIST-5 */
export const listObjectVersions = operation<
  ListObjectVersionsRequest,
  ListObjectVersionsOutput,
  S3Ports,
  FoundBucket
>({
  name: 'ListObjectVersions',
  validate(input) {
    assertEncodingType(input.EncodingType);
    maxKeysOf(input.MaxKeys);
    if (input.VersionIdMarker !== undefined && input.KeyMarker === undefined)
      throw s3Errors.versionMarkerAlone(
        {},
        { ArgumentName: 'version-id-marker', ArgumentValue: input.VersionIdMarker },
      );
  },
  resolve: findBucket,
  authorization: (input, { value: bucket }, context) => [
    bucketPermission(
      's3:ListBucketVersions',
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
    const { EncodingType: encoding, KeyMarker: keyMarker, VersionIdMarker: versionIdMarker } = input;
    const maxKeys = maxKeysOf(input.MaxKeys);
    const page = await versionPage(
      {
        bucket: bucket.name,
        prefix: input.Prefix ?? '',
        delimiter: input.Delimiter ?? '',
        keyMarker: keyMarker ?? null,
        versionIdMarker: versionIdMarker ?? null,
        maxKeys,
      },
      context,
    );
    const versions: ListedVersion[] = [];
    const markers: DeleteMarkerEntry[] = [];
    for (const { record, isLatest } of page.entries) {
      const members = {
        Key: encodedKey(record.key, encoding),
        VersionId: shownVersionId(record),
        IsLatest: isLatest,
        LastModified: new Date(record.lastModifiedMillis),
        Owner: { ID: canonicalUserId(record.owner) },
      };
      if (record.kind === 'delete-marker') markers.push(members);
      else versions.push({ ...listedObject(record, encoding), ...members, StorageClass: 'STANDARD' });
    }
    return {
      Name: bucket.name,
      Prefix: encodedKey(input.Prefix ?? '', encoding),
      ...(input.Delimiter === undefined ? {} : { Delimiter: encodedKey(input.Delimiter, encoding) }),
      KeyMarker: encodedKey(keyMarker ?? '', encoding),
      VersionIdMarker: versionIdMarker ?? '',
      MaxKeys: maxKeys,
      IsTruncated: page.next !== null,
      ...(page.next === null
        ? {}
        : {
            NextKeyMarker: encodedKey(page.next.key, encoding),
            ...(page.next.versionId === null ? {} : { NextVersionIdMarker: page.next.versionId }),
          }),
      ...(encoding === undefined ? {} : { EncodingType: encoding }),
      Versions: versions,
      DeleteMarkers: markers,
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encodedKey(prefix, encoding) })),
    };
  },
});
