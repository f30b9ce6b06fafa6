/** Every collection of every service: what a reset empties. */
import type { Collection, Records } from '../services/records.ts';
import { remove } from '../services/records.ts';
import { deliveries, deliveryBodies } from '../delivery/worker/ports.ts';
import * as config from '../services/config/ports.ts';
import * as iam from '../services/iam/ports.ts';
import * as kms from '../services/kms/ports.ts';
import * as organizationsPorts from '../services/organizations/ports.ts';
import * as s3 from '../services/s3/ports.ts';
import * as sns from '../services/sns/ports.ts';
import * as sts from '../services/sts/ports.ts';
import { organizations } from './organization.ts';

/** What is in them does not matter for deleting them. */
export const collections: readonly Collection<unknown>[] = [
  ...[config, iam, kms, organizationsPorts, s3, sns, sts].flatMap((ports) =>
    Object.values(ports).filter(isCollection),
  ),
  deliveries,
  deliveryBodies,
  organizations,
].map((collection) => collection as Collection<unknown>);

function isCollection(value: unknown): value is Collection<unknown> {
  return typeof value === 'object' && value !== null && 'name' in value && 'indexes' in value;
}

const batchCount = 1000;

/** Deletes every record of every service. Not one commit: nobody else writes meanwhile. */
export async function emptyRecords(records: Records): Promise<void> {
  for (const collection of collections) {
    for (;;) {
      const found = await records.list(collection, { limit: batchCount });
      if (found.length === 0) break;
      await records.commit(found.map(({ key }) => remove(collection, key)));
    }
  }
}
