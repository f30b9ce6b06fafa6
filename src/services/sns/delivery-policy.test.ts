import { expect, test } from 'vitest';
import { defaultRetryPolicy, deliveryPolicyFault, retryDelaysSeconds } from './delivery-policy.ts';

// spec: SNS-RETRY-1
test('without a policy three retries follow, twenty seconds apart', () => {
  expect(retryDelaysSeconds(defaultRetryPolicy)).toEqual([20, 20, 20]);
});

// spec: SNS-RETRY-1
test('retries come at once, then after the shortest delay, then longer and longer, then after the longest', () => {
  const policy = {
    minDelayTarget: 1,
    maxDelayTarget: 60,
    numRetries: 10,
    numNoDelayRetries: 2,
    numMinDelayRetries: 2,
    numMaxDelayRetries: 3,
    backoffFunction: 'linear',
  } as const;
  expect(retryDelaysSeconds(policy)).toEqual([0, 0, 1, 1, 1, 31, 60, 60, 60, 60]);
});

// spec: SNS-RETRY-2
test.each(['linear', 'arithmetic', 'geometric', 'exponential'] as const)(
  'with the function %s no delay is shorter than the one before, or outside of the bounds',
  (backoffFunction) => {
    const delays = retryDelaysSeconds({
      ...defaultRetryPolicy,
      minDelayTarget: 2,
      maxDelayTarget: 100,
      numRetries: 12,
      backoffFunction,
    });
    expect(delays).toHaveLength(12);
    expect(delays[0]).toBe(2);
    expect(delays.at(-1)).toBe(100);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  },
);

// spec: SNS-RETRY-1
test.each([
  ['{', 'failed to parse JSON.'],
  [
    '{"healthyRetryPolicy":{"minDelayTarget":9,"maxDelayTarget":8}}',
    'minDelayTarget must be less than or equal to maxDelayTarget',
  ],
  [
    '{"healthyRetryPolicy":{"minDelayTarget":0}}',
    'healthyRetryPolicy.minDelayTarget must be greater than or equal to 1',
  ],
  [
    '{"healthyRetryPolicy":{"numRetries":3,"numNoDelayRetries":4}}',
    'numRetries must be at least the sum of the retries of the phases',
  ],
  [
    '{"healthyRetryPolicy":{"minDelayTarget":3600,"maxDelayTarget":3600,"numRetries":2}}',
    'the total retry time must not be longer than 3600 seconds',
  ],
  ['{"throttlePolicy":{"maxReceivesPerSecond":5}}', null],
])('of %s is said: %s', (text, fault) => {
  expect(deliveryPolicyFault(text, 'subscription')).toBe(fault);
});
