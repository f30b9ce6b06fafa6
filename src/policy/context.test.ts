import { expect, test } from 'vitest';
import { absent, present, presentList, requestContext, unknownValue } from './context.ts';

// spec: IAM-CASE-5
test('a key is found in any case, and the last of one name counts', () => {
  const context = requestContext([
    ['aws:SourceAccount', present('1')],
    ['AWS:sourceaccount', present('2')],
    ['aws:MultiFactorAuthAge', present(5)],
    ['aws:SecureTransport', present(false)],
    ['aws:TagKeys', presentList(['a', 'b'])],
  ]);
  const one = { state: 'present', values: ['2'], multivalued: false };
  expect(context.get('aws:SourceAccount')).toEqual(one);
  expect(context.get('aws:sourceaccount')).toEqual(one);
  expect(context.get('AWS:SOURCEACCOUNT')).toEqual(one);
  expect(context.get('aws:multifactorauthage')).toEqual({
    state: 'present',
    values: ['5'],
    multivalued: false,
  });
  expect(context.get('aws:SecureTransport')).toEqual({
    state: 'present',
    values: ['false'],
    multivalued: false,
  });
  expect(context.get('aws:TagKeys')).toEqual({ state: 'present', values: ['a', 'b'], multivalued: true });
  expect([...context.entries()].map(([name]) => name)).toEqual([
    'aws:sourceaccount',
    'aws:multifactorauthage',
    'aws:securetransport',
    'aws:tagkeys',
  ]);
});

// spec: IAM-EVAL-11
test('a key that nobody told of is absent, unless the request says otherwise', () => {
  expect(requestContext([]).get('aws:x')).toEqual({ state: 'absent' });
  const unknown = unknownValue('not complete');
  const context = requestContext([['aws:y', absent]], unknown);
  expect(context.get('aws:x')).toEqual({ state: 'unknown', why: 'not complete' });
  expect(context.get('AWS:Y')).toEqual({ state: 'absent' });
});
