import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn } from '../statement-scope.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-AA-1 */
export const invalidRegion = accessAnalyzerRule({
  code: 'invalid-region',
  issueCode: 'INVALID_REGION',
  severity: 'error',
  title: 'a value that is no Region',
  why: 'It matches no request.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-est-1a'] } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:RequestedRegion/1'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: {
              StringEquals: { 'aws:RequestedRegion': ['us-gov-west-1', 'ap-southeast-4'] },
              StringLike: { 'aws:RequestedRegion': 'eu-*' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of conditionsOn(statement, 'aws:RequestedRegion')) {
        if (condition.base === 'Null') continue;
        for (const { text, pointer } of condition.values) {
          if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text) || hasWildcard(text) || text.includes('${'))
            continue;
          yield {
            pointer,
            message: `\`${text}\` is no Region, so it matches none`,
            next: 'write it as `us-east-1`',
          };
        }
      }
    }
  },
});
