/**
 * What answers of AWS declare: recorders, channels, and what they name.
 * spec: INPUT-ANSWER-2, INPUT-ANSWER-3
 */
import { parseArn } from '../../../aws/arn.ts';
import { nothingDeclared, type Declared, type DeclaredPlace } from '../declared.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';
import { listAt, membersAt, policyIn, textAt, valueOf } from './answer-values.ts';
import { answerIndex, type AnswerIndex, type AwsAnswer, type Members } from './aws-answer.ts';
import { declareBuckets } from './declare-buckets.ts';
import { declareKeys } from './declare-keys.ts';
import { declareRoles } from './declare-roles.ts';

export function declareAnswers(answers: readonly AwsAnswer[]): Declared {
  const declared = nothingDeclared();
  const index = answerIndex(answers);
  declareRecorders(index, declared);
  declareChannels(index, declared);
  declareRoles(index, declared);
  declareBuckets(index, declared);
  declareTopics(index, declared);
  declareKeys(index, declared);
  return declared;
}

function declareRecorders(index: AnswerIndex, declared: Declared): void {
  for (const { answer, item, pointer } of items(
    index,
    'DescribeConfigurationRecorders',
    'ConfigurationRecorders',
  )) {
    // AWS services record for themselves with recorders of their own, which have no channel.
    if (textAt(item, 'servicePrincipal') !== null) continue;
    const name = textAt(item, 'name') ?? 'default';
    const arn = parseArn(textAt(item, 'arn') ?? '');
    declared.recorders.push({
      ...placeOf(answer, pointer, `the recorder ${name}`),
      account: arn?.account ?? answer.account,
      region: arn?.region ?? answer.region,
      roleARN: textAt(item, 'roleARN') ?? new UnknownValue(`the recorder ${name} has no role`),
    });
  }
}

function declareChannels(index: AnswerIndex, declared: Declared): void {
  for (const { answer, item, pointer } of items(index, 'DescribeDeliveryChannels', 'DeliveryChannels')) {
    const name = textAt(item, 'name') ?? 'default';
    declared.channels.push({
      ...placeOf(answer, pointer, `the delivery channel ${name}`),
      s3BucketName: textAt(item, 's3BucketName') ?? new UnknownValue(`the channel ${name} names no bucket`),
      s3KeyPrefix: textAt(item, 's3KeyPrefix'),
      s3KmsKeyArn: textAt(item, 's3KmsKeyArn'),
      snsTopicARN: textAt(item, 'snsTopicARN'),
    });
  }
}

function declareTopics(index: AnswerIndex, declared: Declared): void {
  const named = declared.channels.flatMap(({ snsTopicARN: arn }) => (typeof arn === 'string' ? [arn] : []));
  const answers = index.of('GetTopicAttributes');
  const told = answers.flatMap(({ value }) =>
    isUnknown(value) || value === null ? [] : [topicArnIn(value)],
  );
  for (const arn of new Set([...named, ...told.filter((found) => found !== null)])) {
    const answer =
      answers.find(({ value }) => !isUnknown(value) && value !== null && topicArnIn(value) === arn) ??
      index.of('GetTopicAttributes').find(({ about }) => about === arn) ??
      null;
    if (answer === null) continue;
    const value = valueOf(answer, '');
    const attributes = isUnknown(value) || value === null ? {} : membersAt(value, 'Attributes');
    const refused: Known<null> = isUnknown(value) ? value : null;
    declared.topics.push({
      ...placeOf(answer, '/Attributes', arn),
      account: parseArn(arn)?.account ?? null,
      region: parseArn(arn)?.region ?? null,
      arn,
      policy: isUnknown(refused)
        ? refused
        : policyIn(
            attributes['Policy'],
            (at) => answer.origin(`/Attributes/Policy${at}`, arn),
            `the policy of ${arn}`,
          ),
      kmsMasterKeyId: isUnknown(refused) ? refused : textAt(attributes, 'KmsMasterKeyId'),
    });
  }
}

function topicArnIn(value: Members): string | null {
  return textAt(membersAt(value, 'Attributes'), 'TopicArn');
}

interface Item {
  readonly answer: AwsAnswer;
  readonly item: Members;
  readonly pointer: string;
}

function items(index: AnswerIndex, operation: AwsAnswer['operation'], member: string): readonly Item[] {
  return index.of(operation).flatMap((answer) => {
    const { value } = answer;
    if (isUnknown(value) || value === null) return [];
    return listAt(value, member).map((item, i) => ({ answer, item, pointer: `/${member}/${i}` }));
  });
}

function placeOf(answer: AwsAnswer, pointer: string, address: string): DeclaredPlace {
  const { account, region, scope } = answer;
  return { origin: answer.origin(pointer, address), account, region, scope, isWhole: true };
}
