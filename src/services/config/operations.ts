/** Every operation of AWS Config that this server has, one line each. */
import type { AnyOperation } from '../operation.ts';
import { batchGetResourceConfig } from './operations/batch-get-resource-config.ts';
import { deleteConfigurationRecorder } from './operations/delete-configuration-recorder.ts';
import { deleteDeliveryChannel } from './operations/delete-delivery-channel.ts';
import { deleteResourceConfig } from './operations/delete-resource-config.ts';
import { deliverConfigSnapshot } from './operations/deliver-config-snapshot.ts';
import { describeConfigurationRecorderStatus } from './operations/describe-configuration-recorder-status.ts';
import { describeConfigurationRecorders } from './operations/describe-configuration-recorders.ts';
import { describeDeliveryChannelStatus } from './operations/describe-delivery-channel-status.ts';
import { describeDeliveryChannels } from './operations/describe-delivery-channels.ts';
import { getDiscoveredResourceCounts } from './operations/get-discovered-resource-counts.ts';
import { getResourceConfigHistory } from './operations/get-resource-config-history.ts';
import { listDiscoveredResources } from './operations/list-discovered-resources.ts';
import { putConfigurationRecorder } from './operations/put-configuration-recorder.ts';
import { putDeliveryChannel } from './operations/put-delivery-channel.ts';
import { putResourceConfig } from './operations/put-resource-config.ts';
import { startConfigurationRecorder } from './operations/start-configuration-recorder.ts';
import { stopConfigurationRecorder } from './operations/stop-configuration-recorder.ts';
import type { ConfigPorts } from './ports.ts';

export const configOperations = {
  BatchGetResourceConfig: batchGetResourceConfig,
  DeleteConfigurationRecorder: deleteConfigurationRecorder,
  DeleteDeliveryChannel: deleteDeliveryChannel,
  DeleteResourceConfig: deleteResourceConfig,
  DeliverConfigSnapshot: deliverConfigSnapshot,
  DescribeConfigurationRecorderStatus: describeConfigurationRecorderStatus,
  DescribeConfigurationRecorders: describeConfigurationRecorders,
  DescribeDeliveryChannelStatus: describeDeliveryChannelStatus,
  DescribeDeliveryChannels: describeDeliveryChannels,
  GetDiscoveredResourceCounts: getDiscoveredResourceCounts,
  GetResourceConfigHistory: getResourceConfigHistory,
  ListDiscoveredResources: listDiscoveredResources,
  PutConfigurationRecorder: putConfigurationRecorder,
  PutDeliveryChannel: putDeliveryChannel,
  PutResourceConfig: putResourceConfig,
  StartConfigurationRecorder: startConfigurationRecorder,
  StopConfigurationRecorder: stopConfigurationRecorder,
} as const satisfies Record<string, AnyOperation<ConfigPorts>>;
