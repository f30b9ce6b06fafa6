/** The upload in parts that a request names. spec: S3-PARTS-1 */
import type { Stored } from '../records.ts';
import { s3Errors } from './errors.ts';
import { findBucket, type BucketInput, type FoundBucket, type S3Context } from './find-bucket.ts';
import { assertObjectKey } from './find-version.ts';
import { uploadPlace } from './object-place.ts';
import { uploads, type UploadRecord } from './ports.ts';

export const partNumberMax = 10_000;

export interface UploadInput extends BucketInput {
  readonly Key?: string | undefined;
  readonly UploadId?: string | undefined;
}

export interface FoundUpload {
  readonly bucket: FoundBucket;
  /** `null`: there is none, which is told only to who may ask. */
  readonly upload: Stored<UploadRecord> | null;
}

export async function findUpload(input: UploadInput, context: S3Context): Promise<FoundUpload> {
  const bucket = await findBucket(input, context);
  return { bucket, upload: await storedUpload(input, context) };
}

export async function storedUpload(
  input: UploadInput,
  context: S3Context,
): Promise<Stored<UploadRecord> | null> {
  const { Bucket = '', Key = '', UploadId = '' } = input;
  return UploadId === '' || UploadId.includes('\0')
    ? null
    : context.ports.records.get(uploads, uploadPlace(Bucket, Key, UploadId));
}

/** @throws NoSuchUpload */
export function requireUpload(upload: Stored<UploadRecord> | null, input: UploadInput): Stored<UploadRecord> {
  if (upload === null) throw s3Errors.noSuchUpload({}, { UploadId: input.UploadId ?? '' });
  return upload;
}

/** @throws KeyTooLongError, InvalidURI, InvalidArgument */
export function assertPartInput(input: UploadInput & { readonly PartNumber?: number | undefined }): void {
  assertObjectKey(input.Key ?? '');
  const { PartNumber: number = 0 } = input;
  if (!Number.isInteger(number) || number < 1 || number > partNumberMax)
    throw s3Errors.partNumber({}, { ArgumentName: 'partNumber', ArgumentValue: String(number) });
}
