import { put, type Stored } from '../records.ts';
import { snsErrors } from './errors.ts';
import type { SnsContext } from './find-topic.ts';
import { topics, type TopicRecord } from './ports.ts';

/** Stores the topic as it shall be, if nobody changed it meanwhile. @throws ConcurrentAccess */
export async function changeTopic(
  stored: Stored<TopicRecord>,
  changed: TopicRecord,
  { ports }: SnsContext,
): Promise<void> {
  const change = put(topics, stored.key, changed, { ifRevision: stored.revision });
  if ((await ports.records.commit([change])) === 'conflict') throw snsErrors.busy();
}
