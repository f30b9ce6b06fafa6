import type { UnsubscribeInput } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { findSubscription, type NamedSubscription } from '../find-subscription.ts';
import { inRegionOf, isStranger, topicPermission } from '../find-topic.ts';
import { subscriptions, type SnsPorts } from '../ports.ts';
import { confirmationOrder, isHttp } from '../send-order.ts';

/**
 * Also for who follows the link in a message and signs nothing, unless whoever confirmed the subscription ruled that
 * out. The endpoint is told.
 * spec: SNS-SUB-4, SNS-SUB-7, SNS-HTTP-4
 */
export const unsubscribe = operation<UnsubscribeInput, object, SnsPorts, NamedSubscription>({
  name: 'Unsubscribe',
  isOpenToStrangers: true,
  resolve: (input, context) =>
    findSubscription(input.SubscriptionArn, inRegionOf(input.SubscriptionArn, context)),
  authorization: (_, { topic, stored }, context) =>
    isStranger(context) && stored?.value.attributes['AuthenticateOnUnsubscribe'] !== 'true'
      ? []
      : [
          // The action is none that a topic policy may name.
          { ...topicPermission('Unsubscribe', topic, context), resourcePolicy: null },
        ],
  async operate(_, { topic, stored }, context) {
    if (stored === null) return {};
    const { value: subscription } = stored;
    const told =
      isHttp(subscription) && subscription.isConfirmed && topic.stored !== null
        ? confirmationOrder('UnsubscribeConfirmation', { topic: topic.stored.value, subscription }, context)
        : null;
    await context.ports.records.commit([
      remove(subscriptions, stored.key),
      ...(told === null ? [] : [told.change]),
    ]);
    told?.announce();
    return {};
  },
});
