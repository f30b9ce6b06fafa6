import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { likeResources, redundantPatterns } from '../redundant.ts';

/** spec: LINT-AA-1 */
export const redundantResource = accessAnalyzerRule({
  code: 'redundant-resource',
  issueCode: 'REDUNDANT_RESOURCE',
  severity: 'suggestion',
  title: 'a resource that another of the same list covers',
  why: 'It changes nothing and makes the policy longer.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3:::a/b', 'arn:aws:s3:::a/*'] },
        ],
        at: ['/Statement/0/Resource/0'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:*',
            Resource: [
              'arn:aws:s3:::a',
              'arn:aws:s3:::a/*',
              'arn:aws:*:::b',
              'arn:aws:sns:us-east-1:111122223333:b',
            ],
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const { resources, notResources } of policy.statements) {
      yield* redundantPatterns(resources, 'resource', likeResources);
      yield* redundantPatterns(notResources, 'resource', likeResources);
    }
  },
});
