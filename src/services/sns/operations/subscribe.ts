import type { SubscribeInput, SubscribeResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { snsErrors } from '../errors.ts';
import { subscriptionsOf } from '../find-subscription.ts';
import { existing, findTopic, subscriptionEntries, topicPermission, type NamedTopic } from '../find-topic.ts';
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
    const subscription: SubscriptionRecord = same?.value ?? {
      arn: `${topic.arn}:${context.newUuid()}`,
      topicArn: topic.arn,
      owner: caller.account,
      protocol: Protocol,
      endpoint: Endpoint,
      isConfirmed: confirmedAtOnce.has(Protocol) && caller.account === topic.account,
      token: context.newToken(64, '0123456789abcdef'),
      attributes: Attributes,
    };
    if (same === undefined)
      await ports.records.commit([put(subscriptions, subscription.arn, subscription, { ifRevision: 0 })]);
    const isShown = subscription.isConfirmed || ReturnSubscriptionArn === true;
    return { SubscriptionArn: isShown ? subscription.arn : 'pending confirmation' };
  },
});
