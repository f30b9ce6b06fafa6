import type { _Object } from '@aws-sdk/client-s3';
import { quotedEtag } from './conditions.ts';
import { encodedKey } from './list-page.ts';
import type { ObjectVersion } from './ports.ts';

/** An object as listings show it. */
export function listedObject(version: ObjectVersion, encoding: string | undefined): _Object {
  const { checksum } = version;
  return {
    Key: encodedKey(version.key, encoding),
    LastModified: new Date(version.lastModifiedMillis),
    ETag: quotedEtag(version.etag),
    ...(checksum === null ? {} : { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    Size: version.sizeBytes,
    StorageClass: version.storageClass as 'STANDARD',
  };
}
