import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { broadGrants } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const createSlrWithStarInResourceAndNotAction = accessAnalyzerRule({
  code: 'create-slr-with-star-in-resource-and-not-action',
  issueCode: 'CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
  severity: 'warning',
  title: 'iam:CreateServiceLinkedRole is allowed on every role, by NotAction',
  why: 'It allows services to be given roles that nobody meant to give them.',
  types: ['identity', 'boundary', 'session'],
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
        at: ['/Statement/0/Resource'],
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
          { Effect: 'Deny', NotAction: 's3:*', Resource: '*' },
        ],
      },
    ],
  },
  *check(context) {
    yield* broadGrants(context, {
      action: 'iam:CreateServiceLinkedRole',
      by: 'not-action',
      on: 'star-in-resource',
      unlessAsked: null,
    });
  },
});
