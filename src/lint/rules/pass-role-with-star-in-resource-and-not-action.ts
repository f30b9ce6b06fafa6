import { broadGrantRule, passRole } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const passRoleWithStarInResourceAndNotAction = broadGrantRule(passRole, {
  code: 'pass-role-with-star-in-resource-and-not-action',
  issueCode: 'PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
  title: 'iam:PassRole is allowed on every role, by NotAction',
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
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/config' },
          { Effect: 'Deny', NotAction: 's3:*', Resource: '*' },
          {
            Effect: 'Allow',
            NotAction: 's3:*',
            Resource: '*',
            Condition: { StringEquals: { 'iam:PassedToService': 'config.amazonaws.com' } },
          },
        ],
      },
    ],
  },
});
