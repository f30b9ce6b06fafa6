import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { broadGrants } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const passRoleWithStarInResourceAndNotAction = accessAnalyzerRule({
  code: 'pass-role-with-star-in-resource-and-not-action',
  issueCode: 'PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
  severity: 'security-warning',
  title: 'iam:PassRole is allowed on every role, by NotAction',
  why: 'Whoever may pass any role to a service can act with the permissions of any role.',
  types: ['identity', 'boundary', 'session'],
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
  *check(context) {
    yield* broadGrants(context, {
      action: 'iam:PassRole',
      by: 'not-action',
      on: 'star-in-resource',
      unlessAsked: 'iam:passedtoservice',
    });
  },
});
