/** Topics to and from the setup document: what `--setup` lays out and what `/_sealpost/setup` shows. */
import { parseAccountId } from '../../aws/account-id.ts';
import { parseArn } from '../../aws/arn.ts';
import { put, type Change, type Records } from '../records.ts';
import { topics, type TopicRecord } from './ports.ts';
import { defaultTopicPolicy } from './topic-policy.ts';

/** A topic of a setup, its policy resolved to an object. */
export interface TopicEntry {
  readonly arn: string;
  readonly policy?: unknown;
  readonly kmsMasterKeyId?: string | null;
}

/** The change that stores this topic, whatever AWS would say of its policy. @throws {RangeError} its ARN is no topic's */
export function layOutTopic(entry: TopicEntry): Change {
  const arn = parseArn(entry.arn);
  const account = parseAccountId(arn?.account ?? '');
  if (arn?.service !== 'sns' || account === null)
    throw new RangeError(`${entry.arn} is not the ARN of a topic`);
  const { policy } = entry;
  const topic: TopicRecord = {
    arn: entry.arn,
    name: arn.resource,
    account,
    region: arn.region,
    partition: arn.partition,
    policy:
      policy === undefined
        ? defaultTopicPolicy(entry.arn, account)
        : policy === null
          ? null
          : JSON.stringify(policy),
    kmsMasterKeyId: entry.kmsMasterKeyId ?? null,
    attributes: {},
    tags: {},
  };
  return put(topics, topic.arn, topic);
}

/** Every topic as an entry of a setup, in the order of the ARNs. */
export async function topicEntries(records: Records): Promise<readonly TopicEntry[]> {
  const stored = await records.list(topics, { limit: Infinity });
  return stored.map(({ value: { arn, policy, kmsMasterKeyId } }) => ({
    arn,
    policy: policy === null ? null : (JSON.parse(policy) as unknown),
    kmsMasterKeyId,
  }));
}
