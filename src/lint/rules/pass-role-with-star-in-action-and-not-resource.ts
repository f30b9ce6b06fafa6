import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { broadGrants } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const passRoleWithStarInActionAndNotResource = accessAnalyzerRule({
  code: 'pass-role-with-star-in-action-and-not-resource',
  issueCode: 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
  severity: 'security-warning',
  title: 'iam:PassRole is allowed on all roles but some, by a wildcard',
  why: 'Whoever may pass any role to a service can act with the permissions of any role.',
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
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/config' },
          { Effect: 'Deny', Action: 'iam:*', NotResource: 'arn:aws:iam::111122223333:role/admin' },
          {
            Effect: 'Allow',
            Action: 'iam:*',
            NotResource: 'arn:aws:iam::111122223333:role/admin',
            Condition: { StringEquals: { 'iam:PassedToService': 'config.amazonaws.com' } },
          },
        ],
      },
    ],
  },
  *check(context) {
    yield* broadGrants(context, {
      action: 'iam:PassRole',
      by: 'star-in-action',
      on: 'not-resource',
      unlessAsked: 'iam:passedtoservice',
    });
  },
});
