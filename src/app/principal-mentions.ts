/** Where a user or role is named outside of IAM: each service that keeps policies or grants has a line here. */
import type { IamPorts } from '../services/iam/ports.ts';
import { changesInKeys } from '../services/kms/deleted-principal.ts';
import type { Records } from '../services/records.ts';
import { changesInBuckets } from '../services/s3/deleted-principal.ts';

export function principalMentions(records: Records): IamPorts['principalMentions'] {
  return {
    changesForDeleted: async (deleted) =>
      (await Promise.all([changesInKeys(records, deleted), changesInBuckets(records, deleted)])).flat(),
  };
}
