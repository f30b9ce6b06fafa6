import type { DeleteTopicInput } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import { subscriptionsOf } from '../find-subscription.ts';
import { subscriptions, topics, type SnsPorts } from '../ports.ts';

/** Its subscriptions go with it. A topic that is not there is deleted already. spec: SNS-TOPIC-4 */
export const deleteTopic = operation<DeleteTopicInput, object, SnsPorts, NamedTopic>({
  name: 'DeleteTopic',
  resolve: (input, context) => findTopic(input.TopicArn, context),
  authorization: (_, topic, context) => [topicPermission('DeleteTopic', topic, context)],
  async operate(_, { arn }, { ports }) {
    const all = await subscriptionsOf(arn, ports);
    await ports.records.commit([remove(topics, arn), ...all.map(({ key }) => remove(subscriptions, key))]);
    return {};
  },
});
