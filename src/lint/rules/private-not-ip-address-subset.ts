import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { privateAmongPublic } from '../private-range.ts';

/** spec: LINT-AA-1 */
export const privateNotIpAddressSubset = accessAnalyzerRule({
  code: 'private-not-ip-address-subset',
  issueCode: 'PRIVATE_NOT_IP_ADDRESS_SUBSET',
  severity: 'suggestion',
  title: 'private addresses among public ones in aws:SourceIp',
  why: 'aws:SourceIp is the public address of a request; a private one is never seen there, so there is nothing to exclude. For addresses in a VPC there is aws:VpcSourceIp.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } },
          },
        ],
        at: ['/Statement/0/Condition/NotIpAddress/aws:SourceIp/0'],
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
              NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24', 'aws:VpcSourceIp': '10.0.0.0/8' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.base !== 'NotIpAddress' || condition.keyName !== 'aws:sourceip') continue;
      for (const { text, pointer } of privateAmongPublic(condition)) {
        yield {
          pointer,
          message: `aws:SourceIp is a public address, so \`${text}\` excludes none`,
          next: 'remove it; for addresses in a VPC there is `aws:VpcSourceIp`',
        };
      }
    }
  },
});
