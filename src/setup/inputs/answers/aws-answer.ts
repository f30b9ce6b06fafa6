/**
 * What a read-only call of AWS answered, as the AWS CLI prints it: read from a file that somebody saved, or asked of
 * a live account. The same readers take both.
 */
import type { Origin } from '../declared.ts';
import type { Known } from '../unknown-value.ts';

export type Members = Readonly<Record<string, unknown>>;

/** The calls whose answers are taken. */
export type AnswerOperation =
  | 'DescribeConfigurationRecorders'
  | 'DescribeDeliveryChannels'
  | 'GetCallerIdentity'
  | 'GetRole'
  | 'ListRolePolicies'
  | 'GetRolePolicy'
  | 'ListAttachedRolePolicies'
  | 'GetPolicyVersion'
  | 'GetAccountAuthorizationDetails'
  | 'ListBuckets'
  | 'GetBucketLocation'
  | 'GetBucketPolicy'
  | 'GetBucketEncryption'
  | 'GetBucketOwnershipControls'
  | 'GetObjectLockConfiguration'
  | 'GetPublicAccessBlock'
  | 'DescribeKey'
  | 'GetKeyPolicy'
  | 'ListGrants'
  | 'ListAliases'
  | 'GetTopicAttributes'
  | 'DescribeOrganization';

export interface AwsAnswer {
  readonly operation: AnswerOperation;
  /** Whose it is, where the answer does not say it: a bucket's or a role's name, a key's ID or ARN. `null`: not told. */
  readonly about: string | null;
  /** Where it was asked; `null`: not told. */
  readonly account: string | null;
  readonly region: string | null;
  /** Recorder and channel of one scope belong together. */
  readonly scope: string;
  /** `null`: AWS answers that there is none. Not known: the call was refused. */
  readonly value: Known<Members | null>;
  /** The place of the node at this pointer in the answer. */
  readonly origin: (pointer: string, address: string) => Origin;
}

/** Answers, found by what they are about. */
export interface AnswerIndex {
  of(operation: AnswerOperation): readonly AwsAnswer[];
  /** The answer about the thing of one of these names; else the only one that does not say what it is about. */
  about(operation: AnswerOperation, names: readonly string[]): AwsAnswer | null;
}

export function answerIndex(answers: readonly AwsAnswer[]): AnswerIndex {
  const byOperation = new Map<AnswerOperation, AwsAnswer[]>();
  for (const answer of answers)
    byOperation.set(answer.operation, [...(byOperation.get(answer.operation) ?? []), answer]);
  const of: AnswerIndex['of'] = (operation) => byOperation.get(operation) ?? [];
  return {
    of,
    about: (operation, names) => {
      const named = of(operation).find(({ about }) => about !== null && names.includes(about));
      if (named !== undefined) return named;
      const nameless = of(operation).filter(({ about }) => about === null);
      return nameless.length === 1 ? (nameless[0] ?? null) : null;
    },
  };
}
