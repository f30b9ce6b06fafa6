/** How generated policies are printed: as documents, or as the resources of a template that carry them. */
import { parseArn } from '../../../aws/arn.ts';
import type { PolicyWishes } from '../../../delivery/policies.ts';
import { hcl } from '../../hcl.ts';

export const policyFormats = ['json', 'yaml', 'terraform', 'cloudformation'] as const;
export type PolicyFormat = (typeof policyFormats)[number];
export const policyKinds = ['key', 'bucket', 'role', 'trust', 'topic'] as const;
export type PolicyKind = (typeof policyKinds)[number];

export interface PrintedPolicy {
  readonly kind: PolicyKind;
  readonly document: unknown;
}

/**
 * One policy, or all of them as `{ key, bucket, role, trust, topic }`. Ends in a line break.
 * As YAML 1.1, whose readers are still many: they take a bare Version for a date.
 */
export async function printedPolicies(
  value: unknown,
  policies: readonly PrintedPolicy[],
  format: PolicyFormat,
  wishes: PolicyWishes | null,
): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(value, null, 2)}\n`;
    case 'yaml':
      return (await import('yaml')).stringify(value, {
        lineWidth: 0,
        aliasDuplicateObjects: false,
        version: '1.1',
      });
    case 'terraform':
      return policies.map((policy) => terraformResource(policy, wishes)).join('\n');
    case 'cloudformation': {
      const resources = policies.map((policy) => cloudFormationResource(policy, wishes));
      return (await import('yaml')).stringify(
        { Resources: Object.fromEntries(resources) },
        { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' },
      );
    }
  }
}

/** What the carriers of the policies are called. `null`: a sample says nothing of it. */
function namesOf(wishes: PolicyWishes | null) {
  const role = wishes?.role ?? 'CONFIG_ROLE';
  const path = role.startsWith('arn:') ? (parseArn(role)?.resource.replace(/^role\//, '') ?? role) : role;
  return {
    key: wishes?.keyArn ?? 'KEY_ARN',
    bucket: wishes?.bucketName ?? 'BUCKET',
    role: path.slice(path.lastIndexOf('/') + 1),
    path: `/${path.slice(0, path.lastIndexOf('/') + 1)}`,
    topic: wishes?.topicArn ?? 'TOPIC_ARN',
  };
}

function terraformResource({ kind, document }: PrintedPolicy, wishes: PolicyWishes | null): string {
  const { key, bucket, role, path, topic } = namesOf(wishes);
  const [type, members, policyMember] = (
    {
      key: ['aws_kms_key_policy', { key_id: key }, 'policy'],
      bucket: ['aws_s3_bucket_policy', { bucket }, 'policy'],
      role: ['aws_iam_role_policy', { name: 'aws-config-delivery', role }, 'policy'],
      trust: ['aws_iam_role', { name: role, path }, 'assume_role_policy'],
      topic: ['aws_sns_topic_policy', { arn: topic }, 'policy'],
    } as const satisfies Record<PolicyKind, readonly [string, Record<string, string>, string]>
  )[kind];
  const lines = Object.entries(members).map(([name, value]) => `  ${name} = ${hcl(value, '  ')}`);
  return [
    `resource "${type}" "config" {`,
    ...lines,
    `  ${policyMember} = jsonencode(${hcl(document, '  ')})`,
    '}',
    '',
  ].join('\n');
}

function cloudFormationResource(
  { kind, document }: PrintedPolicy,
  wishes: PolicyWishes | null,
): readonly [name: string, resource: unknown] {
  const { bucket, role, path, topic } = namesOf(wishes);
  switch (kind) {
    case 'key':
      return ['ConfigKey', { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document } }];
    case 'bucket':
      return [
        'ConfigBucketPolicy',
        { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: bucket, PolicyDocument: document } },
      ];
    case 'role':
      return [
        'ConfigRolePolicy',
        {
          Type: 'AWS::IAM::RolePolicy',
          Properties: { PolicyName: 'aws-config-delivery', RoleName: role, PolicyDocument: document },
        },
      ];
    case 'trust':
      return [
        'ConfigRole',
        {
          Type: 'AWS::IAM::Role',
          Properties: { RoleName: role, Path: path, AssumeRolePolicyDocument: document },
        },
      ];
    case 'topic':
      return [
        'ConfigTopicPolicy',
        { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [topic], PolicyDocument: document } },
      ];
  }
}
