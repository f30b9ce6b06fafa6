/**
 * Attributes of subscriptions: which there are, what they may be, and how they are shown.
 * spec: SNS-SUB-6, SNS-FILTER-3
 */
import { deliveryPolicyFault, effectivePolicy } from './delivery-policy.ts';
import { snsErrors } from './errors.ts';
import { FilterPolicyFault, parseFilterPolicy, type FilterScope } from './filter-policy.ts';
import { shownEndpoint } from './find-subscription.ts';
import type { SubscriptionRecord, TopicRecord } from './ports.ts';
import { isHttp } from './send-order.ts';

type Attributes = Readonly<Record<string, string>>;

/** Kept and shown as they are; nothing here acts by them. */
const kept: ReadonlySet<string> = new Set(['RedrivePolicy', 'SubscriptionRoleArn', 'ReplayPolicy']);
const scopes: readonly string[] = ['MessageAttributes', 'MessageBody'];

/** All attributes of a new subscription. @throws InvalidParameter */
export function newAttributes(given: Attributes, protocol: string): Attributes {
  // The scope says how the policy is read.
  const { FilterPolicyScope, ...others } = given;
  const scoped =
    FilterPolicyScope === undefined
      ? {}
      : withAttribute({}, 'FilterPolicyScope', FilterPolicyScope, protocol, 'Attributes Reason: ');
  return Object.entries(others).reduce(
    (all, [name, value]) => withAttribute(all, name, value, protocol, 'Attributes Reason: '),
    scoped,
  );
}

/**
 * The attributes with this one; an empty value takes it away.
 *
 * @param where how SNS begins to say what is wrong
 * @throws InvalidParameter
 */
export function withAttribute(
  all: Attributes,
  name: string,
  value: string,
  protocol: string,
  where = '',
): Attributes {
  const { [name]: _, ...others } = all;
  const refused = (what: string) => snsErrors.invalidParameter({ what: `${where}${what}` });
  switch (name) {
    case 'RawMessageDelivery': {
      const text = value.toLowerCase();
      if (text !== 'true' && text !== 'false')
        throw refused(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
      if (text === 'true' && !['http', 'https', 'sqs', 'firehose'].includes(protocol))
        throw refused(`RawMessageDelivery: Not supported for protocol: ${protocol}`);
      return { ...others, [name]: text };
    }
    case 'DeliveryPolicy': {
      if (value === '') return others;
      const fault = deliveryPolicyFault(value, 'subscription');
      if (fault !== null) throw refused(`DeliveryPolicy: ${fault}`);
      return { ...others, [name]: value };
    }
    case 'FilterPolicyScope': {
      if (!scopes.includes(value))
        throw refused(
          `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
        );
      if (all['FilterPolicy'] !== undefined) assertFilter(all['FilterPolicy'], value, where);
      return { ...others, [name]: value };
    }
    case 'FilterPolicy':
      if (value === '' || value === '{}') return others;
      assertFilter(value, all['FilterPolicyScope'] ?? 'MessageAttributes', where);
      return { FilterPolicyScope: 'MessageAttributes', ...others, [name]: value };
    default:
      if (!kept.has(name)) throw refused('AttributeName');
      return value === '' ? others : { ...others, [name]: value };
  }
}

function assertFilter(text: string, scope: string, where: string): void {
  try {
    parseFilterPolicy(text, scope as FilterScope);
  } catch (fault) {
    if (!(fault instanceof FilterPolicyFault)) throw fault;
    throw snsErrors.invalidParameter({ what: `${where}FilterPolicy: ${fault.message}` });
  }
}

/** As GetSubscriptionAttributes shows them. */
export function shownAttributes(
  subscription: SubscriptionRecord,
  topic: TopicRecord | null,
): Record<string, string> {
  const { attributes, isConfirmed } = subscription;
  const { AuthenticateOnUnsubscribe: _, ...own } = attributes;
  const effective = effectivePolicy(topic?.attributes['DeliveryPolicy'], attributes['DeliveryPolicy']);
  return {
    RawMessageDelivery: 'false',
    ...own,
    ...(isHttp(subscription)
      ? { EffectiveDeliveryPolicy: JSON.stringify({ ...effective, guaranteed: false }) }
      : {}),
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Owner: subscription.owner,
    Protocol: subscription.protocol,
    Endpoint: shownEndpoint(subscription.endpoint),
    PendingConfirmation: String(!isConfirmed),
    ConfirmationWasAuthenticated: String(subscription.wasConfirmationSigned),
  };
}
