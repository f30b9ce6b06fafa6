import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { hasOnlyPrivateRanges } from '../private-range.ts';

/** spec: LINT-AA-1 */
export const privateNotIpAddress = accessAnalyzerRule({
  code: 'private-not-ip-address',
  issueCode: 'PRIVATE_NOT_IP_ADDRESS',
  severity: 'error',
  title: 'aws:SourceIp excludes private addresses only',
  why: 'aws:SourceIp is the public address of a request; a private one is never seen there. For addresses in a VPC there is aws:VpcSourceIp.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
          },
        ],
        at: ['/Statement/0/Condition/NotIpAddress/aws:SourceIp'],
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
              NotIpAddress: {
                'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'],
                'aws:VpcSourceIp': '10.0.0.0/8',
              },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.base !== 'NotIpAddress' || condition.keyName !== 'aws:sourceip') continue;
      if (!hasOnlyPrivateRanges(condition)) continue;
      yield {
        pointer: condition.pointer,
        message:
          'aws:SourceIp is a public address, so the private ranges here exclude nothing: the condition always holds',
        next: 'write public ranges, or use `aws:VpcSourceIp`',
      };
    }
  },
});
