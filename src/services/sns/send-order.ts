/**
 * Orders what is sent to endpoints: changes that their cause commits together with itself, so that nothing that was
 * acknowledged is lost.
 * spec: SNS-HTTP-3
 */
import type { World } from '../operation.ts';
import { put, type Change } from '../records.ts';
import { sealText } from '../sealing.ts';
import { effectivePolicy, retryDelaysSeconds } from './delivery-policy.ts';
import { confirmationMessage, type SignatureVersion, type UnsignedMessage } from './endpoint-message.ts';
import { shownEndpoint } from './find-subscription.ts';
import {
  outgoing,
  outgoingKey,
  type OutgoingRecord,
  type SnsPorts,
  type SubscriptionRecord,
  type TopicRecord,
} from './ports.ts';

type OrderContext = Pick<World, 'nowMillis' | 'newUuid'> & { readonly ports: SnsPorts };

export interface SendOrder {
  readonly topic: TopicRecord;
  readonly subscription: SubscriptionRecord;
  readonly messageId: string;
  readonly message: UnsignedMessage;
}

export function isHttp({ protocol }: Pick<SubscriptionRecord, 'protocol'>): boolean {
  return protocol === 'http' || protocol === 'https';
}

export function signatureVersionOf({ attributes }: TopicRecord): SignatureVersion {
  return attributes['SignatureVersion'] === '2' ? '2' : '1';
}

export function sendOrder(order: SendOrder, { ports, nowMillis, newUuid }: OrderContext): Change {
  const { topic, subscription, message } = order;
  const policy = effectivePolicy(
    topic.attributes['DeliveryPolicy'],
    subscription.attributes['DeliveryPolicy'],
  );
  const { Type: type } = message.members;
  const record: OutgoingRecord = {
    id: newUuid(),
    type,
    messageId: order.messageId,
    topicArn: topic.arn,
    subscriptionArn: subscription.arn,
    endpoint: subscription.endpoint,
    isRaw: type === 'Notification' && subscription.attributes['RawMessageDelivery'] === 'true',
    contentType: policy.requestPolicy.headerContentType,
    sealed: sealText(ports.sealing, JSON.stringify(message)),
    retryDelaysSeconds: retryDelaysSeconds(policy.healthyRetryPolicy),
    attemptsCount: 0,
    dueAtMillis: nowMillis(),
    lease: null,
  };
  return put(outgoing, outgoingKey(record), record, { ifRevision: 0 });
}

/** Asks the endpoint of a subscription, or tells it of its end. */
export function confirmationOrder(
  type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation',
  { topic, subscription }: Pick<SendOrder, 'topic' | 'subscription'>,
  context: OrderContext & { readonly caller: { readonly principal: PublishedPrincipal } },
): { readonly change: Change; readonly announce: () => void } {
  const { ports } = context;
  const facts = {
    messageId: context.newUuid(),
    topicArn: topic.arn,
    subscriptionArn: subscription.arn,
    token: subscription.token,
    atMillis: context.nowMillis(),
  };
  const message = confirmationMessage(type, facts, signatureVersionOf(topic), ports.endpoints.ownUrl());
  return {
    change: sendOrder({ topic, subscription, messageId: facts.messageId, message }, context),
    announce() {
      ports.messages.add({
        type,
        messageId: facts.messageId,
        topicArn: topic.arn,
        publishedAtMillis: facts.atMillis,
        publisher: context.caller.principal,
        subject: null,
        // Whoever has the token may confirm: it is the endpoint's alone.
        message: String(message.members['Message']),
        attributes: {},
        deliveries: [waitingAt(subscription)],
      });
      ports.endpoints.wake();
    },
  };
}

type PublishedPrincipal = Parameters<SnsPorts['messages']['add']>[0]['publisher'];

export function waitingAt({ arn, protocol, endpoint }: SubscriptionRecord) {
  return {
    subscriptionArn: arn,
    protocol,
    endpoint: shownEndpoint(endpoint),
    state: 'waiting' as const,
    attemptsCount: 0,
    lastAnswer: null,
  };
}
