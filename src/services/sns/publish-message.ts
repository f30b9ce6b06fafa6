/**
 * Hands messages on that may be published: to the log, and to the endpoints of the topic's subscriptions.
 * spec: SNS-PUBLISH-1, SNS-HTTP-3, SNS-FILTER-1
 */
import type { Change } from '../records.ts';
import { notificationMessage } from './endpoint-message.ts';
import { acceptsAttributes, acceptsBody, parseFilterPolicy } from './filter-policy.ts';
import { subscriptionsOf } from './find-subscription.ts';
import type { SnsContext } from './find-topic.ts';
import { messageText, typedAttributes, type MessageInput, type TypedAttributes } from './message.ts';
import type { MessageDelivery, PublishedMessage, SubscriptionRecord, TopicRecord } from './ports.ts';
import { isHttp, sendOrder, signatureVersionOf, waitingAt } from './send-order.ts';

/** Publishes each; the IDs, in their order. They are told when what is to be sent would survive a crash. */
export async function publishMessages(
  inputs: readonly MessageInput[],
  topic: TopicRecord,
  context: SnsContext,
): Promise<readonly string[]> {
  const { ports } = context;
  const subscribed = (await subscriptionsOf(topic.arn, ports))
    .map(({ value }) => value)
    .filter(({ isConfirmed }) => isConfirmed);
  const published = inputs.map((input) => publication(input, { topic, subscribed }, context));
  const changes = published.flatMap((one) => one.changes);
  if (changes.length > 0) await ports.records.commit(changes);
  for (const { message } of published) ports.messages.add(message);
  if (changes.length > 0) ports.endpoints.wake();
  return published.map(({ message }) => message.messageId);
}

function publication(
  input: MessageInput,
  { topic, subscribed }: { readonly topic: TopicRecord; readonly subscribed: readonly SubscriptionRecord[] },
  context: SnsContext,
): { readonly message: PublishedMessage; readonly changes: readonly Change[] } {
  const messageId = context.newUuid();
  const publishedAtMillis = context.nowMillis();
  const attributes = typedAttributes(input);
  const changes: Change[] = [];
  const deliveries = subscribed.map((subscription): MessageDelivery => {
    const waiting = waitingAt(subscription);
    if (!isPassed(subscription, messageText(input, 'default'), attributes))
      return { ...waiting, state: 'filtered' };
    if (!isHttp(subscription)) return { ...waiting, state: 'not-sent' };
    const message = notificationMessage(
      {
        messageId,
        topicArn: topic.arn,
        subscriptionArn: subscription.arn,
        subject: input.Subject ?? null,
        message: messageText(input, subscription.protocol),
        publishedAtMillis,
        attributes,
      },
      signatureVersionOf(topic),
      context.ports.endpoints.ownUrl(),
    );
    changes.push(sendOrder({ topic, subscription, messageId, message }, context));
    return waiting;
  });
  const texts = Object.entries(attributes).map(([name, { Value }]) => [name, Value] as const);
  return {
    message: {
      type: 'Notification',
      messageId,
      topicArn: topic.arn,
      publishedAtMillis,
      publisher: context.caller.principal,
      subject: input.Subject ?? null,
      message: messageText(input, 'default'),
      attributes: Object.fromEntries(texts),
      deliveries,
    },
    changes,
  };
}

/** What was stored was parsed before it was. */
function isPassed({ attributes }: SubscriptionRecord, body: string, ofMessage: TypedAttributes): boolean {
  const text = attributes['FilterPolicy'];
  if (text === undefined) return true;
  const isBody = attributes['FilterPolicyScope'] === 'MessageBody';
  const policy = parseFilterPolicy(text, isBody ? 'MessageBody' : 'MessageAttributes');
  if (isBody) return acceptsBody(policy, body);
  const filtered = Object.entries(ofMessage).map(
    ([name, { Type, Value }]) => [name, { type: Type, value: Value }] as const,
  );
  return acceptsAttributes(policy, Object.fromEntries(filtered));
}
