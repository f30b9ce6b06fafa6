/** The parts that CompleteMultipartUpload names, against those that are there. spec: S3-PARTS-4, S3-SUM-5 */
import { createHash } from 'node:crypto';
import type { CompletedPart, CompleteMultipartUploadRequest } from '@aws-sdk/client-s3';
import { checksumOf } from './checksums/checksum.ts';
import { combineChecksums, isCombinable } from './checksums/combine.ts';
import { s3Errors } from './errors.ts';
import type { ObjectChecksum, PartRecord, UploadRecord } from './ports.ts';

export const partMinBytes = 5 * 1024 * 1024;

/**
 * The parts of the finished object, in order.
 *
 * @throws InvalidRequest, InvalidPartOrder, InvalidPart, EntityTooSmall
 */
export function chosenParts(
  named: readonly CompletedPart[],
  stored: readonly PartRecord[],
  upload: UploadRecord,
): readonly PartRecord[] {
  if (named.length === 0) throw s3Errors.noParts();
  const byNumber = new Map(stored.map((part) => [part.partNumber, part]));
  let before = 0;
  const chosen = named.map((part) => {
    const number = part.PartNumber ?? 0;
    if (number <= before) throw s3Errors.partOrder({}, { UploadId: upload.uploadId });
    before = number;
    return chosenPart(part, byNumber.get(number), upload);
  });
  for (const part of chosen.slice(0, -1)) {
    if (part.segment.sizeBytes < partMinBytes) throw tooSmall(part);
  }
  return chosen;
}

/** MD5 of the binary ETags, and how many they are: for every encryption. */
export function completedEtag(parts: readonly PartRecord[]): string {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(etag, 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
}

/** The checksum of the whole; `null` where the parts have none that can be put together. */
export function completedChecksum(parts: readonly PartRecord[], upload: UploadRecord): ObjectChecksum | null {
  const { algorithm, type } = upload.checksum ?? ({ algorithm: 'CRC64NVME', type: 'FULL_OBJECT' } as const);
  const values = parts.flatMap(({ checksum, segment }) =>
    checksum?.algorithm === algorithm ? [{ value: checksum.value, sizeBytes: segment.sizeBytes }] : [],
  );
  if (values.length < parts.length) return null;
  if (type === 'FULL_OBJECT')
    return isCombinable(algorithm) ? { algorithm, type, value: combineChecksums(algorithm, values) } : null;
  const joined = Buffer.concat(values.map(({ value }) => Buffer.from(value, 'base64')));
  const digest = Buffer.from(checksumOf(algorithm, joined)).toString('base64');
  return { algorithm, type, value: `${digest}-${parts.length}` };
}

/** @throws InvalidRequest, BadDigest the request expects another size or checksum of the whole */
export function assertCompleted(
  input: CompleteMultipartUploadRequest,
  checksum: ObjectChecksum | null,
  sizeBytes: number,
  upload: UploadRecord,
): void {
  if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== sizeBytes)
    throw s3Errors.objectSizeMismatch({ given: String(input.MpuObjectSize), computed: String(sizeBytes) });
  if (
    input.ChecksumType !== undefined &&
    upload.checksum !== null &&
    input.ChecksumType !== upload.checksum.type
  )
    throw s3Errors.checksumModeMismatch({ type: upload.checksum.type });
  if (checksum === null) return;
  const expected = input[`Checksum${checksum.algorithm}`];
  if (expected !== undefined && expected !== checksum.value)
    throw s3Errors.badChecksum({ algorithm: checksum.algorithm });
}

function chosenPart(named: CompletedPart, stored: PartRecord | undefined, upload: UploadRecord): PartRecord {
  const etag = named.ETag?.replace(/^"(.*)"$/, '$1');
  const { checksum } = upload;
  if (stored === undefined || etag !== stored.etag) throw invalidPart(named, etag, upload);
  if (checksum === null) return stored;
  const value = named[`Checksum${checksum.algorithm}`];
  if (value === undefined && checksum.type === 'COMPOSITE')
    throw s3Errors.partChecksumMissing({
      algorithm: checksum.algorithm.toLowerCase(),
      part: String(stored.partNumber),
    });
  if (value !== undefined && value !== stored.checksum?.value) throw invalidPart(named, etag, upload);
  return stored;
}

function invalidPart(named: CompletedPart, etag: string | undefined, upload: UploadRecord): Error {
  const members = { ETag: etag ?? '', PartNumber: String(named.PartNumber ?? 0), UploadId: upload.uploadId };
  return s3Errors.invalidPart({}, members);
}

function tooSmall(part: PartRecord): Error {
  return s3Errors.entityTooSmall(
    {},
    {
      ETag: part.etag,
      MinSizeAllowed: String(partMinBytes),
      PartNumber: String(part.partNumber),
      ProposedSize: String(part.segment.sizeBytes),
    },
  );
}
