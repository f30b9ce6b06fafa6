/**
 * Keys of answers: those that DescribeKey tells of, and those that channel, bucket and topic name.
 * spec: INPUT-ANSWER-2, INPUT-ANSWER-3
 */
import { parseArn } from '../../../aws/arn.ts';
import type { KeyEntry } from '../../schema.ts';
import type { Declared, DeclaredGrant } from '../declared.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';
import { isObject, listAt, membersAt, policyOfAnswer, textAt } from './answer-values.ts';
import type { AnswerIndex, AwsAnswer, Members } from './aws-answer.ts';

export function declareKeys(index: AnswerIndex, declared: Declared): void {
  for (const answer of index.of('ListAliases')) declareAliases(answer, declared);
  const described = index.of('DescribeKey').flatMap((answer) => {
    const metadata = metadataIn(answer);
    const arn = metadata === null ? null : textAt(metadata, 'Arn');
    return metadata === null || arn === null ? [] : [{ arn, answer, metadata }];
  });
  for (const { arn, answer } of described) declareAlias(answer.about, arn, declared);
  const arns = new Set([
    ...described.map(({ arn }) => arn),
    ...namedKeys(declared).filter((name) => /^arn:[^:]+:kms:[^:]+:\d{12}:key\//.test(name)),
  ]);
  for (const arn of arns) {
    const id = arn.slice(arn.lastIndexOf('/') + 1);
    const own = described.find((found) => found.arn === arn);
    const names = [arn, id, ...(own?.answer.about == null ? [] : [own.answer.about])];
    const refused = index.of('DescribeKey').find(({ about }) => about !== null && names.includes(about));
    const policy = index.about('GetKeyPolicy', names);
    const grants = index.about('ListGrants', names);
    const answer = own?.answer ?? policy ?? grants ?? refused;
    if (answer === undefined) continue;
    const parsed = parseArn(arn);
    declared.keys.push({
      origin: answer.origin(own === undefined ? '' : '/KeyMetadata', arn),
      account: parsed?.account ?? null,
      region: parsed?.region ?? null,
      scope: answer.scope,
      isWhole: true,
      arn,
      policy: policyOfAnswer(
        policy,
        'Policy',
        arn,
        `\`aws kms get-key-policy --key-id ${id} --policy-name default\` was not given`,
      ),
      keyState: stateOf(own?.metadata ?? null, refused?.value ?? null),
    });
    if (grants !== null) declareGrants(grants, arn, declared);
  }
}

function metadataIn({ value }: AwsAnswer): Members | null {
  return isUnknown(value) || value === null ? null : membersAt(value, 'KeyMetadata');
}

/** By any name that something has for its key. */
function namedKeys({ channels, buckets, topics }: Declared): readonly string[] {
  const names: unknown[] = [
    ...channels.map(({ s3KmsKeyArn: key }) => key),
    ...buckets.map(({ settings: { encryption } }) =>
      encryption == null || isUnknown(encryption) ? null : encryption.kmsMasterKeyID,
    ),
    ...topics.map(({ kmsMasterKeyId: key }) => key),
  ];
  return names.filter((name) => typeof name === 'string');
}

const keyStates: ReadonlySet<string> = new Set([
  'Creating',
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'PendingReplicaDeletion',
  'Unavailable',
  'Updating',
] satisfies NonNullable<KeyEntry['keyState']>[]);

function isKeyState(state: string): state is NonNullable<KeyEntry['keyState']> {
  return keyStates.has(state);
}

function stateOf(
  metadata: Members | null,
  refused: Known<unknown>,
): Known<NonNullable<KeyEntry['keyState']>> {
  if (metadata === null) return isUnknown(refused) ? refused : 'Enabled';
  const state = textAt(metadata, 'KeyState') ?? 'Enabled';
  return isKeyState(state) ? state : new UnknownValue(`the state ${state} of a key is not known here`);
}

function declareAlias(about: string | null, key: string, declared: Declared): void {
  const name = about === null ? null : /(?:^|:)(alias\/.+)$/.exec(about)?.[1];
  if (name != null) declared.aliases.push({ name, key });
}

function declareAliases({ value }: AwsAnswer, declared: Declared): void {
  if (isUnknown(value) || value === null) return;
  for (const alias of listAt(value, 'Aliases')) {
    const name = textAt(alias, 'AliasName');
    const key = textAt(alias, 'TargetKeyId');
    if (name !== null && key !== null) declared.aliases.push({ name, key });
  }
}

function declareGrants(answer: AwsAnswer, key: string, declared: Declared): void {
  const { value } = answer;
  if (isUnknown(value)) {
    declared.grants.push({ key, origin: answer.origin('', key), grant: value });
    return;
  }
  for (const [i, grant] of listAt(value ?? {}, 'Grants').entries())
    declared.grants.push({ key, origin: answer.origin(`/Grants/${i}`, key), grant: grantOf(grant) });
}

function grantOf(grant: Members): DeclaredGrant['grant'] {
  const operations = grant['Operations'];
  const constraints = membersAt(grant, 'Constraints');
  const grantee = textAt(grant, 'GranteePrincipal');
  const id = textAt(grant, 'GrantId');
  return {
    ...(id !== null && { grantId: id }),
    ...(grantee !== null && { granteePrincipal: grantee }),
    operations: Array.isArray(operations)
      ? (operations as unknown[]).filter((name) => typeof name === 'string')
      : [],
    retiringPrincipal: textAt(grant, 'RetiringPrincipal'),
    constraints: {
      encryptionContextSubset: textMap(constraints['EncryptionContextSubset']),
      encryptionContextEquals: textMap(constraints['EncryptionContextEquals']),
    },
  };
}

function textMap(value: unknown): Readonly<Record<string, string>> | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
