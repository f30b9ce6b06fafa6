/** Tags of topics. */
import type { Tag } from '@aws-sdk/client-sns';
import { snsErrors } from './errors.ts';

const tagsMax = 50;

/** @throws InvalidParameter */
export function readTags(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  const pairs = (tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  if (pairs.some(([key]) => key === '' || key.length > 128 || key.toLowerCase().startsWith('aws:')))
    throw snsErrors.invalidParameter({ what: 'Tag key' });
  if (new Set(pairs.map(([key]) => key)).size !== pairs.length)
    throw snsErrors.invalidParameter({ what: 'Duplicated keys are not allowed.' });
  if (pairs.length > tagsMax) throw snsErrors.invalidParameter({ what: 'Tags Reason: too many tags' });
  return Object.fromEntries(pairs);
}
