import type { ListTopicsInput, ListTopicsResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { accountPermission } from '../find-topic.ts';
import { pageOf } from '../paging.ts';
import { topics, type SnsPorts } from '../ports.ts';

/** Those of the account in the Region. spec: SNS-LIST-1 */
export const listTopics = operation<ListTopicsInput, ListTopicsResponse, SnsPorts, null>({
  name: 'ListTopics',
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [accountPermission('ListTopics', context)],
  async operate({ NextToken }, _, { ports, partition, region, caller }) {
    const prefix = `arn:${partition}:sns:${region}:${caller.account}:`;
    const { items, ...next } = await pageOf(
      (options) => ports.records.list(topics, { prefix, ...options }),
      NextToken,
    );
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...next };
  },
});
