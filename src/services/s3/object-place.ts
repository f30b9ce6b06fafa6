/** Under which keys the store holds what belongs to an object, and in which order. */

export const objectKeyMaxBytes = 1024;

/** The record of an object's newest version; every object of a bucket begins with `bucketPrefix`. */
export function objectPlace(bucket: string, key: string): string {
  return `${bucket}/${key}`;
}

export function bucketPrefix(bucket: string): string {
  return `${bucket}/`;
}

/** What the records of all covered versions of one key begin with. No key holds a NUL (spec: S3-KEY-1). */
export function versionsPrefix(bucket: string, key: string): string {
  return `${bucket}/${key}\0`;
}

/**
 * The record of a covered version. Later ones come first in byte order: the moment counts down.
 *
 * @param order what tells versions of one millisecond apart: the revision of the object's record
 */
export function versionPlace(
  bucket: string,
  key: string,
  covered: { readonly lastModifiedMillis: number; readonly order: number },
): string {
  const moment = String(latestMillis - covered.lastModifiedMillis).padStart(16, '0');
  const order = String(latestOrder - covered.order).padStart(16, '0');
  return `${versionsPrefix(bucket, key)}${moment}${order}`;
}

/** The last moment that a JavaScript date can hold. */
const latestMillis = 8_640_000_000_000_000;
const latestOrder = Number.MAX_SAFE_INTEGER;

export function uploadPlace(bucket: string, key: string, uploadId: string): string {
  return `${bucket}/${key}\0${uploadId}`;
}

export function partPlace(uploadId: string, partNumber: number): string {
  return `${uploadId}/${String(partNumber).padStart(5, '0')}`;
}
