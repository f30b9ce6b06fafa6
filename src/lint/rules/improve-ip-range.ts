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
        const plain = withoutHostBits(range);
        yield {
          pointer,
          message: `\`${text}\` has bits behind its prefix, which are ignored: the whole range matches`,
          next: `write \`${plain}\``,
          fix: {
            summary: `write \`${text}\` as \`${plain}\``,
            patch: [{ op: 'replace', path: pointer, value: plain }],
          },
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

/** The range as its first address and its prefix. */
function withoutHostBits({ version, groups, prefixBits }: IpRange): string {
  const first = groups.map((group, index) => {
    const freeBits = Math.min(16, Math.max(0, 16 * (index + 1) - prefixBits));
    return (group >> freeBits) << freeBits;
  });
  const address =
    version === 4
      ? first.flatMap((group) => [group >> 8, group & 0xff]).join('.')
      : first
          .map((group) => group.toString(16))
          .join(':')
          // The zeros at the end, of which a range has the most.
          .replace(/(:0)(:0)+$/, '::');
  return `${address}/${String(prefixBits)}`;
}
