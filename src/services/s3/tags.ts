/** Tags of buckets and objects. spec: S3-TAG-1, S3-TAG-2 */
import type { Tag } from '@aws-sdk/client-s3';
import { s3Errors } from './errors.ts';

export type Tags = Readonly<Record<string, string>>;

const bucketTagsMax = 50;
const objectTagsMax = 10;

/** @throws MalformedXML, InvalidTag, BadRequest */
export function tagsOfBucket(list: readonly Tag[] | undefined): Tags {
  const tags = tagsOf(list, () => s3Errors.systemTag());
  if (Object.keys(tags).length > bucketTagsMax) throw s3Errors.tooManyBucketTags();
  return tags;
}

/** @throws MalformedXML, InvalidTag, BadRequest */
export function tagsOfObject(list: readonly Tag[] | undefined): Tags {
  if ((list ?? []).length > objectTagsMax) throw s3Errors.tooManyObjectTags();
  return tagsOf(list, () => s3Errors.objectSystemTag());
}

/** The tags of an `x-amz-tagging` header. @throws InvalidArgument, InvalidTag, BadRequest */
export function tagsOfHeader(header: string | undefined): Tags {
  if (header === undefined || header === '') return {};
  const pairs = [...new URLSearchParams(header)];
  const isMalformed =
    /%(?![0-9A-Fa-f]{2})/.test(header) ||
    pairs.some(([key]) => key === '') ||
    new Set(pairs.map(([key]) => key)).size < pairs.length;
  if (isMalformed) throw s3Errors.taggingHeader({}, { ArgumentName: 'x-amz-tagging', ArgumentValue: header });
  return tagsOfObject(pairs.map(([Key, Value]) => ({ Key, Value })));
}

export function tagSetOf(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function tagsOf(list: readonly Tag[] | undefined, systemTag: () => Error): Tags {
  if (list === undefined) throw s3Errors.malformedXml();
  const tags = new Map<string, string>();
  for (const { Key: key, Value: value } of list) {
    if (key === undefined || value === undefined) throw s3Errors.malformedXml();
    if (tags.has(key)) throw s3Errors.duplicateTags({}, { TagKey: key });
    if (key.startsWith('aws:')) throw systemTag();
    if (key === '' || key.length > 128 || !isTagText(key)) throw s3Errors.invalidTagKey({}, { TagKey: key });
    if (value.length > 256 || !isTagText(value))
      throw s3Errors.invalidTagValue({}, { TagKey: key, TagValue: value });
    tags.set(key, value);
  }
  return Object.fromEntries(tags);
}

function isTagText(text: string): boolean {
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text);
}
