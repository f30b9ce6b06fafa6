import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const missingPairedConditionKeys = accessAnalyzerRule({
  code: 'missing-paired-condition-keys',
  issueCode: 'MISSING_PAIRED_CONDITION_KEYS',
  severity: 'security-warning',
  title: 'aws:VpcSourceIp without the network it belongs to',
  why: 'The same private address exists in every VPC. Without aws:SourceVpc or aws:SourceVpce the condition holds in any of them.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } },
          },
        ],
        at: ['/Statement/0/Condition/IpAddress/aws:VpcSourceIp'],
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
              IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' },
              StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const [condition] = conditionsOn(statement, 'aws:VpcSourceIp');
      if (
        condition === undefined ||
        statement.conditions.some(({ keyName }) => /^aws:sourcevpc(e|arn)?$/.test(keyName))
      )
        continue;
      yield {
        pointer: condition.pointer,
        message: 'aws:VpcSourceIp alone holds for that address in any VPC of anybody',
        next: 'add a condition on aws:SourceVpc, aws:SourceVpcArn or aws:SourceVpce',
      };
    }
  },
});
