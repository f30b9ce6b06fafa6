import type { ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { existing, findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import { subscriptionShape } from '../find-subscription.ts';
import { pageOf } from '../paging.ts';
import { subscriptions, type SnsPorts } from '../ports.ts';

/** spec: SNS-LIST-1 */
export const listSubscriptionsByTopic = operation<
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse,
  SnsPorts,
  NamedTopic
>({
  name: 'ListSubscriptionsByTopic',
  resolve: (input, context) => findTopic(input.TopicArn, context),
  authorization: (_, topic, context) => [topicPermission('ListSubscriptionsByTopic', topic, context)],
  async operate({ NextToken }, topic, { ports }) {
    const prefix = `${existing(topic).value.arn}:`;
    const { items, ...next } = await pageOf(
      (options) => ports.records.list(subscriptions, { prefix, ...options }),
      NextToken,
    );
    return { Subscriptions: items.map(subscriptionShape), ...next };
  },
});
