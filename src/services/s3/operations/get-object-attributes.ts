import type { GetObjectAttributesOutput, GetObjectAttributesRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { requireObject, versionMember } from '../find-version.ts';
import type { ObjectVersion, S3Ports } from '../ports.ts';
import {
  assertReadInput,
  namedKey,
  readPermissions,
  resolveRead,
  type ReadResources,
} from '../read-operation.ts';
import { checksumMember } from '../upload-digests.ts';

/** Needs no key: what is known of an object stands beside it. spec: S3-OBJECT-7 */
export const getObjectAttributes = operation<
  GetObjectAttributesRequest,
  GetObjectAttributesOutput,
  S3Ports,
  ReadResources
>({
  name: 'GetObjectAttributes',
  validate: assertReadInput,
  resolve: resolveRead,
  authorization(input, resources, context) {
    const reading = { newest: 's3:GetObject', version: 's3:GetObjectVersion' };
    const attributes = { newest: 's3:GetObjectAttributes', version: 's3:GetObjectVersionAttributes' };
    return [reading, attributes].flatMap((names) => readPermissions(names)(input, resources, context));
  },
  async operate(input, { bucket, found }, context) {
    const version = (await requireObject(found, bucket, namedKey(input), context)).stored.value;
    const wanted = new Set<string>(input.ObjectAttributes);
    const { checksum, parts } = version;
    return {
      LastModified: new Date(version.lastModifiedMillis),
      ...versionMember(bucket, version),
      ...(wanted.has('ETag') ? { ETag: version.etag } : {}),
      ...(wanted.has('Checksum') && checksum !== null
        ? { Checksum: { ...checksumMember(checksum), ChecksumType: checksum.type } }
        : {}),
      ...(wanted.has('ObjectParts') && parts !== null
        ? { ObjectParts: partsPage(input, version, parts) }
        : {}),
      ...(wanted.has('StorageClass') ? { StorageClass: version.storageClass as 'STANDARD' } : {}),
      ...(wanted.has('ObjectSize') ? { ObjectSize: version.sizeBytes } : {}),
    };
  },
});

function partsPage(
  input: GetObjectAttributesRequest,
  { checksum }: ObjectVersion,
  parts: NonNullable<ObjectVersion['parts']>,
): NonNullable<GetObjectAttributesOutput['ObjectParts']> {
  const maxParts = Math.min(input.MaxParts ?? 1000, 1000);
  const marker = Number(input.PartNumberMarker ?? 0);
  const after = parts.filter(({ partNumber }) => partNumber > marker);
  const page = after.slice(0, maxParts);
  const shown = page.map(({ partNumber, sizeBytes, checksum: value }) => ({
    PartNumber: partNumber,
    Size: sizeBytes,
    ...(value === null || checksum === null ? {} : checksumMember({ algorithm: checksum.algorithm, value })),
  }));
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
    MaxParts: maxParts,
    IsTruncated: after.length > page.length,
    // Parts are listed one by one only where each has a checksum.
    ...(checksum?.type === 'COMPOSITE' ? { Parts: shown } : {}),
  };
}
