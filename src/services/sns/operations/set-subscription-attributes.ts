import type { SetSubscriptionAttributesInput } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { snsErrors } from '../errors.ts';
import { findSubscription, type NamedSubscription } from '../find-subscription.ts';
import { topicPermission } from '../find-topic.ts';
import { subscriptions, type SnsPorts } from '../ports.ts';
import { withAttribute } from '../subscription-attributes.ts';

/** spec: SNS-SUB-6 */
export const setSubscriptionAttributes = operation<
  SetSubscriptionAttributesInput,
  object,
  SnsPorts,
  NamedSubscription
>({
  name: 'SetSubscriptionAttributes',
  resolve: (input, context) => findSubscription(input.SubscriptionArn, context),
  authorization: (_, { topic }, context) => [
    { ...topicPermission('SetSubscriptionAttributes', topic, context), resourcePolicy: null },
  ],
  async operate({ AttributeName = '', AttributeValue = '' }, { stored }, { ports }) {
    if (stored === null) throw snsErrors.subscriptionNotFound();
    const { value, key, revision } = stored;
    const attributes = withAttribute(value.attributes, AttributeName, AttributeValue, value.protocol);
    const change = put(subscriptions, key, { ...value, attributes }, { ifRevision: revision });
    if ((await ports.records.commit([change])) === 'conflict') throw snsErrors.busy();
    return {};
  },
});
