import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { broadGrants } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const createSlrWithNotActionAndNotResource = accessAnalyzerRule({
  code: 'create-slr-with-not-action-and-not-resource',
  issueCode: 'CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE',
  severity: 'warning',
  title: 'iam:CreateServiceLinkedRole is allowed on all roles but some, by NotAction',
  why: 'It allows services to be given roles that nobody meant to give them.',
  types: ['identity', 'boundary', 'session'],
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', NotAction: 's3:*', NotResource: 'arn:aws:iam::111122223333:role/admin' }],
        at: ['/Statement/0/NotResource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'iam:CreateServiceLinkedRole',
            Resource: 'arn:aws:iam::111122223333:role/config',
          },
          { Effect: 'Deny', NotAction: 's3:*', NotResource: 'arn:aws:iam::111122223333:role/admin' },
        ],
      },
    ],
  },
  *check(context) {
    yield* broadGrants(context, {
      action: 'iam:CreateServiceLinkedRole',
      by: 'not-action',
      on: 'not-resource',
      unlessAsked: null,
    });
  },
});
