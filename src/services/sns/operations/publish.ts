import type { PublishInput, PublishResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { snsErrors } from '../errors.ts';
import { existing, findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import { assertMessage } from '../message.ts';
import type { SnsPorts } from '../ports.ts';
import { publishMessages } from '../publish-message.ts';
import { useTopicKey } from '../topic-key.ts';

/** spec: SNS-PUBLISH-1, SNS-PUBLISH-2 */
export const publish = operation<PublishInput, PublishResponse, SnsPorts, NamedTopic>({
  name: 'Publish',
  validate(input) {
    if (input.PhoneNumber !== undefined)
      throw snsErrors.invalidParameter({ what: 'PhoneNumber Reason: text messages are not available here' });
    assertMessage(input);
  },
  resolve: (input, context) => {
    const arn = input.TopicArn ?? input.TargetArn;
    // As AWS names the member where neither is given.
    const member = arn ? 'TopicArn' : 'TopicArn or TargetArn';
    return findTopic(arn, context, member);
  },
  authorization: (_, topic, context) => [topicPermission('Publish', topic, context)],
  async operate(input, named, context) {
    const topic = existing(named).value;
    await useTopicKey(topic, context);
    const [MessageId] = await publishMessages([input], topic, context);
    return { MessageId };
  },
});
