import { broadGrantRule, passRole } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const passRoleWithNotActionAndNotResource = broadGrantRule(passRole, {
  code: 'pass-role-with-not-action-and-not-resource',
  issueCode: 'PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE',
  title: 'iam:PassRole is allowed on all roles but some, by NotAction',
  by: 'not-action',
  on: 'not-resource',
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
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/config' },
          { Effect: 'Deny', NotAction: 's3:*', NotResource: 'arn:aws:iam::111122223333:role/admin' },
          {
            Effect: 'Allow',
            NotAction: 's3:*',
            NotResource: 'arn:aws:iam::111122223333:role/admin',
            Condition: { StringEquals: { 'iam:PassedToService': 'config.amazonaws.com' } },
          },
        ],
      },
    ],
  },
});
