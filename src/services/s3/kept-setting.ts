/**
 * Settings of a bucket that are kept and given back, and do nothing here.
 * spec: S3-KEPT-1
 */
import type { BucketRecord } from './ports.ts';

/** The setting as it was put; `null`: it was not. */
// Which output it is, the operation that reads it knows: it stores the same member.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function settingOf<Output>(bucket: BucketRecord, name: string): Output | null {
  const kept = bucket.settings[name];
  // What was put through the SDK's schema of the same members; only its dates were made texts by the store.
  return kept === undefined ? null : (revived(kept) as Output);
}

/** `null` takes it away. */
export function withSetting(bucket: BucketRecord, name: string, value: unknown): BucketRecord {
  const others = Object.entries(bucket.settings).filter(([key]) => key !== name);
  return { ...bucket, settings: Object.fromEntries(value === null ? others : [...others, [name, value]]) };
}

/** Members that hold a moment are called `Date`: of lifecycle rules. */
function revived(value: unknown, name = ''): unknown {
  if (name === 'Date' && typeof value === 'string') return new Date(value);
  if (Array.isArray(value)) return value.map((item: unknown) => revived(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revived(member, key)]));
}
