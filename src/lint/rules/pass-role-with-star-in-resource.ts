import { broadGrantRule, passRole } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const passRoleWithStarInResource = broadGrantRule(passRole, {
  code: 'pass-role-with-star-in-resource',
  issueCode: 'PASS_ROLE_WITH_STAR_IN_RESOURCE',
  title: 'iam:PassRole is allowed on every role',
  by: 'action',
  on: 'star-in-resource',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/config' },
          { Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' },
          {
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: '*',
            Condition: { StringEquals: { 'iam:PassedToService': 'config.amazonaws.com' } },
          },
        ],
      },
    ],
  },
});
