import type { GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { snsErrors } from '../errors.ts';
import { shownAttributes } from '../subscription-attributes.ts';
import { findSubscription, type NamedSubscription } from '../find-subscription.ts';
import { topicPermission } from '../find-topic.ts';
import type { SnsPorts } from '../ports.ts';

/** spec: SNS-SUB-4 */
export const getSubscriptionAttributes = operation<
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse,
  SnsPorts,
  NamedSubscription
>({
  name: 'GetSubscriptionAttributes',
  resolve: (input, context) => findSubscription(input.SubscriptionArn, context),
  authorization: (_, { topic }, context) => [
    { ...topicPermission('GetSubscriptionAttributes', topic, context), resourcePolicy: null },
  ],
  operate(_, { stored, topic }) {
    if (stored === null) throw snsErrors.subscriptionNotFound();
    return Promise.resolve({ Attributes: shownAttributes(stored.value, topic.stored?.value ?? null) });
  },
});
