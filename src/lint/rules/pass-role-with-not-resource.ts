import { broadGrantRule, passRole } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const passRoleWithNotResource = broadGrantRule(passRole, {
  code: 'pass-role-with-not-resource',
  issueCode: 'PASS_ROLE_WITH_NOT_RESOURCE',
  title: 'iam:PassRole is allowed on all roles but some',
  by: 'action',
  on: 'not-resource',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 'iam:PassRole', NotResource: 'arn:aws:iam::111122223333:role/admin' },
        ],
        at: ['/Statement/0/NotResource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/config' },
          { Effect: 'Deny', Action: 'iam:PassRole', NotResource: 'arn:aws:iam::111122223333:role/admin' },
          {
            Effect: 'Allow',
            Action: 'iam:PassRole',
            NotResource: 'arn:aws:iam::111122223333:role/admin',
            Condition: { StringEquals: { 'iam:PassedToService': 'config.amazonaws.com' } },
          },
        ],
      },
    ],
  },
});
