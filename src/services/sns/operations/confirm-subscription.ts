import type { ConfirmSubscriptionInput, ConfirmSubscriptionResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { snsErrors } from '../errors.ts';
import { existing, findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import { subscriptions, type SnsPorts } from '../ports.ts';

/** spec: SNS-SUB-3 */
export const confirmSubscription = operation<
  ConfirmSubscriptionInput,
  ConfirmSubscriptionResponse,
  SnsPorts,
  NamedTopic
>({
  name: 'ConfirmSubscription',
  resolve: (input, context) => findTopic(input.TopicArn, context),
  authorization: (_, topic, context) => [topicPermission('ConfirmSubscription', topic, context)],
  async operate({ Token = '' }, named, { ports }) {
    const { arn } = existing(named).value;
    const found = (await ports.records.find(subscriptions, 'token', Token)).find(
      ({ value }) => value.topicArn === arn,
    );
    if (found === undefined) throw snsErrors.invalidParameter({ what: 'Token' });
    const confirmed = { ...found.value, isConfirmed: true };
    const change = put(subscriptions, found.key, confirmed, { ifRevision: found.revision });
    if ((await ports.records.commit([change])) === 'conflict') throw snsErrors.busy();
    return { SubscriptionArn: confirmed.arn };
  },
});
