import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn } from '../statement-scope.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-AA-1 */
export const invalidVpceFormat = accessAnalyzerRule({
  code: 'invalid-vpce-format',
  issueCode: 'INVALID_VPCE_FORMAT',
  severity: 'error',
  title: 'a value that is no VPC endpoint ID',
  why: 'A VPC endpoint ID is `vpce-` and 8 or 17 letters and digits; another text matches no request.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:SourceVpce'],
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
              StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
              StringLike: { 'aws:SourceVpce': 'vpce-*' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of conditionsOn(statement, 'aws:SourceVpce')) {
        if (condition.base === 'Null') continue;
        for (const { text, pointer } of condition.values) {
          if (/^vpce-([0-9a-z]{8}|[0-9a-z]{17})$/.test(text) || hasWildcard(text) || text.includes('${'))
            continue;
          yield {
            pointer,
            message: `\`${text}\` is no ID of a VPC endpoint, so it matches none`,
            next: 'write it as `vpce-1a2b3c4d`',
          };
        }
      }
    }
  },
});
