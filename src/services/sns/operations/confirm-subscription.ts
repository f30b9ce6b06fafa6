import type { ConfirmSubscriptionInput, ConfirmSubscriptionResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { snsErrors } from '../errors.ts';
import {
  existing,
  findTopic,
  inRegionOf,
  isStranger,
  topicPermission,
  type NamedTopic,
} from '../find-topic.ts';
import { subscriptions, type SnsPorts } from '../ports.ts';

const tokenMaxMillis = 2 * 24 * 3600 * 1000;

/** By the token alone, also for who follows the link in the message and signs nothing. spec: SNS-SUB-3, SNS-SUB-7 */
export const confirmSubscription = operation<
  ConfirmSubscriptionInput,
  ConfirmSubscriptionResponse,
  SnsPorts,
  NamedTopic
>({
  name: 'ConfirmSubscription',
  isOpenToStrangers: true,
  resolve: (input, context) => findTopic(input.TopicArn, inRegionOf(input.TopicArn, context)),
  authorization: (_, topic, context) =>
    isStranger(context) ? [] : [topicPermission('ConfirmSubscription', topic, context)],
  async operate({ Token = '', AuthenticateOnUnsubscribe }, named, context) {
    const { ports } = context;
    const { arn } = existing(named).value;
    const found = (await ports.records.find(subscriptions, 'token', Token)).find(
      ({ value }) => value.topicArn === arn,
    );
    if (found === undefined || found.value.madeAtMillis + tokenMaxMillis < context.nowMillis())
      throw snsErrors.invalidParameter({ what: 'Token' });
    if (found.value.isConfirmed) return { SubscriptionArn: found.value.arn };
    // Only who signs can ask for signatures later.
    const isGuarded = AuthenticateOnUnsubscribe === 'true' && !isStranger(context);
    const confirmed = {
      ...found.value,
      isConfirmed: true,
      wasConfirmationSigned: isGuarded,
      attributes: {
        ...found.value.attributes,
        ...(isGuarded ? { AuthenticateOnUnsubscribe: 'true' } : {}),
      },
    };
    const change = put(subscriptions, found.key, confirmed, { ifRevision: found.revision });
    if ((await ports.records.commit([change])) === 'conflict') throw snsErrors.busy();
    return { SubscriptionArn: confirmed.arn };
  },
});
