/**
 * Delivery policies: how often and when a message to an HTTP endpoint is tried again.
 * spec: SNS-RETRY-1, SNS-RETRY-2
 */
import { z } from 'zod';

export type BackoffFunction = 'linear' | 'arithmetic' | 'geometric' | 'exponential';

export interface RetryPolicy {
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numMaxDelayRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly backoffFunction: BackoffFunction;
}

/** What holds for one subscription: its own policy, else its topic's, else SNS's. */
export interface EffectivePolicy {
  readonly healthyRetryPolicy: RetryPolicy;
  readonly requestPolicy: { readonly headerContentType: string };
}

export const defaultRetryPolicy: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};

export const defaultContentType = 'text/plain; charset=UTF-8';

const delaySeconds = z.int().min(1).max(3600);
const retryCount = z.int().min(0).max(100);
const retryPolicy = z.strictObject({
  minDelayTarget: delaySeconds.optional(),
  maxDelayTarget: delaySeconds.optional(),
  numRetries: retryCount.optional(),
  numMaxDelayRetries: retryCount.nullish(),
  numNoDelayRetries: retryCount.nullish(),
  numMinDelayRetries: retryCount.nullish(),
  backoffFunction: z.enum(['linear', 'arithmetic', 'geometric', 'exponential']).optional(),
});
const throttlePolicy = z.strictObject({ maxReceivesPerSecond: z.int().min(1).nullish() });
const requestPolicy = z.strictObject({ headerContentType: z.string().min(1).max(256).optional() });

const topicPolicy = z.strictObject({
  http: z.strictObject({
    defaultHealthyRetryPolicy: retryPolicy.nullish(),
    disableSubscriptionOverrides: z.boolean().nullish(),
    defaultThrottlePolicy: throttlePolicy.nullish(),
    defaultRequestPolicy: requestPolicy.nullish(),
  }),
});
const subscriptionPolicy = z.strictObject({
  healthyRetryPolicy: retryPolicy.nullish(),
  throttlePolicy: throttlePolicy.nullish(),
  requestPolicy: requestPolicy.nullish(),
  sicklyRetryPolicy: z.null().optional(),
  guaranteed: z.boolean().optional(),
});

/** What is wrong with a delivery policy; `null`: nothing. */
export function deliveryPolicyFault(text: string, of: 'topic' | 'subscription'): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'failed to parse JSON.';
  }
  const parsed = (of === 'topic' ? topicPolicy : subscriptionPolicy).safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return issue === undefined ? 'not a delivery policy' : faultText(issue);
  }
  const retry = of === 'topic' ? topicRetry(text) : subscriptionRetry(text);
  if (retry.minDelayTarget > retry.maxDelayTarget)
    return 'minDelayTarget must be less than or equal to maxDelayTarget';
  const { numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries, numRetries } = retry;
  if (numNoDelayRetries + numMinDelayRetries + numMaxDelayRetries > numRetries)
    return 'numRetries must be at least the sum of the retries of the phases';
  const total = retryDelaysSeconds(retry).reduce((sum, delay) => sum + delay, 0);
  return total > 3600 ? 'the total retry time must not be longer than 3600 seconds' : null;
}

function faultText({ code, path, message, ...issue }: z.core.$ZodIssue): string {
  const place = path.join('.');
  if (code === 'unrecognized_keys' && 'keys' in issue)
    return `Unexpected JSON member: ${issue.keys[0] ?? ''}`;
  if (code === 'too_big' && 'maximum' in issue)
    return `${place} must be less than or equal to ${String(issue.maximum)}`;
  if (code === 'too_small' && 'minimum' in issue)
    return `${place} must be greater than or equal to ${String(issue.minimum)}`;
  return `${place}: ${message}`;
}

/** @param topic the attribute of the topic, `subscription` that of the subscription; `undefined`: none */
export function effectivePolicy(
  topic: string | undefined,
  subscription: string | undefined,
): EffectivePolicy {
  const ofTopic = topic === undefined ? null : topicPolicy.parse(JSON.parse(topic)).http;
  const own =
    subscription === undefined || disablesOverrides(topic)
      ? null
      : subscriptionPolicy.parse(JSON.parse(subscription));
  return {
    healthyRetryPolicy: completed(own?.healthyRetryPolicy ?? ofTopic?.defaultHealthyRetryPolicy ?? {}),
    requestPolicy: {
      headerContentType:
        own?.requestPolicy?.headerContentType ??
        ofTopic?.defaultRequestPolicy?.headerContentType ??
        defaultContentType,
    },
  };
}

/** Whether a topic's policy says that subscriptions' own do not count. */
export function disablesOverrides(topic: string | undefined): boolean {
  return (
    topic !== undefined && topicPolicy.parse(JSON.parse(topic)).http.disableSubscriptionOverrides === true
  );
}

function topicRetry(text: string): RetryPolicy {
  return completed(topicPolicy.parse(JSON.parse(text)).http.defaultHealthyRetryPolicy ?? {});
}

function subscriptionRetry(text: string): RetryPolicy {
  return completed(subscriptionPolicy.parse(JSON.parse(text)).healthyRetryPolicy ?? {});
}

function completed(given: z.infer<typeof retryPolicy>): RetryPolicy {
  const minDelayTarget = given.minDelayTarget ?? defaultRetryPolicy.minDelayTarget;
  return {
    minDelayTarget,
    maxDelayTarget: given.maxDelayTarget ?? Math.max(defaultRetryPolicy.maxDelayTarget, minDelayTarget),
    numRetries: given.numRetries ?? defaultRetryPolicy.numRetries,
    numMaxDelayRetries: given.numMaxDelayRetries ?? 0,
    numNoDelayRetries: given.numNoDelayRetries ?? 0,
    numMinDelayRetries: given.numMinDelayRetries ?? 0,
    backoffFunction: given.backoffFunction ?? defaultRetryPolicy.backoffFunction,
  };
}

/** How long SNS waits before each retry: at once, then the shortest, then longer and longer, then the longest. */
export function retryDelaysSeconds(policy: RetryPolicy): readonly number[] {
  const { numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries, numRetries } = policy;
  const backoffCount = Math.max(0, numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries);
  const repeated = (count: number, delay: number) => Array.from({ length: count }, () => delay);
  return [
    ...repeated(numNoDelayRetries, 0),
    ...repeated(numMinDelayRetries, policy.minDelayTarget),
    ...Array.from({ length: backoffCount }, (_, index) => backoffSeconds(policy, index, backoffCount)),
    ...repeated(numMaxDelayRetries, policy.maxDelayTarget),
  ];
}

/** From the shortest to the longest; the curves themselves are not documented. spec: SNS-RETRY-2 */
function backoffSeconds(policy: RetryPolicy, index: number, count: number): number {
  const { minDelayTarget: min, maxDelayTarget: max, backoffFunction } = policy;
  const part = count === 1 ? 0 : index / (count - 1);
  switch (backoffFunction) {
    case 'linear':
      return Math.round(min + (max - min) * part);
    case 'arithmetic':
      return Math.round(min + ((max - min) * (part + part * part)) / 2);
    case 'geometric':
      return Math.round(min * (max / min) ** part);
    case 'exponential':
      return Math.min(max, min * 2 ** index);
  }
}
