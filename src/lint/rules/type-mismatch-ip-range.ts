import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { operatorFamily } from '../condition-operator.ts';
import { parseIpRange } from '../../policy/ip-range.ts';

/** spec: LINT-AA-1 */
export const typeMismatchIpRange = accessAnalyzerRule({
  code: 'type-mismatch-ip-range',
  issueCode: 'TYPE_MISMATCH_IP_RANGE',
  severity: 'error',
  title: 'a value that is no IP address or range',
  why: 'The value matches no request.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.300', '203.0.113.0/33'] } },
          },
        ],
        at: [
          '/Statement/0/Condition/IpAddress/aws:SourceIp/0',
          '/Statement/0/Condition/IpAddress/aws:SourceIp/1',
        ],
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
              IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:DB8::/32', '2001:db8:0:0:0:0:0:1'] },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (operatorFamily(condition.base) !== 'IPAddress') continue;
      for (const { text, pointer } of condition.values) {
        if (parseIpRange(text) !== null || text.includes('${')) continue;
        yield {
          pointer,
          message: `\`${text}\` is no IP address or CIDR range, so it matches nothing`,
          next: 'write it as `203.0.113.0/24` or `2001:db8::/32`',
        };
      }
    }
  },
});
