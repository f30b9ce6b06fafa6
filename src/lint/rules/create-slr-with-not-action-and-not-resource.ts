import { broadGrantRule, createServiceLinkedRole } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const createSlrWithNotActionAndNotResource = broadGrantRule(createServiceLinkedRole, {
  code: 'create-slr-with-not-action-and-not-resource',
  issueCode: 'CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE',
  title: 'iam:CreateServiceLinkedRole is allowed on all roles but some, by NotAction',
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
});
