import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { broadGrants } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const createSlrWithStarInResource = accessAnalyzerRule({
  code: 'create-slr-with-star-in-resource',
  issueCode: 'CREATE_SLR_WITH_STAR_IN_RESOURCE',
  severity: 'warning',
  title: 'iam:CreateServiceLinkedRole is allowed on every role',
  why: 'It allows services to be given roles that nobody meant to give them.',
  types: ['identity', 'boundary', 'session'],
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 'iam:CreateServiceLinkedRole', Resource: '*' }],
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
          { Effect: 'Deny', Action: 'iam:CreateServiceLinkedRole', Resource: '*' },
        ],
      },
    ],
  },
  *check(context) {
    yield* broadGrants(context, {
      action: 'iam:CreateServiceLinkedRole',
      by: 'action',
      on: 'star-in-resource',
      unlessAsked: null,
    });
  },
});
