/**
 * The setup documents of what is stored: one for each recorder, complete, so that `check` judges exactly what a
 * delivery would meet.
 * spec: SRV-SETUP-2
 */
import type { Records } from '../services/records.ts';
import { recorderEntries } from '../services/config/setup-form.ts';
import { roleEntries, userEntries } from '../services/iam/setup-form.ts';
import { keyEntries } from '../services/kms/setup-form.ts';
import { topicEntries } from '../services/sns/setup-form.ts';
import { isConfigServiceLinkedRole } from '../delivery/plan.ts';
import { bucketEntries } from './bucket-form.ts';
import { organizationEntry } from './organization.ts';

export async function exportSetups(
  records: Records,
  selector: { readonly account: string | null; readonly region: string | null },
  nowMillis: number,
): Promise<readonly unknown[]> {
  const recorders = (await recorderEntries(records)).filter(
    ({ recorder }) =>
      (selector.account === null || recorder.account === selector.account) &&
      (selector.region === null || recorder.region === selector.region),
  );
  if (recorders.length === 0) return [];
  const [organization, roles, users, keys, buckets, topics] = await Promise.all([
    organizationEntry(records),
    roleEntries(records),
    userEntries(records),
    keyEntries(records, nowMillis),
    bucketEntries(records),
    topicEntries(records),
  ]);
  return recorders.map(({ recorder, channel }) => ({
    complete: true,
    organization,
    recorder,
    deliveryChannel: channel,
    // AWS's own role is known without an entry.
    roles: roles.filter(({ arn }) => !isConfigServiceLinkedRole(arn)),
    buckets,
    keys,
    topics,
    users,
  }));
}
