import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn, isNegated } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const s3PrefixInNegativeContext = accessAnalyzerRule({
  code: 's3-prefix-in-negative-context',
  issueCode: 'S3_PREFIX_IN_NEGATIVE_CONTEXT',
  severity: 'security-warning',
  title: 's3:prefix in a test of what is not allowed',
  why: 'A caller may list with a shorter prefix, or none, and see what the test meant to hide.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Deny',
            Action: 's3:ListBucket',
            Resource: '*',
            Condition: { StringLike: { 's3:prefix': 'secret/*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringLike/s3:prefix'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:ListBucket',
            Resource: '*',
            Condition: { StringLike: { 's3:prefix': 'public/*' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of conditionsOn(statement, 's3:prefix')) {
        if (!condition.base.startsWith('String') || (statement.effect === 'Deny') === isNegated(condition))
          continue;
        yield {
          pointer: condition.pointer,
          message: 'whoever lists with a shorter s3:prefix, or none, is not caught by this test',
          next: 'allow the prefixes that may be listed instead',
        };
      }
    }
  },
});
