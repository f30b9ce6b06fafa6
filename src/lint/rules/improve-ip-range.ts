import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { operatorFamily } from '../condition-operator.ts';
import { parseIpRange, type IpRange } from '../../policy/ip-range.ts';

/** spec: LINT-AA-1 */
export const improveIpRange = accessAnalyzerRule({
  code: 'improve-ip-range',
  issueCode: 'IMPROVE_IP_RANGE',
  severity: 'suggestion',
  title: 'an IP range with bits behind its prefix',
  why: 'The bits behind the prefix are ignored; the range is larger than the address in it suggests.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.7/24' } },
          },
        ],
        at: ['/Statement/0/Condition/IpAddress/aws:SourceIp'],
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
            Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '203.0.113.7'] } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (operatorFamily(condition.base) !== 'IPAddress') continue;
      for (const { text, pointer } of condition.values) {
        const range = parseIpRange(text);
        if (range === null) continue;
        if (!hasHostBits(range)) continue;
        yield {
          pointer,
          message: `\`${text}\` has bits behind its prefix, which are ignored: the whole range matches`,
          next: 'write the first address of the range',
        };
      }
    }
  },
});

function hasHostBits({ groups, prefixBits }: IpRange): boolean {
  return groups.some((group, index) => {
    const prefixBitsHere = Math.min(16, Math.max(0, prefixBits - 16 * index));
    return (group & (0xffff >> prefixBitsHere)) !== 0;
  });
}
