import { broadGrantRule, createServiceLinkedRole } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const createSlrWithStarInResource = broadGrantRule(createServiceLinkedRole, {
  code: 'create-slr-with-star-in-resource',
  issueCode: 'CREATE_SLR_WITH_STAR_IN_RESOURCE',
  title: 'iam:CreateServiceLinkedRole is allowed on every role',
  by: 'action',
  on: 'star-in-resource',
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
});
