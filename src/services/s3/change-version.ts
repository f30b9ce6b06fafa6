/** Changes what stands beside an object's bytes: tags, ACL, retention. */
import { put } from '../records.ts';
import { s3Errors } from './errors.ts';
import type { FoundBucket, S3Context } from './find-bucket.ts';
import { findVersion, requireObject, type FoundVersion } from './find-version.ts';
import { objects, versions, type ObjectVersion } from './ports.ts';

const attemptsMax = 10;

/**
 * Stores what `change` makes of the version. It may be called again with a newer one.
 *
 * @throws NoSuchKey, NoSuchVersion, AccessDenied, OperationAborted
 */
export async function changeVersion(
  first: FoundVersion | null,
  bucket: FoundBucket,
  named: { readonly key: string; readonly versionId: string | undefined },
  context: S3Context,
  change: (version: ObjectVersion) => ObjectVersion,
): Promise<ObjectVersion> {
  let found = first;
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const { stored, isNewest } = await requireObject(found, bucket, named, context);
    const next = change(stored.value);
    const outcome = await context.ports.records.commit([
      put(isNewest ? objects : versions, stored.key, next, {
        ifRevision: stored.revision,
        ...(stored.body === null ? {} : { body: stored.body }),
      }),
    ]);
    if (outcome === 'committed') return next;
    found = await findVersion(bucket.value.name, named.key, named.versionId, context);
  }
  throw s3Errors.operationAborted();
}
