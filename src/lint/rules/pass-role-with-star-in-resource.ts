import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { broadGrants } from '../broad-grant.ts';

/** spec: LINT-AA-1 */
export const passRoleWithStarInResource = accessAnalyzerRule({
  code: 'pass-role-with-star-in-resource',
  issueCode: 'PASS_ROLE_WITH_STAR_IN_RESOURCE',
  severity: 'security-warning',
  title: 'iam:PassRole is allowed on every role',
  why: 'Whoever may pass any role to a service can act with the permissions of any role.',
  types: ['identity', 'boundary', 'session'],
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
  *check(context) {
    yield* broadGrants(context, {
      action: 'iam:PassRole',
      by: 'action',
      on: 'star-in-resource',
      unlessAsked: 'iam:passedtoservice',
    });
  },
});
