import type { SetTopicAttributesInput } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { changeTopic } from '../change-topic.ts';
import { existing, findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import type { SnsPorts } from '../ports.ts';
import { withAttribute } from '../topic-attributes.ts';

/** spec: SNS-ATTR-1, SNS-ATTR-2 */
export const setTopicAttributes = operation<SetTopicAttributesInput, object, SnsPorts, NamedTopic>({
  name: 'SetTopicAttributes',
  resolve: (input, context) => findTopic(input.TopicArn, context),
  authorization: (_, topic, context) => [topicPermission('SetTopicAttributes', topic, context)],
  async operate({ AttributeName = '', AttributeValue = '' }, topic, context) {
    const stored = existing(topic);
    const changed = await withAttribute(stored.value, AttributeName, AttributeValue, context.ports);
    await changeTopic(stored, changed, context);
    return {};
  },
});
