import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { broadGrants } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const passRoleWithStarInActionAndResource = accessAnalyzerRule({
  code: 'pass-role-with-star-in-action-and-resource',
  issueCode: 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
  severity: 'security-warning',
  title: 'iam:PassRole is allowed on every role, by a wildcard',
  why: 'Whoever may pass any role to a service can act with the permissions of any role.',
  types: ['identity', 'boundary', 'session'],
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/config' },
          { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
          {
            Effect: 'Allow',
            Action: 'iam:*',
            Resource: '*',
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
      on: 'star-in-resource',
      unlessAsked: 'iam:passedtoservice',
    });
  },
});
