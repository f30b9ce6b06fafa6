import type { CreateTopicInput, CreateTopicResponse, Tag } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { snsErrors } from '../errors.ts';
import { requestTagEntries, topicPermission, type NamedTopic } from '../find-topic.ts';
import { topics, type SnsPorts, type TopicRecord } from '../ports.ts';
import { readTags } from '../tags.ts';
import { withAttribute } from '../topic-attributes.ts';
import { defaultTopicPolicy } from '../topic-policy.ts';

/** A topic of this name is the topic of this name, however often it is made. spec: SNS-TOPIC-1, SNS-TOPIC-2 */
export const createTopic = operation<CreateTopicInput, CreateTopicResponse, SnsPorts, NamedTopic>({
  name: 'CreateTopic',

  validate({ Name = '' }) {
    if (/^[A-Za-z0-9_-]{1,251}\.fifo$/.test(Name)) throw snsErrors.noFifoTopics();
    if (!/^[A-Za-z0-9_-]{1,256}$/.test(Name)) throw snsErrors.invalidParameter({ what: 'Topic Name' });
  },

  async resolve({ Name = '' }, { partition, region, caller, ports }) {
    const arn = `arn:${partition}:sns:${region}:${caller.account}:${Name}`;
    return { arn, stored: await ports.records.get(topics, arn) };
  },

  // The policy of a topic cannot allow to make it.
  authorization: (input, { arn }, context) => [
    topicPermission('CreateTopic', { arn, stored: null }, context, requestTagEntries(tagsOf(input.Tags))),
    ...(tagsOf(input.Tags) === none ? [] : [topicPermission('TagResource', { arn, stored: null }, context)]),
  ],

  async operate(input, { arn, stored }, context) {
    const { ports } = context;
    const tags = tagsOf(input.Tags);
    const attributes = Object.entries(input.Attributes ?? {});
    const { partition, region, caller } = context;
    let topic: TopicRecord = stored?.value ?? {
      arn,
      name: input.Name ?? '',
      account: caller.account,
      region,
      partition,
      policy: defaultTopicPolicy(arn, caller.account),
      kmsMasterKeyId: null,
      attributes: {},
      tags,
    };
    for (const [name, value] of attributes) topic = await withAttribute(topic, name, value, ports);
    if (stored !== null) {
      if (tags !== none && !isSame(tags, stored.value.tags))
        throw snsErrors.invalidParameter({ what: 'Tags Reason: Topic already exists with different tags' });
      if (!isSame(topic, stored.value))
        throw snsErrors.invalidParameter({
          what: 'Attributes Reason: Topic already exists with different attributes',
        });
      return { TopicArn: arn };
    }
    if ((await ports.records.commit([put(topics, arn, topic, { ifRevision: 0 })])) === 'conflict')
      throw snsErrors.busy();
    return { TopicArn: arn };
  },
});

const none: Readonly<Record<string, string>> = {};

function tagsOf(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return tags === undefined || tags.length === 0 ? none : readTags(tags);
}

/** Both are plain data whose members stand in any order. */
function isSame(a: object, b: object): boolean {
  const texts = [a, b].map((value) =>
    JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1))),
  );
  return texts[0] === texts[1];
}
