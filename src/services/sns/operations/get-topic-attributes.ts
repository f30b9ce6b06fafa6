import type { GetTopicAttributesInput, GetTopicAttributesResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { existing, findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import { subscriptionsOf } from '../find-subscription.ts';
import type { SnsPorts } from '../ports.ts';
import { attributesOf } from '../topic-attributes.ts';

/** spec: SNS-ATTR-1 */
export const getTopicAttributes = operation<
  GetTopicAttributesInput,
  GetTopicAttributesResponse,
  SnsPorts,
  NamedTopic
>({
  name: 'GetTopicAttributes',
  resolve: (input, context) => findTopic(input.TopicArn, context),
  authorization: (_, topic, context) => [topicPermission('GetTopicAttributes', topic, context)],
  async operate(_, topic, { ports }) {
    const { value } = existing(topic);
    const all = await subscriptionsOf(value.arn, ports);
    const confirmed = all.filter((subscription) => subscription.value.isConfirmed).length;
    return { Attributes: attributesOf(value, { confirmed, pending: all.length - confirmed }) };
  },
});
