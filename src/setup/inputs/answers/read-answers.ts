/**
 * Files that hold what the AWS CLI printed: each is known by its members.
 * spec: INPUT-ANSWER-2
 */
import { parseArn } from '../../../aws/arn.ts';
import type { Fault } from '../../../policy/document/fault.ts';
import type { SourceText } from '../../../policy/document/source-text.ts';
import { readDocument } from '../../read-document.ts';
import { isUnknown } from '../unknown-value.ts';
import { isObject, listAt, membersAt, textAt } from './answer-values.ts';
import type { AnswerOperation, AwsAnswer, Members } from './aws-answer.ts';

export interface AnswerOptions {
  readonly file: string | null;
  /** Whose it is, as the user says where the answer does not; `null`: not said. */
  readonly about: string | null;
  readonly account: string | null;
  readonly region: string | null;
}

export type ReadAnswer =
  | { readonly ok: true; readonly answer: AwsAnswer }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Whether a text begins like an answer of the AWS CLI: no setup begins so. Cheap, as every setup is asked.
 */
export function beginsAsAnswer(text: string): boolean {
  return /^\uFEFF?\s*(?:\{\s*)?"?(?:ConfigurationRecorders|DeliveryChannels|UserId|Account|Arn|Role|PolicyNames|RoleName|PolicyName|AttachedPolicies|PolicyVersion|UserDetailList|RoleDetailList|Buckets|LocationConstraint|Policy|ServerSideEncryptionConfiguration|OwnershipControls|ObjectLockConfiguration|PublicAccessBlockConfiguration|KeyMetadata|Grants|Aliases|Attributes|Organization)"?\s*:/.test(
    text.slice(0, 300),
  );
}

/** Reads one answer, JSON or YAML. Never throws. */
export async function readAnswer(
  text: string,
  { file, about, account, region }: AnswerOptions,
): Promise<ReadAnswer> {
  const read = await readDocument(text, file);
  if (!read.ok) return read;
  const { source } = read;
  const { value } = source;
  const operation = isObject(value) ? operationOf(value) : null;
  if (operation === null || !isObject(value)) return { ok: false, faults: [strange(source)] };
  const answer: AwsAnswer = {
    operation,
    about: about ?? aboutOf(operation, value),
    account,
    region,
    scope: '',
    value,
    origin: (pointer, address) => ({
      address,
      file,
      locate: (at) => source.locate(pointer + at),
    }),
  };
  return { ok: true, answer };
}

/** Answers of one account say whose they are where one of them does. */
export function placed(answers: readonly AwsAnswer[]): readonly AwsAnswer[] {
  const identity = answers.find(({ operation }) => operation === 'GetCallerIdentity');
  const account =
    identity === undefined || isUnknown(identity.value) ? null : textAt(identity.value ?? {}, 'Account');
  return account === null
    ? answers
    : answers.map((answer) => (answer.account === null ? { ...answer, account } : answer));
}

const byMember: readonly (readonly [member: string, operation: AnswerOperation])[] = [
  ['ConfigurationRecorders', 'DescribeConfigurationRecorders'],
  ['DeliveryChannels', 'DescribeDeliveryChannels'],
  ['Role', 'GetRole'],
  ['PolicyNames', 'ListRolePolicies'],
  ['AttachedPolicies', 'ListAttachedRolePolicies'],
  ['PolicyVersion', 'GetPolicyVersion'],
  ['RoleDetailList', 'GetAccountAuthorizationDetails'],
  ['Buckets', 'ListBuckets'],
  ['ServerSideEncryptionConfiguration', 'GetBucketEncryption'],
  ['OwnershipControls', 'GetBucketOwnershipControls'],
  ['ObjectLockConfiguration', 'GetObjectLockConfiguration'],
  ['PublicAccessBlockConfiguration', 'GetPublicAccessBlock'],
  ['KeyMetadata', 'DescribeKey'],
  ['Grants', 'ListGrants'],
  ['Aliases', 'ListAliases'],
  ['Organization', 'DescribeOrganization'],
];

function operationOf(value: Members): AnswerOperation | null {
  const found = byMember.find(([member]) => member in value);
  if (found !== undefined) return found[1];
  if ('RoleName' in value && 'PolicyDocument' in value) return 'GetRolePolicy';
  if ('Account' in value && 'UserId' in value) return 'GetCallerIdentity';
  if ('LocationConstraint' in value) return 'GetBucketLocation';
  if ('TopicArn' in membersAt(value, 'Attributes')) return 'GetTopicAttributes';
  const policy = textAt(value, 'Policy');
  if (policy === null) return null;
  // Both print `Policy`; a newer CLI adds the name of a key's.
  return 'PolicyName' in value || (/"kms:/i.test(policy) && !/"s3:/i.test(policy))
    ? 'GetKeyPolicy'
    : 'GetBucketPolicy';
}

/** What the answer itself says of whose it is. */
function aboutOf(operation: AnswerOperation, value: Members): string | null {
  switch (operation) {
    case 'DescribeKey':
      return textAt(membersAt(value, 'KeyMetadata'), 'Arn');
    case 'ListGrants':
      return textAt(listAt(value, 'Grants')[0] ?? {}, 'KeyId');
    case 'GetTopicAttributes':
      return textAt(membersAt(value, 'Attributes'), 'TopicArn');
    case 'GetRole': {
      const arn = parseArn(textAt(membersAt(value, 'Role'), 'Arn') ?? '');
      return arn === null ? null : arn.resource.slice(arn.resource.lastIndexOf('/') + 1);
    }
    default:
      return null;
  }
}

function strange({ file, locate }: SourceText): Fault {
  const place = locate('');
  return {
    code: 'not-an-answer',
    message: 'this is no answer of the AWS CLI that says anything of a delivery',
    next: 'name what `aws configservice describe-configuration-recorders`, `aws kms get-key-policy` and their kin print, see docs/how-to/check-a-live-account.md',
    file,
    pointer: '',
    line: place?.line ?? 1,
    column: place?.column ?? 1,
  };
}
