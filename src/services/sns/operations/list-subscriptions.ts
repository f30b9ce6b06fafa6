import type { ListSubscriptionsInput, ListSubscriptionsResponse } from '@aws-sdk/client-sns';
import { operation } from '../../operation.ts';
import { accountPermission } from '../find-topic.ts';
import { subscriptionShape } from '../find-subscription.ts';
import { pageOf } from '../paging.ts';
import { subscriptions, type SnsPorts } from '../ports.ts';

/** Those of the account's topics in the Region. spec: SNS-LIST-1 */
export const listSubscriptions = operation<ListSubscriptionsInput, ListSubscriptionsResponse, SnsPorts, null>(
  {
    name: 'ListSubscriptions',
    resolve: () => Promise.resolve(null),
    authorization: (_input, _, context) => [accountPermission('ListSubscriptions', context)],
    async operate({ NextToken }, _, { ports, partition, region, caller }) {
      const prefix = `arn:${partition}:sns:${region}:${caller.account}:`;
      const { items, ...next } = await pageOf(
        (options) => ports.records.list(subscriptions, { prefix, ...options }),
        NextToken,
      );
      return { Subscriptions: items.map(subscriptionShape), ...next };
    },
  },
);
