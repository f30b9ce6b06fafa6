import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { broadGrants } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const createSlrWithStarInActionAndNotResource = accessAnalyzerRule({
  code: 'create-slr-with-star-in-action-and-not-resource',
  issueCode: 'CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
  severity: 'warning',
  title: 'iam:CreateServiceLinkedRole is allowed on all roles but some, by a wildcard',
  why: 'It allows services to be given roles that nobody meant to give them.',
  types: ['identity', 'boundary', 'session'],
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 'iam:*', NotResource: 'arn:aws:iam::111122223333:role/admin' }],
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
          { Effect: 'Deny', Action: 'iam:*', NotResource: 'arn:aws:iam::111122223333:role/admin' },
        ],
      },
    ],
  },
  *check(context) {
    yield* broadGrants(context, {
      action: 'iam:CreateServiceLinkedRole',
      by: 'star-in-action',
      on: 'not-resource',
      unlessAsked: null,
    });
  },
});
