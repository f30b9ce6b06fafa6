/** Tags of keys. */
import type { Tag } from '@aws-sdk/client-kms';
import { lengthBetween, type ConstraintFault } from '../constraints.ts';
import { kmsErrors } from './errors.ts';

export const tagsMax = 50;

/** Faults of the shape, in AWS's words. */
export function tagFaults(tags: readonly Tag[] | undefined): readonly (ConstraintFault | null)[] {
  return (tags ?? []).flatMap((tag, index) => [
    lengthBetween(`tags.${index + 1}.member.tagKey`, tag.TagKey, 1, 128),
    lengthBetween(`tags.${index + 1}.member.tagValue`, tag.TagValue, 0, 256),
  ]);
}

/** The tags as pairs. @throws TagException */
export function readTags(tags: readonly Tag[] | undefined): readonly (readonly [string, string])[] {
  const pairs = (tags ?? []).map((tag) => [tag.TagKey ?? '', tag.TagValue ?? ''] as const);
  if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw kmsErrors.duplicateTagKeys();
  if (pairs.length > tagsMax) throw kmsErrors.tooManyTags();
  if (pairs.some(([key]) => key.toLowerCase().startsWith('aws:'))) throw kmsErrors.reservedTag();
  return pairs;
}
