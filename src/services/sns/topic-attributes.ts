/** Attributes of topics: which there are, and how they are stored. */
import { snsErrors } from './errors.ts';
import type { SnsPorts, TopicRecord } from './ports.ts';
import { assertTopicPolicy } from './topic-policy.ts';

/** Kept and shown as they are; nothing here acts by them. */
const keptAttributes: ReadonlySet<string> = new Set([
  'DisplayName',
  'DeliveryPolicy',
  'SignatureVersion',
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
    case 'FifoTopic':
      if (value === 'false') return topic;
      throw snsErrors.invalidParameter({ what: 'FifoTopic Reason: FIFO topics are not available here' });
    default:
      if (!keptAttributes.has(name)) throw snsErrors.invalidParameter({ what: 'AttributeName' });
      return { ...topic, attributes: { ...topic.attributes, [name]: value } };
  }
}

const effectiveDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

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
    EffectiveDeliveryPolicy: effectiveDeliveryPolicy,
    ...topic.attributes,
    ...(topic.kmsMasterKeyId === null ? {} : { KmsMasterKeyId: topic.kmsMasterKeyId }),
  };
}
