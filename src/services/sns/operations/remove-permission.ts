import type { RemovePermissionInput } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { changeTopic } from '../change-topic.ts';
import { existing, findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import { policyWithoutStatement } from '../policy-statements.ts';
import type { SnsPorts } from '../ports.ts';

/** A label that no statement has takes nothing away. spec: SNS-POLICY-4 */
export const removePermission = operation<RemovePermissionInput, object, SnsPorts, NamedTopic>({
  name: 'RemovePermission',
  resolve: (input, context) => findTopic(input.TopicArn, context),
  authorization: (_, topic, context) => [topicPermission('RemovePermission', topic, context)],
  async operate({ Label = '' }, topic, context) {
    const stored = existing(topic);
    const { policy } = stored.value;
    if (policy === null) return {};
    await changeTopic(stored, { ...stored.value, policy: policyWithoutStatement(policy, Label) }, context);
    return {};
  },
});
