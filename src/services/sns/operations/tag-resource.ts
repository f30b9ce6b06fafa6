import type { TagResourceRequest } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { changeTopic } from '../change-topic.ts';
import { snsErrors } from '../errors.ts';
import { findTopic, requestTagEntries, topicPermission, type NamedTopic } from '../find-topic.ts';
import type { SnsPorts } from '../ports.ts';
import { readTags } from '../tags.ts';

/** spec: SNS-TAG-1 */
export const tagResource = operation<TagResourceRequest, object, SnsPorts, NamedTopic>({
  name: 'TagResource',
  resolve: (input, context) => findTopic(input.ResourceArn, context, 'ResourceArn'),
  authorization: ({ Tags }, topic, context) => [
    topicPermission('TagResource', topic, context, requestTagEntries(readTags(Tags))),
  ],
  async operate({ Tags }, { stored }, context) {
    if (stored === null) throw snsErrors.resourceNotFound();
    await changeTopic(
      stored,
      { ...stored.value, tags: { ...stored.value.tags, ...readTags(Tags) } },
      context,
    );
    return {};
  },
});
