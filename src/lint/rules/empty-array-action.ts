import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { emptyArrays } from '../empty-array.ts';

/** spec: LINT-AA-1 */
export const emptyArrayAction = accessAnalyzerRule({
  code: 'empty-array-action',
  issueCode: 'EMPTY_ARRAY_ACTION',
  severity: 'suggestion',
  title: 'an empty list of actions',
  why: 'The statement is about no action and has no effect.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: [], Resource: '*' }],
        at: ['/Statement/0/Action'],
      },
    ],
    right: [{ type: 'identity', policy: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }] }],
  },
  *check(context) {
    yield* emptyArrays(context, ['Action', 'NotAction'], 'action');
  },
});
