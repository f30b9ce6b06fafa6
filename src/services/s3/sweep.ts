/**
 * What a crash may leave behind, put right before the first request: blobs that no record names, and buckets that
 * were being deleted.
 * spec: S3-REST-4
 */
import type { Blobs } from '../blobs.ts';
import { put, type Records } from '../records.ts';
import { buckets, objects, parts, versions } from './ports.ts';
import { blobPrefix } from './store-body.ts';

/** Call before the server answers: a blob whose record is still to be written would be taken for an orphan. */
export async function sweepOrphans(records: Records, blobs: Blobs): Promise<void> {
  for await (const name of blobs.names()) {
    if (name.startsWith(blobPrefix) && !(await isNamed(records, name))) await blobs.delete(name);
  }
  for (const { key, value, revision } of await records.list(buckets, { limit: Infinity })) {
    if (value.isBeingDeleted)
      await records.commit([
        put(buckets, key, { ...value, isBeingDeleted: false }, { ifRevision: revision }),
      ]);
  }
}

async function isNamed(records: Records, blob: string): Promise<boolean> {
  const one = { limit: 1 };
  for (const collection of [objects, versions]) {
    if ((await records.find(collection, 'blob', blob, one)).length > 0) return true;
  }
  return (await records.find(parts, 'blob', blob, one)).length > 0;
}
