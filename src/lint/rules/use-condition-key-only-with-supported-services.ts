import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { someOf } from '../resource-tag.ts';

/** spec: LINT-AA-1, LINT-AA-4 */
export const useConditionKeyOnlyWithSupportedServices = accessAnalyzerRule({
  code: 'use-condition-key-only-with-supported-services',
  issueCode: 'USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES',
  severity: 'warning',
  title: 'a key of VPC endpoints is asked for actions of services that do not fill it in',
  why: 'Only some services fill in aws:VpceAccount, aws:VpceOrgID and aws:VpceOrgPaths. For all others the key is absent: an Allow never reaches them, a Deny with a negated test falls on every request.',
  examples: {
    wrong: [
      {
        type: 'scp',
        policy: [
          {
            Effect: 'Deny',
            Action: ['s3:*', 'ec2:*'],
            Resource: '*',
            Condition: { StringNotEqualsIfExists: { 'aws:VpceOrgID': 'o-exampleorgid' } },
          },
          {
            Effect: 'Deny',
            Action: '*',
            Resource: '*',
            Condition: { StringNotEqualsIfExists: { 'aws:VpceAccount': '111122223333' } },
          },
        ],
        at: [
          '/Statement/0/Condition/StringNotEqualsIfExists/aws:VpceOrgID',
          '/Statement/1/Condition/StringNotEqualsIfExists/aws:VpceAccount',
        ],
      },
    ],
    right: [
      {
        type: 'rcp',
        policy: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: ['s3:*', 'kms:*'],
            Resource: '*',
            Condition: {
              StringNotEqualsIfExists: { 'aws:VpceOrgID': 'o-exampleorgid' },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
        ],
      },
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: '*',
            Resource: 'arn:aws:s3:::a/*',
            Condition: { StringEquals: { 'aws:VpceAccount': '111122223333' } },
          },
        ],
      },
    ],
  },
  *check({ policy, type }) {
    // What the policy is attached to limits its actions to services that fill the keys in.
    if (type === 'bucket' || type === 'key') return;
    for (const statement of policy.statements) {
      for (const condition of statement.conditions) {
        const supporting = supportingServices(condition.keyName);
        if (supporting === null) continue;
        const others =
          statement.actions === null
            ? ['NotAction']
            : statement.actions.map(({ text }) => text).filter((text) => !isSupported(text, supporting));
        if (others.length === 0) continue;
        yield {
          pointer: condition.pointer,
          message: `${condition.key} is filled in by some services only, which ${someOf(others)} goes beyond`,
          next: 'name actions of the services that AWS lists for this key',
        };
      }
    }
  },
});

function isSupported(action: string, supporting: readonly string[]): boolean {
  const [prefix = '', name = ''] = action.toLowerCase().split(':');
  return supporting.includes(prefix) && !(prefix === 'iam' && name === 'passrole');
}

function supportingServices(keyName: string): readonly string[] | null {
  if (keyName === 'aws:vpceaccount' || keyName === 'aws:vpceorgpaths') return filledInBy;
  return keyName === 'aws:vpceorgid' ? [...filledInBy, ...organizationFilledInBy] : null;
}

// spec: LINT-AA-4
// prettier-ignore
const filledInBy = [
  'acm-pca', 'apprunner', 'applicationinsights', 'athena', 'cloudformation', 'comprehendmedical', 'compute-optimizer', 'datasync', 'discovery', 'dynamodb', 'ebs', 'ecr', 'ecs', 'firehose', 'gamelift', 'healthlake', 'iam', 'iotfleetwise', 'iotwireless',
  'kinesisanalytics', 'kms', 'lambda', 'medical-imaging', 'omics', 'payment-cryptography', 'polly', 'rbin', 'rekognition', 'route53', 's3', 'scheduler', 'servicediscovery', 'servicequotas', 'shield', 'ssm-contacts', 'storagegateway', 'textract', 'transcribe', 'transfer',
];
// prettier-ignore
const organizationFilledInBy = [
  'b2bi', 'cassandra', 'cognito-identity', 'dms', 'ds-data', 'identitystore', 'iottwinmaker', 'network-firewall', 'pricing', 'ses', 'sms-voice', 'sqs', 'workmail',
];
