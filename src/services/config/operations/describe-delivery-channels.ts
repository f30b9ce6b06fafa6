import type {
  DeliveryChannel,
  DescribeDeliveryChannelsRequest,
  DescribeDeliveryChannelsResponse,
  MaximumExecutionFrequency,
} from '@aws-sdk/client-config-service';
import { operation } from '../../operation.ts';
import { configPermission } from '../permission.ts';
import type { ChannelRecord, ConfigPorts } from '../ports.ts';
import { selectChannels } from '../select-channels.ts';

const name = 'DescribeDeliveryChannels';

export const describeDeliveryChannels = operation<
  DescribeDeliveryChannelsRequest,
  DescribeDeliveryChannelsResponse,
  ConfigPorts,
  readonly ChannelRecord[]
>({
  name,
  resolve: (input, context) => selectChannels(input.DeliveryChannelNames, context),
  authorization: (_input, _, context) => [configPermission(name, context)],
  operate: (_, found) => Promise.resolve({ DeliveryChannels: found.map(channelEntry) }),
});

/** Only the members that are set. */
function channelEntry(channel: ChannelRecord): DeliveryChannel {
  return {
    name: channel.name,
    s3BucketName: channel.s3BucketName,
    s3KeyPrefix: channel.s3KeyPrefix ?? undefined,
    s3KmsKeyArn: channel.s3KmsKeyArn ?? undefined,
    snsTopicARN: channel.snsTopicARN ?? undefined,
    configSnapshotDeliveryProperties:
      channel.deliveryFrequency === null
        ? undefined
        : // Checked against the enumeration when it was put.
          { deliveryFrequency: channel.deliveryFrequency as MaximumExecutionFrequency },
  };
}
