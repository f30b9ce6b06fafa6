import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identityStatement, asked, requestOf, resourceStatement } from '../../test/policy/generated.ts';
import { compiledForTest, noPolicies } from '../../test/policy/policy-case.ts';
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
