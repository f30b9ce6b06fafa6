import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn } from '../statement-scope.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-AA-1 */
export const invalidVpcFormat = accessAnalyzerRule({
  code: 'invalid-vpc-format',
  issueCode: 'INVALID_VPC_FORMAT',
  severity: 'error',
  title: 'a value that is no VPC ID',
  why: 'A VPC ID is `vpc-` and 8 or 17 letters and digits; another text matches no request.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:SourceVpc'],
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
              StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
              StringLike: { 'aws:SourceVpc': 'vpc-*' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of conditionsOn(statement, 'aws:SourceVpc')) {
        if (condition.base === 'Null') continue;
        for (const { text, pointer } of condition.values) {
          if (/^vpc-([0-9a-z]{8}|[0-9a-z]{17})$/.test(text) || hasWildcard(text) || text.includes('${'))
            continue;
          yield {
            pointer,
            message: `\`${text}\` is no ID of a VPC, so it matches none`,
            next: 'write it as `vpc-1a2b3c4d`',
          };
        }
      }
    }
  },
});
