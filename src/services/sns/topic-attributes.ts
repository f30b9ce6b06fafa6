/** Attributes of topics: which there are, and how they are stored. */
import { deliveryPolicyFault, disablesOverrides, effectivePolicy } from './delivery-policy.ts';
import { snsErrors } from './errors.ts';
import type { SnsPorts, TopicRecord } from './ports.ts';
import { assertTopicPolicy } from './topic-policy.ts';

/** Kept and shown as they are; nothing here acts by them. */
const keptAttributes: ReadonlySet<string> = new Set([
  'DisplayName',
  'TracingConfig',
  ...['HTTP', 'SQS', 'Lambda', 'Firehose', 'Application'].flatMap((name) =>
    ['SuccessFeedbackRoleArn', 'FailureFeedbackRoleArn', 'SuccessFeedbackSampleRate'].map(
      (suffix) => `${name}${suffix}`,
    ),
  ),
]);

/** The topic with this attribute. @throws InvalidParameter. spec: SNS-ATTR-1, SNS-ATTR-2 */
export async function withAttribute(
  topic: TopicRecord,
  name: string,
  value: string,
  ports: SnsPorts,
): Promise<TopicRecord> {
  switch (name) {
    case 'Policy':
      await assertTopicPolicy(value, topic.partition, ports.principals);
      return { ...topic, policy: value };
    case 'KmsMasterKeyId':
      return { ...topic, kmsMasterKeyId: value === '' ? null : value };
    case 'SignatureVersion':
      if (value !== '1' && value !== '2') throw snsErrors.invalidParameter({ what: 'SignatureVersion' });
      return { ...topic, attributes: { ...topic.attributes, [name]: value } };
    case 'DeliveryPolicy':
      return withDeliveryPolicy(topic, value);
    case 'FifoTopic':
      if (value === 'false') return topic;
      throw snsErrors.noFifoTopics();
    default:
      if (!keptAttributes.has(name)) throw snsErrors.invalidParameter({ what: 'AttributeName' });
      return { ...topic, attributes: { ...topic.attributes, [name]: value } };
  }
}

/** An empty value takes it away. */
function withDeliveryPolicy(topic: TopicRecord, value: string): TopicRecord {
  const { DeliveryPolicy: _, ...others } = topic.attributes;
  if (value === '') return { ...topic, attributes: others };
  const fault = deliveryPolicyFault(value, 'topic');
  if (fault !== null) throw snsErrors.invalidParameter({ what: `DeliveryPolicy: ${fault}` });
  return { ...topic, attributes: { ...others, DeliveryPolicy: value } };
}

function effectiveDeliveryPolicy({ attributes }: TopicRecord): string {
  const { healthyRetryPolicy, requestPolicy } = effectivePolicy(attributes['DeliveryPolicy'], undefined);
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: healthyRetryPolicy,
      disableSubscriptionOverrides: disablesOverrides(attributes['DeliveryPolicy']),
      defaultRequestPolicy: requestPolicy,
    },
  });
}

/** As GetTopicAttributes shows them. */
export function attributesOf(
  topic: TopicRecord,
  counts: { readonly confirmed: number; readonly pending: number },
): Record<string, string> {
  return {
    TopicArn: topic.arn,
    Owner: topic.account,
    ...(topic.policy === null ? {} : { Policy: topic.policy }),
    DisplayName: '',
    SubscriptionsConfirmed: String(counts.confirmed),
    SubscriptionsPending: String(counts.pending),
    SubscriptionsDeleted: '0',
    EffectiveDeliveryPolicy: effectiveDeliveryPolicy(topic),
    ...topic.attributes,
    ...(topic.kmsMasterKeyId === null ? {} : { KmsMasterKeyId: topic.kmsMasterKeyId }),
  };
}
