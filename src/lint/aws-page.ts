import type { Severity } from './finding.ts';

/** Addresses of the pages of AWS that findings point to. */
const guide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const configGuide = 'https://docs.aws.amazon.com/config/latest/developerguide';

/** The page of all checks of IAM Access Analyzer. */
export const accessAnalyzerReference = `${guide}/access-analyzer-reference-policy-checks.html`;

/** The check of IAM Access Analyzer with this issue code, of this type. spec: LINT-AA-1 */
export function accessAnalyzerPage(severity: Severity, issueCode: string): string {
  const kind = severity === 'warning' ? 'general-warning' : severity;
  const name = issueCode.toLowerCase().replaceAll('_', '-');
  return `${accessAnalyzerReference}#access-analyzer-reference-policy-checks-${kind}-${name}`;
}

export const awsPages = {
  configKeyPolicy: `${configGuide}/s3-kms-key-policy.html`,
  configBucketPolicy: `${configGuide}/s3-bucket-policy.html`,
  configTopicPolicy: `${configGuide}/sns-topic-policy.html`,
  globalConditionKeys: `${guide}/reference_policies_condition-keys.html`,
  principal: `${guide}/reference_policies_elements_principal.html`,
  notPrincipal: `${guide}/reference_policies_elements_notprincipal.html`,
  conditionOperators: `${guide}/reference_policies_elements_condition_operators.html`,
  resource: `${guide}/reference_policies_elements_resource.html`,
  evaluation: `${guide}/reference_policies_evaluation-logic.html`,
  quotas: `${guide}/reference_iam-quotas.html`,
  keyPolicyOverview: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
  defaultKeyPolicy: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
  putKeyPolicy: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
  kmsConditionKeys: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
  bucketKeys: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html',
  s3Encryption: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  s3BucketPolicies: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html',
  serviceControlPolicies:
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html',
  resourceControlPolicies:
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
  serviceAuthorization:
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  passRole: `${guide}/id_roles_use_passrole.html`,
  confusedDeputy: `${guide}/confused-deputy.html`,
} as const;
