import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { snsErrors } from '../errors.ts';
import { findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import type { SnsPorts } from '../ports.ts';

/** spec: SNS-TAG-1 */
export const listTagsForResource = operation<
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  SnsPorts,
  NamedTopic
>({
  name: 'ListTagsForResource',
  resolve: (input, context) => findTopic(input.ResourceArn, context, 'ResourceArn'),
  authorization: (_, topic, context) => [topicPermission('ListTagsForResource', topic, context)],
  operate(_, { stored }) {
    if (stored === null) throw snsErrors.resourceNotFound();
    const Tags = Object.entries(stored.value.tags).map(([Key, Value]) => ({ Key, Value }));
    return Promise.resolve({ Tags });
  },
});
