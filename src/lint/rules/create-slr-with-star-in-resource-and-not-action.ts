import { broadGrantRule, createServiceLinkedRole } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const createSlrWithStarInResourceAndNotAction = broadGrantRule(createServiceLinkedRole, {
  code: 'create-slr-with-star-in-resource-and-not-action',
  issueCode: 'CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
  title: 'iam:CreateServiceLinkedRole is allowed on every role, by NotAction',
  by: 'not-action',
  on: 'star-in-resource',
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
});
