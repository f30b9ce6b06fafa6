import type { AddPermissionInput } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { changeTopic } from '../change-topic.ts';
import { existing, findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import { policyWithStatement } from '../policy-statements.ts';
import type { SnsPorts } from '../ports.ts';
import { assertTopicPolicy } from '../topic-policy.ts';

/** spec: SNS-POLICY-4 */
export const addPermission = operation<AddPermissionInput, object, SnsPorts, NamedTopic>({
  name: 'AddPermission',
  resolve: (input, context) => findTopic(input.TopicArn, context),
  authorization: (_, topic, context) => [topicPermission('AddPermission', topic, context)],
  async operate({ Label = '', AWSAccountId = [], ActionName = [] }, topic, context) {
    const stored = existing(topic);
    const { partition, arn } = stored.value;
    const policy = policyWithStatement(stored.value.policy, {
      Sid: Label,
      Effect: 'Allow',
      Principal: { AWS: oneOrMore(AWSAccountId.map((id) => `arn:${partition}:iam::${id}:root`)) },
      Action: oneOrMore(ActionName.map((name) => `SNS:${name}`)),
      Resource: arn,
    });
    await assertTopicPolicy(policy, partition, context.ports.principals);
    await changeTopic(stored, { ...stored.value, policy }, context);
    return {};
  },
});

function oneOrMore(list: readonly string[]): string | readonly string[] {
  const [only, second] = list;
  return only !== undefined && second === undefined ? only : list;
}
