/** Subscriptions: their ARN is the topic's and an ID of their own. */
import type { Subscription } from '@aws-sdk/client-sns';
import type { Stored } from '../records.ts';
import { snsErrors } from './errors.ts';
import { findTopic, type NamedTopic, type SnsContext } from './find-topic.ts';
import { subscriptions, type SnsPorts, type SubscriptionRecord } from './ports.ts';

export interface NamedSubscription {
  readonly topic: NamedTopic;
  readonly stored: Stored<SubscriptionRecord> | null;
}

/** @throws InvalidParameter */
export async function findSubscription(
  arn: string | undefined,
  context: SnsContext,
): Promise<NamedSubscription> {
  const elements = (arn ?? '').split(':');
  if (arn === undefined || elements.length < 7)
    throw snsErrors.invalidParameter({
      what: `SubscriptionArn Reason: An ARN must have at least 6 elements, not ${elements.length}`,
    });
  const topic = await findTopic(elements.slice(0, -1).join(':'), context, 'SubscriptionArn');
  return { topic, stored: await context.ports.records.get(subscriptions, arn) };
}

export function subscriptionsOf(
  topicArn: string,
  { records }: SnsPorts,
): Promise<readonly Stored<SubscriptionRecord>[]> {
  return records.list(subscriptions, { prefix: `${topicArn}:`, limit: Infinity });
}

/** A password in the address is the endpoint's and the server's alone. */
export function shownEndpoint(endpoint: string): string {
  return endpoint.replace(/^(https?:\/\/[^/@:]*):[^/@]*@/, '$1:****@');
}

/** Until it is confirmed, nobody is told its ARN. */
export function subscriptionShape(subscription: SubscriptionRecord): Subscription {
  const { arn, owner, protocol, endpoint, topicArn, isConfirmed } = subscription;
  return {
    SubscriptionArn: isConfirmed ? arn : 'PendingConfirmation',
    Owner: owner,
    Protocol: protocol,
    Endpoint: shownEndpoint(endpoint),
    TopicArn: topicArn,
  };
}
