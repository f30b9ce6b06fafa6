import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identityStatement, asked, requestOf, resourceStatement } from '../../test/policy/generated.ts';
import { caseContext, compiledForTest, noPolicies, userForTest } from '../../test/policy/policy-case.ts';
import { statementReach } from './compile.ts';
import { questionOf } from './judge.ts';
import { joined, nobody } from './reach.ts';

// spec: IAM-EVAL-2
test('of many statements those that are left out would have reached nobody', () => {
  const several = (statement: typeof identityStatement) =>
    fc.array(statement, { minLength: 20, maxLength: 40 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(fc.constant('identity' as const), several(identityStatement)),
        fc.tuple(fc.constant('bucket' as const), several(resourceStatement)),
      ),
      fc.constantFrom('2012-10-17', '2008-10-17'),
      asked,
      ([type, Statement], Version, question) => {
        const input = compiledForTest(type, { Version, Statement });
        if (input.kind !== 'policy') throw new Error('it was given');
        const asking = questionOf(requestOf(question), noPolicies);
        const { allow, deny } = input.policy.candidates(asking.action);
        for (const list of [allow, deny]) {
          const each = list.all.map((candidate) => statementReach(candidate, asking));
          expect(list.reach(asking)).toBe(each.reduce(joined, nobody));
        }
      },
    ),
    { numRuns: 300 },
  );
});

/** Statements of few places and accounts, so that groups of every kind come about and the request falls into some. */
const indexable: fc.Arbitrary<Record<string, unknown>> = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constant('*'),
  Resource: fc.oneof(
    fc.constantFrom(
      '*',
      'arn:aws:s3:::a',
      'arn:aws:s3:::a/b',
      'arn:aws:s3:::a/*',
      'arn:aws:s3:::?',
      'arn:aws:s3:::${aws:b}',
    ),
    fc.constant(['arn:aws:s3:::a', 'arn:aws:s3:::a', 'arn:aws:s3:::c']),
    fc.constant(['arn:aws:s3:::a', '*']),
  ),
  Condition: fc.constantFrom<object>(
    { StringEquals: { 'aws:a': '1' } },
    { StringEquals: { 'AWS:A': ['1', '2', '2'] } },
    { StringEquals: { 'aws:a': '3', 'aws:b': 'x' } },
    { StringEquals: { 'aws:b': 'a' } },
    { StringEquals: { 'aws:a': '${aws:b}' } },
    { StringEquals: { 'aws:a': [] } },
    { StringEqualsIfExists: { 'aws:a': '1' } },
    { 'ForAllValues:StringEquals': { 'aws:a': '1' } },
    { StringNotEquals: { 'aws:a': '1' } },
    { StringLike: { 'aws:a': '*' } },
    {},
  ),
});

/** Most of them want one key to equal something, so that it is worth looking up. */
const account = fc
  .constantFrom<object | undefined>(
    { StringEquals: { 'aws:a': '1' } },
    { StringEquals: { 'aws:b': 'x', 'AWS:A': ['1', '2', '2'] } },
    { StringEquals: { 'aws:a': '4' }, StringLike: { 'aws:b': '*' } },
    { StringEquals: { 'aws:a': ['', 'a'] } },
    undefined,
  )
  .map((Condition) => ({
    Effect: 'Allow',
    Resource: '*',
    ...(Condition === undefined ? {} : { Condition }),
  }));

const few = fc.constantFrom(null, '', '1', '2', '4', 'a', 'x', [], ['1'], ['1', '2'], {
  unknown: 'not given',
});

// spec: IAM-EVAL-2
test.each([
  ['places and accounts', indexable],
  ['accounts', fc.tuple(indexable, account).map(([statement, of]) => ({ ...statement, ...of }))],
  [
    'places of many lengths',
    fc.tuple(indexable, fc.nat(30)).map(([statement, length]) => ({
      ...statement,
      Resource: `arn:aws:s3:::${'a'.repeat(length)}*`,
    })),
  ],
])('statements found by %s reach whom all of them reach', (_name, statement) => {
  fc.assert(
    fc.property(
      fc.array(statement, { minLength: 6, maxLength: 40 }),
      fc.constantFrom('*', 'arn:aws:s3:::a', 'arn:aws:s3:::a/b', 'arn:aws:s3:::aaaaaaaaaa', 'arn:aws:s3:::d'),
      few,
      few,
      (Statement, resource, a, b) => {
        const input = compiledForTest('identity', { Version: '2012-10-17', Statement });
        if (input.kind !== 'policy') throw new Error('it was given');
        const context = caseContext({ 'aws:a': a, 'aws:b': b });
        const request = {
          principal: userForTest,
          action: 's3:GetObject',
          resource,
          resourceAccount: null,
          context,
        };
        const asking = questionOf(request, noPolicies);
        const { allow, deny } = input.policy.candidates(asking.action);
        expect([...allow.all, ...deny.all]).toHaveLength(Statement.length);
        for (const list of [allow, deny]) {
          const each = list.all.map((candidate) => statementReach(candidate, asking));
          expect(list.reach(asking)).toBe(each.reduce(joined, nobody));
        }
      },
    ),
    { numRuns: 150 },
  );
});
