/** Where a user or role is named outside of IAM: each service that keeps policies or grants has a line here. */
import type { IamPorts } from '../services/iam/ports.ts';
import { changesInKeys } from '../services/kms/deleted-principal.ts';
import type { Records } from '../services/records.ts';
import { changesInBuckets } from '../services/s3/deleted-principal.ts';
import { changesInTopics } from '../services/sns/deleted-principal.ts';

const changesIn = [changesInKeys, changesInBuckets, changesInTopics] as const;

export function principalMentions(records: Records): IamPorts['principalMentions'] {
  return {
    changesForDeleted: async (deleted) =>
      (await Promise.all(changesIn.map((changes) => changes(records, deleted)))).flat(),
  };
}
