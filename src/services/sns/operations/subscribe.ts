import { isDeepStrictEqual } from 'node:util';
import type { SubscribeInput, SubscribeResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { snsErrors } from '../errors.ts';
import { subscriptionsOf } from '../find-subscription.ts';
import { existing, findTopic, subscriptionEntries, topicPermission, type NamedTopic } from '../find-topic.ts';
import { confirmationOrder, isHttp } from '../send-order.ts';
import { newAttributes } from '../subscription-attributes.ts';
import { subscriptions, type SnsPorts, type SubscriptionRecord } from '../ports.ts';

const protocols: readonly string[] = [
  'http',
  'https',
  'email',
  'email-json',
  'sms',
  'sqs',
  'application',
  'lambda',
  'firehose',
];

/** AWS confirms these by itself where the owner subscribes. */
const confirmedAtOnce: ReadonlySet<string> = new Set(['sqs', 'lambda', 'firehose', 'application', 'sms']);

/** spec: SNS-SUB-1, SNS-SUB-2 */
export const subscribe = operation<SubscribeInput, SubscribeResponse, SnsPorts, NamedTopic>({
  name: 'Subscribe',
  validate({ Protocol = '', Endpoint = '' }) {
    if (!protocols.includes(Protocol))
      throw snsErrors.invalidParameter({
        what: `Amazon SNS does not support this protocol string: ${Protocol}`,
      });
    if (Protocol === 'sqs' && !Endpoint.startsWith('arn:'))
      throw snsErrors.invalidParameter({ what: 'SQS endpoint ARN' });
    if ((Protocol === 'http' || Protocol === 'https') && !Endpoint.startsWith(`${Protocol}://`))
      throw snsErrors.invalidParameter({ what: 'Endpoint must match the specified protocol' });
  },
  resolve: (input, context) => findTopic(input.TopicArn, context),
  authorization: ({ Protocol = '', Endpoint = '' }, topic, context) => [
    topicPermission('Subscribe', topic, context, subscriptionEntries(Protocol, Endpoint)),
  ],
  async operate({ Protocol = '', Endpoint = '', Attributes = {}, ReturnSubscriptionArn }, named, context) {
    const topic = existing(named).value;
    const { ports, caller } = context;
    const same = (await subscriptionsOf(topic.arn, ports)).find(
      ({ value }) => value.protocol === Protocol && value.endpoint === Endpoint,
    );
    const isConfirmed = confirmedAtOnce.has(Protocol) && caller.account === topic.account;
    const attributes = newAttributes(Attributes, Protocol);
    const subscription: SubscriptionRecord = same?.value ?? {
      arn: `${topic.arn}:${context.newUuid()}`,
      topicArn: topic.arn,
      owner: caller.account,
      protocol: Protocol,
      endpoint: Endpoint,
      isConfirmed,
      token: context.newToken(64, '0123456789abcdef'),
      madeAtMillis: context.nowMillis(),
      wasConfirmationSigned: isConfirmed,
      attributes,
    };
    if (same !== undefined && !isSameAttributes(same.value.attributes, attributes))
      throw snsErrors.invalidParameter({
        what: 'Attributes Reason: Subscription already exists with different attributes',
      });
    // An endpoint that has not answered is asked again. spec: SNS-HTTP-1
    const asked =
      isHttp(subscription) && !subscription.isConfirmed
        ? confirmationOrder('SubscriptionConfirmation', { topic, subscription }, context)
        : null;
    const changes = [
      ...(same === undefined ? [put(subscriptions, subscription.arn, subscription, { ifRevision: 0 })] : []),
      ...(asked === null ? [] : [asked.change]),
    ];
    if (changes.length > 0) await ports.records.commit(changes);
    asked?.announce();
    const isShown = subscription.isConfirmed || ReturnSubscriptionArn === true;
    return { SubscriptionArn: isShown ? subscription.arn : 'pending confirmation' };
  },
});

/** A second call without attributes asks for none. */
function isSameAttributes(
  stored: Readonly<Record<string, string>>,
  asked: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(asked);
  return names.length === 0 || isDeepStrictEqual({ ...stored }, { ...asked });
}
