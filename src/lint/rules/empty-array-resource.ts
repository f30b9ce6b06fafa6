import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { emptyArrays } from '../empty-array.ts';

/** spec: LINT-AA-1 */
export const emptyArrayResource = accessAnalyzerRule({
  code: 'empty-array-resource',
  issueCode: 'EMPTY_ARRAY_RESOURCE',
  severity: 'suggestion',
  title: 'an empty list of resources',
  why: 'The statement is about no resource and has no effect.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: [] }],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [{ type: 'identity', policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: ['*'] }] }],
  },
  *check(context) {
    yield* emptyArrays(context, ['Resource', 'NotResource'], 'resource');
  },
});
