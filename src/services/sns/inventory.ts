/**
 * The topics of an account as AWS Config records them.
 * spec: CFG-ITEM-4, CFG-ITEM-6
 */
import type { AccountId } from '../../aws/account-id.ts';
import type { Records } from '../records.ts';
import { topics, type TopicRecord } from './ports.ts';

/** A resource in the members that a configuration item needs from its service. */
export interface TopicInventoryItem {
  readonly resourceType: 'AWS::SNS::Topic';
  readonly resourceId: string;
  readonly resourceName: string;
  readonly arn: string;
  readonly awsRegion: string;
  readonly availabilityZone: string;
  readonly resourceCreationTimeMillis: null;
  readonly tags: Readonly<Record<string, string>>;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration: Readonly<Record<string, never>>;
}

/** Every topic of this account and Region, in the order of their names. */
export async function topicInventory(
  records: Records,
  of: { readonly partition: string; readonly account: AccountId; readonly region: string },
): Promise<readonly TopicInventoryItem[]> {
  const prefix = `arn:${of.partition}:sns:${of.region}:${of.account}:`;
  const stored = await records.list(topics, { prefix, limit: Infinity });
  return stored.map(({ value }) => topicItem(value));
}

/** One topic. Its members have the names of GetTopicAttributes; numbers are numbers. */
export function topicItem(topic: TopicRecord): TopicInventoryItem {
  return {
    resourceType: 'AWS::SNS::Topic',
    resourceId: topic.arn,
    resourceName: topic.name,
    arn: topic.arn,
    awsRegion: topic.region,
    availabilityZone: 'Not Applicable',
    resourceCreationTimeMillis: null,
    tags: topic.tags,
    configuration: {
      TopicArn: topic.arn,
      DisplayName: '',
      Owner: topic.account,
      ...(topic.kmsMasterKeyId === null ? {} : { KmsMasterKeyId: topic.kmsMasterKeyId }),
      ...(topic.policy === null ? {} : { Policy: topic.policy }),
      ...Object.fromEntries(
        Object.entries(topic.attributes).map(([name, value]) => [
          name,
          name.endsWith('SampleRate') ? Number(value) : value,
        ]),
      ),
    },
    supplementaryConfiguration: {},
  };
}
