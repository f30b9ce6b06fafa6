/**
 * Buckets of answers, each setting by the call that reads it. S3 says that there is no policy by an error, which
 * stands here as `null`.
 * spec: INPUT-ANSWER-2, INPUT-ANSWER-3
 */
import type { BucketSettings, Declared } from '../declared.ts';
import { isUnknown, UnknownValue } from '../unknown-value.ts';
import { listAt, membersAt, policyOfAnswer, textAt } from './answer-values.ts';
import type { AnswerIndex, AnswerOperation, AwsAnswer } from './aws-answer.ts';

const settingOperations = [
  'GetBucketPolicy',
  'GetBucketEncryption',
  'GetBucketOwnershipControls',
  'GetObjectLockConfiguration',
  'GetPublicAccessBlock',
] as const satisfies readonly AnswerOperation[];

export function declareBuckets(index: AnswerIndex, declared: Declared): void {
  const named = declared.channels.flatMap(({ s3BucketName: name }) => (isUnknown(name) ? [] : [name]));
  const about = settingOperations.flatMap((operation) =>
    index.of(operation).flatMap((answer) => (answer.about === null ? [] : [answer.about])),
  );
  for (const name of new Set([...named, ...about])) declareBucket(name, index, declared);
}

function declareBucket(name: string, index: AnswerIndex, declared: Declared): void {
  const answers = settingOperations.flatMap((operation) => index.about(operation, [name]) ?? []);
  const owned = ownerOf(name, index);
  const location = index.about('GetBucketLocation', [name]);
  const answer = answers[0] ?? owned?.answer ?? location;
  if (answer === null) return;
  declared.buckets.push({
    origin: answer.origin('', name),
    account: owned?.answer.account ?? null,
    region: owned?.region ?? regionIn(location),
    scope: answer.scope,
    isWhole: true,
    name,
    settings: settingsOf(name, index),
  });
}

/** Whose list of buckets has it. */
function ownerOf(name: string, index: AnswerIndex) {
  for (const answer of index.of('ListBuckets')) {
    const { value } = answer;
    if (isUnknown(value) || value === null) continue;
    const found = listAt(value, 'Buckets').find((bucket) => bucket['Name'] === name);
    if (found !== undefined) return { answer, region: textAt(found, 'BucketRegion') };
  }
  return null;
}

function regionIn(answer: AwsAnswer | null): string | null {
  if (answer === null || isUnknown(answer.value) || answer.value === null) return null;
  const said = textAt(answer.value, 'LocationConstraint') ?? 'us-east-1';
  return said === 'EU' ? 'eu-west-1' : said;
}

function settingsOf(name: string, index: AnswerIndex): BucketSettings {
  const setting = <T>(
    operation: (typeof settingOperations)[number],
    read: (answer: AwsAnswer & { readonly value: Readonly<Record<string, unknown>> | null }) => T,
  ) => {
    const answer = index.about(operation, [name]);
    if (answer === null) return undefined;
    const { value } = answer;
    return isUnknown(value) ? value : read({ ...answer, value });
  };
  const policyAnswer = index.about('GetBucketPolicy', [name]);
  const encryption = setting('GetBucketEncryption', ({ value }) =>
    value === null ? null : encryptionIn(value),
  );
  const objectOwnership = setting('GetBucketOwnershipControls', ({ value }) =>
    // A bucket without the setting is from before there was one. spec: INPUT-ANSWER-4
    value === null ? ('ObjectWriter' as const) : ownershipIn(value),
  );
  const objectLock = setting('GetObjectLockConfiguration', ({ value }) => {
    const rule = membersAt(membersAt(value ?? {}, 'ObjectLockConfiguration'), 'Rule');
    return { defaultRetention: Object.keys(membersAt(rule, 'DefaultRetention')).length > 0 };
  });
  const publicAccessBlock = setting('GetPublicAccessBlock', ({ value }) => {
    const flags = membersAt(value ?? {}, 'PublicAccessBlockConfiguration');
    return {
      blockPublicAcls: flags['BlockPublicAcls'] === true,
      ignorePublicAcls: flags['IgnorePublicAcls'] === true,
      blockPublicPolicy: flags['BlockPublicPolicy'] === true,
      restrictPublicBuckets: flags['RestrictPublicBuckets'] === true,
    };
  });
  return {
    policy: policyOfAnswer(
      policyAnswer,
      'Policy',
      name,
      `\`aws s3api get-bucket-policy --bucket ${name}\` was not given`,
    ),
    ...(encryption !== undefined && { encryption }),
    ...(objectOwnership !== undefined && { objectOwnership }),
    ...(objectLock !== undefined && { objectLock }),
    ...(publicAccessBlock !== undefined && { publicAccessBlock }),
  };
}

function encryptionIn(
  value: Readonly<Record<string, unknown>>,
): NonNullable<BucketSettings['encryption']> | null {
  const [rule] = listAt(membersAt(value, 'ServerSideEncryptionConfiguration'), 'Rules');
  const byDefault = membersAt(rule ?? {}, 'ApplyServerSideEncryptionByDefault');
  const algorithm = byDefault['SSEAlgorithm'];
  if (algorithm === undefined) return null;
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse')
    return new UnknownValue(`S3's algorithm ${JSON.stringify(algorithm)} is not known here`);
  const key = textAt(byDefault, 'KMSMasterKeyID');
  return {
    sseAlgorithm: algorithm,
    ...(key !== null && { kmsMasterKeyID: key }),
    bucketKeyEnabled: rule?.['BucketKeyEnabled'] === true,
  };
}

function ownershipIn(
  value: Readonly<Record<string, unknown>>,
): NonNullable<BucketSettings['objectOwnership']> {
  const [rule] = listAt(membersAt(value, 'OwnershipControls'), 'Rules');
  const said = rule?.['ObjectOwnership'];
  return said === 'BucketOwnerEnforced' || said === 'BucketOwnerPreferred' || said === 'ObjectWriter'
    ? said
    : new UnknownValue(`S3's object ownership ${JSON.stringify(said)} is not known here`);
}
