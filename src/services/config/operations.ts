/** Every operation of AWS Config that this server has, one line each. */
import type { AnyOperation } from '../operation.ts';
import { batchGetResourceConfig } from './operations/batch-get-resource-config.ts';
import { deleteConfigurationRecorder } from './operations/delete-configuration-recorder.ts';
import { deleteDeliveryChannel } from './operations/delete-delivery-channel.ts';
import { deleteResourceConfig } from './operations/delete-resource-config.ts';
import { deleteRetentionConfiguration } from './operations/delete-retention-configuration.ts';
import { deliverConfigSnapshot } from './operations/deliver-config-snapshot.ts';
import { describeConfigurationRecorderStatus } from './operations/describe-configuration-recorder-status.ts';
import { describeConfigurationRecorders } from './operations/describe-configuration-recorders.ts';
import { describeDeliveryChannelStatus } from './operations/describe-delivery-channel-status.ts';
import { describeDeliveryChannels } from './operations/describe-delivery-channels.ts';
import { describeRetentionConfigurations } from './operations/describe-retention-configurations.ts';
import { getDiscoveredResourceCounts } from './operations/get-discovered-resource-counts.ts';
import { getResourceConfigHistory } from './operations/get-resource-config-history.ts';
import { listConfigurationRecorders } from './operations/list-configuration-recorders.ts';
import { listDiscoveredResources } from './operations/list-discovered-resources.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { putConfigurationRecorder } from './operations/put-configuration-recorder.ts';
import { putDeliveryChannel } from './operations/put-delivery-channel.ts';
import { putResourceConfig } from './operations/put-resource-config.ts';
import { putRetentionConfiguration } from './operations/put-retention-configuration.ts';
import { selectResourceConfig } from './operations/select-resource-config.ts';
import { startConfigurationRecorder } from './operations/start-configuration-recorder.ts';
import { stopConfigurationRecorder } from './operations/stop-configuration-recorder.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
import type { ConfigPorts } from './ports.ts';
import { unavailableOperations } from './unavailable-operations.ts';

export const configOperations = {
  ...unavailableOperations,
  BatchGetResourceConfig: batchGetResourceConfig,
  DeleteConfigurationRecorder: deleteConfigurationRecorder,
  DeleteDeliveryChannel: deleteDeliveryChannel,
  DeleteResourceConfig: deleteResourceConfig,
  DeleteRetentionConfiguration: deleteRetentionConfiguration,
  DeliverConfigSnapshot: deliverConfigSnapshot,
  DescribeConfigurationRecorderStatus: describeConfigurationRecorderStatus,
  DescribeConfigurationRecorders: describeConfigurationRecorders,
  DescribeDeliveryChannelStatus: describeDeliveryChannelStatus,
  DescribeDeliveryChannels: describeDeliveryChannels,
  DescribeRetentionConfigurations: describeRetentionConfigurations,
  GetDiscoveredResourceCounts: getDiscoveredResourceCounts,
  GetResourceConfigHistory: getResourceConfigHistory,
  ListConfigurationRecorders: listConfigurationRecorders,
  ListDiscoveredResources: listDiscoveredResources,
  ListTagsForResource: listTagsForResource,
  PutConfigurationRecorder: putConfigurationRecorder,
  PutDeliveryChannel: putDeliveryChannel,
  PutResourceConfig: putResourceConfig,
  PutRetentionConfiguration: putRetentionConfiguration,
  SelectResourceConfig: selectResourceConfig,
  StartConfigurationRecorder: startConfigurationRecorder,
  StopConfigurationRecorder: stopConfigurationRecorder,
  TagResource: tagResource,
  UntagResource: untagResource,
} as const satisfies Record<string, AnyOperation<ConfigPorts>>;
