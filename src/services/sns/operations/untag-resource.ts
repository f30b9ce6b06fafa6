import type { UntagResourceRequest } from '@aws-sdk/client-sns';
import { presentList } from '../../../policy/context.ts';
import { operation } from '../../operation.ts';
import { changeTopic } from '../change-topic.ts';
import { snsErrors } from '../errors.ts';
import { findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import type { SnsPorts } from '../ports.ts';

/** spec: SNS-TAG-1 */
export const untagResource = operation<UntagResourceRequest, object, SnsPorts, NamedTopic>({
  name: 'UntagResource',
  resolve: (input, context) => findTopic(input.ResourceArn, context, 'ResourceArn'),
  authorization: ({ TagKeys = [] }, topic, context) => [
    topicPermission(
      'UntagResource',
      topic,
      context,
      TagKeys.length === 0 ? [] : [['aws:TagKeys', presentList(TagKeys)]],
    ),
  ],
  async operate({ TagKeys = [] }, { stored }, context) {
    if (stored === null) throw snsErrors.resourceNotFound();
    const tags = Object.fromEntries(
      Object.entries(stored.value.tags).filter(([key]) => !TagKeys.includes(key)),
    );
    await changeTopic(stored, { ...stored.value, tags }, context);
    return {};
  },
});
