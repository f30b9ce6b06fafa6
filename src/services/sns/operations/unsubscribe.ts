import type { UnsubscribeInput } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { findSubscription, type NamedSubscription } from '../find-subscription.ts';
import { topicPermission } from '../find-topic.ts';
import { subscriptions, type SnsPorts } from '../ports.ts';

/** spec: SNS-SUB-4 */
export const unsubscribe = operation<UnsubscribeInput, object, SnsPorts, NamedSubscription>({
  name: 'Unsubscribe',
  resolve: (input, context) => findSubscription(input.SubscriptionArn, context),
  authorization: (_, { topic }, context) => [
    // The action is none that a topic policy may name.
    { ...topicPermission('Unsubscribe', topic, context), resourcePolicy: null },
  ],
  async operate(_, { stored }, { ports }) {
    if (stored !== null) await ports.records.commit([remove(subscriptions, stored.key)]);
    return {};
  },
});
